import { containsPath } from '../../private/paths';
import type { StatePath } from '../configs/config';
import { Severity } from '../finding';
import type { ManifestSet } from '../model/manifest-set';
import type { PodView } from '../model/pod-view';
import { toPathInVolume } from '../model/volumes';
import type { Problem, Rule } from '../rule';
import { type Configured, listConfiguredContainers } from './shared/tailed-files';

export const LOG_STATE_SHARED: Rule = {
  id: 'log-state-shared',
  severity: Severity.WARNING,
  catches: 'Positions of several inputs in one file, or of several agents at one place of a volume.',
  consequence:
    'Each may lock, overwrite or delete what the other one wrote: lines come twice after a restart, or the agent does not start.',
  fix: 'give each a file of its own',
  source: 'https://docs.fluentbit.io/manual/data-pipeline/inputs/tail#keep-state',
  checkPod: (pod, set) => [...listConfiguredContainers(pod, set).flatMap(checkInputs), ...checkAgents(pod, set)],
};

/** Inputs of one agent; several of its parts may use one directory. */
function checkInputs({ container, config }: Configured): Problem[] {
  const files = config.states.filter(({ isDirectory }) => !isDirectory).map(({ path }) => path);
  const shared = new Set(files.filter((path, index) => files.indexOf(path) !== index));
  const name = config.software === 'Fluentd' ? 'pos_file' : 'db';
  return [...shared].map((path) => ({
    at: config.source,
    message: `several inputs of container "${container.name}" keep their positions in "${path}"`,
    fix: `give each input a \`${name}\` of its own`,
  }));
}

function checkAgents(pod: PodView, set: ManifestSet): Problem[] {
  const seen = new Map<string, Configured>();
  return listConfiguredContainers(pod, set).flatMap((configured) => {
    const places = new Set(configured.config.states.flatMap((state) => findPlace(state, configured, pod) ?? []));
    return [...places].flatMap((place) => {
      const other = seen.get(place);
      seen.set(place, configured);
      const message = `containers "${other?.container.name}" and "${configured.container.name}" keep their state at one place of volume "${place.split(' ')[0]}"`;
      return other && other.config.software === configured.config.software
        ? [{ at: configured.config.source, message }]
        : [];
    });
  });
}

/** The volume of a state, and its place there. */
function findPlace({ path }: StatePath, { container }: Configured, pod: PodView): string | undefined {
  const mount = containsPath('/dev', path) ? undefined : pod.findMount(container, path);
  const place = mount && toPathInVolume(mount, path);
  return place === undefined ? undefined : `${mount!.volume} ${place}`;
}
