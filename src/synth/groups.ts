import type { Place } from './scope';

/** What the objects of a construct wait for: all that it and the constructs around it in its chart depend on. */
export function groupsAround(place: Place): Place[] {
  const outer = place.parent && !place.isChart ? groupsAround(place.parent) : [];
  return [...outer, ...place.dependencies];
}

/** The objects of a construct, but for those of charts in it. */
export function membersOf(group: Place): Place[] {
  const inner = group.children.filter(({ isChart }) => !isChart).flatMap(membersOf);
  return group.isApiObject ? [group, ...inner] : inner;
}
