import { Severity } from '../finding';
import type { Field } from '../model/field';
import type { PodView } from '../model/pod-view';
import { listEmptyDirs, listVolumeUses, type VolumeUse } from '../model/volumes';
import type { Rule } from '../rule';

/** The directory at which some pods mount an empty volume on purpose, to hide the token. */
const TOKEN = '/var/run/secrets/kubernetes.io/serviceaccount';

export const VOLUME_WRITER: Rule = {
  id: 'volume-writer',
  severity: Severity.WARNING,
  catches: 'An empty volume that several containers share and all of them mount read-only.',
  consequence: 'Nobody can write to it, so it stays empty, and who reads it waits forever.',
  fix: 'remove `readOnly: true` from the mount of the container that writes',
  source: 'https://kubernetes.io/docs/concepts/storage/volumes/#emptydir',
  checkPod: (pod) =>
    listEmptyDirs(pod)
      .filter((volume) => isSharedReadOnly(volume, pod))
      .map((volume) => ({
        at: volume.at('name'),
        message: `all containers mount volume "${volume.at('name').text}" read-only, so that it stays empty`,
      })),
};

function isSharedReadOnly(volume: Field, pod: PodView): boolean {
  const uses = listVolumeUses(pod, volume.at('name').text);
  return new Set(uses.map(({ container }) => container)).size > 1 && uses.every(isIdle);
}

function isIdle({ mount }: VolumeUse): boolean {
  return mount.isReadOnly && mount.path !== TOKEN;
}
