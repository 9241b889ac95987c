import type { ObjectView } from '../rules/model/object-view';
import { compare } from './compare';
import { type Comparison, distance, explain, isMatch, keep } from './comparison';
import { listed } from './look-up';
import { show } from './show';

/** What became of a search for objects that match a pattern. */
export interface SearchResult {
  readonly matches: readonly ObjectView[];
  /**
   * Why there is none: the object that comes nearest, with all that is wrong with it.
   *
   * @default - there are matches
   */
  readonly problem?: string;
}

/**
 * Searches objects of one kind for those that match a pattern.
 *
 * @param all all objects, for the case that there is none of the kind
 */
export function search(
  candidates: readonly ObjectView[],
  pattern: unknown,
  kind: string,
  all: readonly ObjectView[],
): SearchResult {
  if (candidates.length === 0) {
    return { matches: [], problem: `there is no ${kind} (there: ${listed(all)})` };
  }
  const compared = candidates.map((object) => ({ object, comparison: compare(pattern ?? {}, object.root) }));
  const found = compared.filter(({ comparison }) => isMatch(comparison));
  for (const { comparison } of found) {
    keep(comparison);
  }
  return found.length > 0
    ? { matches: found.map(({ object }) => object) }
    : { matches: [], problem: problem(compared, pattern, kind) };
}

function problem(
  compared: readonly { readonly object: ObjectView; readonly comparison: Comparison }[],
  pattern: unknown,
  kind: string,
): string {
  const [near] = [...compared].sort((a, b) => distance(a.comparison) - distance(b.comparison));
  const others = compared.length === 1 ? 'the only one is' : `of ${compared.length} the nearest is`;
  const { object, comparison } = near!;
  return `no ${kind} matches ${show(pattern)}; ${others} ${object.title}:\n${explain(comparison)}`;
}
