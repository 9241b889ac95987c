import { Severity } from '../finding';
import type { Field } from '../model/field';
import type { PodView } from '../model/pod-view';
import { listEphemeralContainers } from '../model/volumes';
import type { Rule } from '../rule';

export const VOLUME_UNUSED: Rule = {
  id: 'volume-unused',
  severity: Severity.WARNING,
  catches: 'A volume that no container of the pod mounts.',
  consequence: 'A mount is missing, or the pod waits for a volume that it does not need.',
  fix: 'mount the volume, or remove it',
  source: 'https://kubernetes.io/docs/concepts/storage/volumes/#background',
  checkPod: (pod) => {
    const names = pod.volumes.map((volume) => volume.at('name'));
    const used = names.length > 0 ? collectUsedVolumes(pod) : undefined;
    return names
      .filter(({ text }) => text && !used?.has(text))
      .map((at) => ({ at, message: `no container mounts volume "${at.text}"` }));
  },
};

function collectUsedVolumes(pod: PodView): ReadonlySet<string | undefined> {
  return new Set(
    [...pod.all, ...listEphemeralContainers(pod)].flatMap(({ field, mounts }) => [
      ...mounts.map(({ volume }) => volume),
      ...field.at('volumeDevices').items.map((device) => device.at('name').text),
      ...field.at('env').items.map(findFileVolume),
    ]),
  );
}

/** A volume with a file that an environment variable comes from. */
function findFileVolume(variable: Field): string | undefined {
  return variable.at('valueFrom', 'fileKeyRef', 'volumeName').text;
}
