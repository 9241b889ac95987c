import type { ManifestSet } from '../../model/manifest-set';
import type { ObjectView } from '../../model/object-view';

/** Fields of an entry of a LimitRange that give a limit to a container which states none, and those that give it a request. */
const LIMITS: readonly string[] = ['default', 'max'];
const REQUESTS: readonly string[] = [...LIMITS, 'defaultRequest', 'min'];

/** Whether the namespace of an object gives a limit of this resource to each container that states none. */
export function isLimited(object: ObjectView, set: ManifestSet, resource: string): boolean {
  return isGiven(object, set, resource, LIMITS);
}

/** Whether the namespace of an object gives a request of this resource to each container that states none. */
export function isRequested(object: ObjectView, set: ManifestSet, resource: string): boolean {
  return isGiven(object, set, resource, REQUESTS);
}

function isGiven(object: ObjectView, set: ManifestSet, resource: string, fields: readonly string[]): boolean {
  return set
    .listByKind('LimitRange', object)
    .flatMap(({ spec }) => spec.at('limits').items)
    .filter((entry) => entry.at('type').text === 'Container')
    .some((entry) => fields.some((field) => entry.at(field, resource).exists));
}
