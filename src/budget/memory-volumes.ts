import type { Field } from '../rules/model/field';
import type { PodView } from '../rules/model/pod-view';
import { readAmount } from '../rules/resources/shared/amounts';
import { type PodNeed, sumWithoutOverhead } from './pod-need';
import { formatAmount } from './units';

/**
 * The sentences about volumes of a pod that are in memory: what is written to them counts as memory of the container that
 * writes, and is part of none of the sums.
 *
 * @see https://kubernetes.io/docs/concepts/storage/volumes/#emptydir
 */
export function describeMemoryVolumes(pod: PodView, need: PodNeed): string[] {
  const limit = sumWithoutOverhead(need).limits.get('memory');
  return pod.volumes
    .filter((volume) => volume.at('emptyDir', 'medium').text === 'Memory')
    .map((volume) => describeVolume(volume, limit));
}

function describeVolume(volume: Field, limit: bigint | undefined): string {
  const size = readAmount(volume.at('emptyDir', 'sizeLimit'));
  const amount = size === undefined ? 'without a limit of its own' : `of at most ${formatAmount('memory', size)}`;
  const isMore = size !== undefined && limit !== undefined && limit > 0n && size > limit;
  const warning = isMore
    ? `, and the pod is killed before it is full: its containers may take ${formatAmount('memory', limit)}`
    : '';
  return `volume "${volume.at('name').text ?? ''}" is memory ${amount}, which counts against the memory limits of the containers that write to it${warning}`;
}
