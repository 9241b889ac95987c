import { containsPath } from '../../private/paths';
import { findKnownImage } from '../data/known-images';
import { Severity } from '../finding';
import type { PodView } from '../model/pod-view';
import { isReadOnlyVolume } from '../model/volumes';
import type { Problem, Rule } from '../rule';
import { type Configured, listConfiguredContainers } from './shared/tailed-files';

export const LOG_STATE: Rule = {
  id: 'log-state',
  severity: Severity.ERROR,
  catches: 'Positions, buffers or output files of an agent at a place that it cannot write to.',
  consequence: 'The agent does not start, or forgets at each restart what it has sent.',
  fix: 'give the agent an `emptyDir` of its own for them',
  source: 'https://docs.fluentbit.io/manual/data-pipeline/inputs/tail#keep-state',
  checkPod: (pod, set) => listConfiguredContainers(pod, set).flatMap((configured) => checkStatePaths(configured, pod)),
};

function checkStatePaths({ container, config }: Configured, pod: PodView): Problem[] {
  const states = new Set(config.states.map(({ path }) => path));
  // The logs of nginx lead to its output unless a volume lies there.
  const outputs = config.software === 'nginx' ? [] : config.writes.filter((path) => !states.has(path));
  const paths = [...states, ...outputs].filter((path) => !containsPath('/dev', path));
  return paths.flatMap((path) => {
    const intro = `container "${container.name}" ${states.has(path) ? 'keeps its state in' : 'writes to'} "${path}"`;
    const mount = pod.findMount(container, path);
    if (!mount) {
      const isReadOnly =
        container.getSecuritySetting('readOnlyRootFilesystem').isTrue && !isWrittenByImage(container.image, path);
      const at = container.field.at('volumeMounts');
      return isReadOnly
        ? [{ at, message: `${intro}, which is on no volume, and its own file system is read-only` }]
        : [];
    }
    const readOnly = mount.isReadOnly ? mount.field.at('readOnly') : undefined;
    const at = readOnly ?? (isReadOnlyVolume(pod.findVolume(mount.volume)) ? mount.field.at('name') : undefined);
    return at ? [{ at, message: `${intro} on volume "${mount.volume}", which is read-only there` }] : [];
  });
}

/** Whether the image is known for writing there, so that the rule about read-only file systems tells. */
function isWrittenByImage(image: string, path: string): boolean {
  return findKnownImage(image)?.writableDirectories?.some((directory) => containsPath(directory, path)) ?? false;
}
