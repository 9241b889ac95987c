import { toNanos } from '../../private/quantities';
import { Severity } from '../finding';
import type { Field } from '../model/field';
import type { PodView } from '../model/pod-view';
import { isWritableUse, listEmptyDirs, listVolumeUses, type VolumeUse } from '../model/volumes';
import type { Problem, Rule } from '../rule';

export const VOLUME_MEDIUM: Rule = {
  id: 'volume-medium',
  severity: Severity.WARNING,
  catches:
    'A volume in memory without `sizeLimit`, or with one that the memory limit of a writing container does not allow.',
  consequence:
    'The files count as memory of the container that writes them, which is killed when they and its own memory exceed its limit.',
  fix: 'set a `sizeLimit` well below the memory limit of each container that writes to the volume',
  source: 'https://kubernetes.io/docs/concepts/storage/volumes/#emptydir',
  checkPod: (pod) =>
    listEmptyDirs(pod)
      .filter((volume) => volume.at('emptyDir', 'medium').text === 'Memory')
      .flatMap((volume) => checkMemoryVolume(volume, pod)),
};

function checkMemoryVolume(volume: Field, pod: PodView): Problem[] {
  const name = volume.at('name').text;
  const at = volume.at('emptyDir', 'sizeLimit');
  if (!at.exists) {
    return [{ at, message: `volume "${name}" is in memory without \`sizeLimit\`` }];
  }
  const size = toNanos(at.scalar) ?? 0n;
  const writer = listVolumeUses(pod, name).find(
    (use) => isWritableUse(use, volume) && exceedsLimit(size, findMemoryLimit(use)),
  );
  const limit = writer && findMemoryLimit(writer);
  const what = `volume "${name}" may grow to ${at.scalar} in memory`;
  return writer
    ? [{ at, message: `${what}, but container "${writer.container.name}", which writes to it, has only ${limit}` }]
    : [];
}

function findMemoryLimit({ container }: VolumeUse): string | undefined {
  return container.field.at('resources', 'limits', 'memory').scalar;
}

function exceedsLimit(size: bigint, limit: string | undefined): boolean {
  const most = toNanos(limit);
  return most !== undefined && size >= most;
}
