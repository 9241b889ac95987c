import { memoizeByObject } from '../../../private/memo';
import { NANOS_PER_UNIT, toNanos } from '../../../private/quantities';
import type { Field } from '../../model/field';
import type { PodView } from '../../model/pod-view';

/** One amount of a resource that a pod names. */
export interface Amount {
  readonly at: Field;
  /** In nano-units; nothing where the text is no amount. */
  readonly nanos?: bigint;
}

/** The requests, limits and overhead of a pod and its containers. */
export const listResourceAmounts = memoizeByObject((pod: PodView): readonly Amount[] => {
  const resources = [...pod.all.map(({ field }) => field.at('resources')), pod.spec.at('resources')];
  const lists = resources.flatMap((field) => [field.at('limits'), field.at('requests')]);
  return readAmounts([...lists, pod.spec.at('overhead')].flatMap((list) => list.fields));
});

/** Sizes of volumes in a pod and in the claims of its object. */
export const listVolumeSizes = memoizeByObject(({ owner, volumes }: PodView): readonly Amount[] => {
  const claims = [
    ...(owner.kind === 'StatefulSet' ? owner.spec.at('volumeClaimTemplates').items : []),
    ...volumes.map((volume) => volume.at('ephemeral')).flatMap(findClaimTemplate),
  ].map((claim) => claim.at('spec', 'resources'));
  return readAmounts([
    ...volumes.map((volume) => volume.at('emptyDir')).flatMap(findSizeLimit),
    ...claims.flatMap((resources) => [resources.at('limits', 'storage'), resources.at('requests', 'storage')]),
  ]);
});

function findClaimTemplate(ephemeral: Field): Field[] {
  return ephemeral.exists ? [ephemeral.at('volumeClaimTemplate')] : [];
}

function findSizeLimit(emptyDir: Field): Field[] {
  return emptyDir.exists ? [emptyDir.at('sizeLimit')] : [];
}

function readAmounts(fields: readonly Field[]): Amount[] {
  return fields.filter(({ scalar }) => scalar !== undefined).map((at) => ({ at, nanos: readAmount(at) }));
}

/** The amount that stands in a field, in nano-units. */
export function readAmount(field: Field): bigint | undefined {
  // Kubernetes reads an amount without the blanks around it.
  return field.exists ? toNanos(field.scalar?.trim()) : undefined;
}

/** The request of a container for a resource; where it has none, its limit. */
export function findRequest(container: Field, resource: string): Field {
  const request = container.at('resources', 'requests', resource);
  return request.exists ? request : container.at('resources', 'limits', resource);
}

/** Whether an amount is no whole number of units. */
export function isFraction(nanos: bigint): boolean {
  return nanos % NANOS_PER_UNIT !== 0n;
}

/** Resources that the node may not promise twice, so that request and limit are one: huge pages and devices. */
export function isExclusive(resource: string): boolean {
  return isHugePages(resource) || isDevice(resource);
}

export function isHugePages(resource: string): boolean {
  return resource.startsWith('hugepages-');
}

/** Whether a resource is none of Kubernetes itself, as in `nvidia.com/gpu`. */
export function isDevice(resource: string): boolean {
  return resource.includes('/') && !resource.includes('kubernetes.io/');
}
