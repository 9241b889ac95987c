import { showValue } from '../show';
import { type MatcherResult, toMatcherResult } from './result';
import { toManifests } from './subject';

/** Whether there is a manifest of a kind that matches a pattern. */
export function toHaveResource(subject: unknown, kind: string, partial?: any): MatcherResult {
  const manifests = toManifests(subject, 'toHaveResource');
  const { matches, problem } = manifests.search(kind, partial);
  const args = partial === undefined ? [showValue(kind)] : [showValue(kind), showValue(partial)];
  return toMatcherResult(manifests, 'toHaveResource', args, {
    pass: problem === undefined,
    because: problem ?? `these match: ${matches.map(({ title }) => title).join(', ')}`,
  });
}
