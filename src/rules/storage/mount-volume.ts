import { findNearest } from '../../private/nearest';
import { Severity } from '../finding';
import type { PodView } from '../model/pod-view';
import type { Problem, Rule } from '../rule';

export const MOUNT_VOLUME: Rule = {
  id: 'mount-volume',
  severity: Severity.ERROR,
  catches: 'A mount of a volume that the pod does not have.',
  consequence: 'The API server rejects the pod.',
  fix: 'declare the volume in `volumes`, or name one that is there',
  source: 'https://kubernetes.io/docs/concepts/storage/volumes/#background',
  checkPod: (pod) => {
    const names = new Set(listVolumeNames(pod));
    return pod.all.flatMap(({ field, name }) => [
      ...checkMountedVolumes(field.at('volumeMounts').items, names, `container "${name}" mounts volume`),
      ...checkMountedVolumes(field.at('volumeDevices').items, names, `container "${name}" uses as a device volume`),
    ]);
  },
};

/** The names of all volumes, also of those that a StatefulSet claims for each pod. */
function listVolumeNames({ owner, volumes }: PodView): string[] {
  const claims = owner.kind === 'StatefulSet' ? owner.spec.at('volumeClaimTemplates').items : [];
  return [
    ...volumes.map((volume) => volume.at('name')),
    ...claims.map((claim) => claim.at('metadata', 'name')),
  ].flatMap(({ text }) => text ?? []);
}

function checkMountedVolumes(mounts: PodView['volumes'], names: ReadonlySet<string>, what: string): Problem[] {
  return mounts
    .map((mount) => mount.at('name'))
    .filter(({ text }) => text !== undefined && !names.has(text))
    .map((at) => {
      const meant = findNearest(at.text!, [...names]);
      const message = `${what} "${at.text}", which the pod does not have`;
      return meant ? { at, message, fix: `write "${meant}", or declare volume "${at.text}"` } : { at, message };
    });
}
