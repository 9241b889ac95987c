import type { ObjectView } from '../rules/model/object-view';
import { comparePattern } from './compare';
import { applyCaptures, type Comparison, explainMismatches, isMatch, sumCosts } from './comparison';
import { describeObjects } from './look-up';
import { showValue } from './show';

/** The result of a search for objects that match a pattern. */
export interface SearchResult {
  readonly matches: readonly ObjectView[];
  /**
   * The reason why there is none: the object that comes nearest, with all that is wrong with it.
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
export function findMatches(
  candidates: readonly ObjectView[],
  pattern: unknown,
  kind: string,
  all: readonly ObjectView[],
): SearchResult {
  if (candidates.length === 0) {
    return { matches: [], problem: `there is no ${kind} (there: ${describeObjects(all)})` };
  }
  const compared = candidates.map((object) => ({ object, comparison: comparePattern(pattern ?? {}, object.root) }));
  const found = compared.filter(({ comparison }) => isMatch(comparison));
  for (const { comparison } of found) {
    applyCaptures(comparison);
  }
  return found.length > 0
    ? { matches: found.map(({ object }) => object) }
    : { matches: [], problem: explainNoMatch(compared, pattern, kind) };
}

function explainNoMatch(
  compared: readonly { readonly object: ObjectView; readonly comparison: Comparison }[],
  pattern: unknown,
  kind: string,
): string {
  const [near] = [...compared].sort((a, b) => sumCosts(a.comparison) - sumCosts(b.comparison));
  const others = compared.length === 1 ? 'the only one is' : `of ${compared.length} the nearest is`;
  const { object, comparison } = near!;
  return `no ${kind} matches ${showValue(pattern)}; ${others} ${object.title}:\n${explainMismatches(comparison)}`;
}
