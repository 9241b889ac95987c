import { findNearest } from '../../private/nearest';
import type { Problem } from '../rule';
import type { Field } from './field';
import type { PodView } from './pod-view';

/**
 * Checks that a pod has the container that a field names.
 *
 * @param what who names it, as in `a rule is about`
 * @param name the name, where it is not the text of the field
 */
export function checkContainerName(at: Field, { all, spec }: PodView, what: string, name = at.text): Problem[] {
  const fields = [...all.map(({ field }) => field), ...spec.at('ephemeralContainers').items];
  const names = fields.flatMap((field) => field.at('name').text ?? []);
  if (!name || names.includes(name)) {
    return [];
  }
  const meant = findNearest(name, names);
  const fix = meant ? `write "${meant}"` : 'name a container of the pod';
  return [{ at, message: `${what} container "${name}", which the pod does not have`, fix }];
}
