import { containsPath, normalizePath } from '../../private/paths';
import { Severity } from '../finding';
import type { ContainerView } from '../model/container-view';
import type { PodView } from '../model/pod-view';
import { isEmptyDir } from '../model/volumes';
import type { Problem, Rule } from '../rule';
import { type Configured, listConfiguredContainers } from './shared/tailed-files';

export const AGENT_OUTPUT: Rule = {
  id: 'agent-output',
  severity: Severity.WARNING,
  catches: 'A file that an agent writes on no volume, while another container has one at that place to read it.',
  consequence: 'Each container has a file system of its own: the other one never sees the file.',
  fix: 'mount the volume in the agent too, at the directory of the file',
  source: 'https://kubernetes.io/docs/concepts/storage/volumes/#emptydir',
  checkPod: (pod, set) =>
    pod.volumes.length === 0
      ? []
      : listConfiguredContainers(pod, set).flatMap((configured) => checkOutputs(configured, pod)),
};

function checkOutputs({ container, config }: Configured, pod: PodView): Problem[] {
  const isReadOnly = container.getSecuritySetting('readOnlyRootFilesystem').isTrue;
  // `log-state` says it where the file cannot even be written; nginx prints its logs where no volume is.
  const outputs = isReadOnly || config.software === 'nginx' ? [] : config.writes;
  return outputs.flatMap((path) => {
    const reader = pod.findMount(container, path) ? undefined : findReader(path, container, pod);
    const message = `container "${container.name}" writes to "${path}" on no volume, while container "${reader?.container.name}" has volume "${reader?.volume}" there`;
    return reader ? [{ at: container.field.at('volumeMounts'), message }] : [];
  });
}

/** Another container with a volume for files of several containers at this place. */
function findReader(
  path: string,
  writer: ContainerView,
  pod: PodView,
): { container: ContainerView; volume: string } | undefined {
  for (const container of pod.running) {
    const mount = container === writer ? undefined : pod.findMount(container, path);
    const isPlace = mount && normalizePath(mount.path!) !== '/' && !containsPath(mount.path!, '/tmp');
    if (isPlace && mount.volume !== undefined && isEmptyDir(pod.findVolume(mount.volume))) {
      return { container, volume: mount.volume };
    }
  }
  return undefined;
}
