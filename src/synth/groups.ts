import type { Place } from './scope';

/** All that the objects of a construct wait for: what it and the constructs around it in its chart depend on. */
export function listGroups(place: Place): Place[] {
  const outer = place.parent && !place.isChart ? listGroups(place.parent) : [];
  return [...outer, ...place.dependencies];
}

/** The objects of a construct, but for those of charts in it. */
export function listMembers(group: Place): Place[] {
  const inner = group.children.filter(({ isChart }) => !isChart).flatMap(listMembers);
  return group.isApiObject ? [group, ...inner] : inner;
}
