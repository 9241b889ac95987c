import { show } from '../show';
import { type MatcherResult, result } from './result';
import { manifestsOf } from './subject';

/** Whether there is a manifest of a kind that matches a pattern. */
export function toHaveResource(subject: unknown, kind: string, partial?: any): MatcherResult {
  const manifests = manifestsOf(subject, 'toHaveResource');
  const { matches, problem } = manifests.search(kind, partial);
  const args = partial === undefined ? [show(kind)] : [show(kind), show(partial)];
  return result(manifests, 'toHaveResource', args, {
    pass: problem === undefined,
    because: problem ?? `these match: ${matches.map(({ title }) => title).join(', ')}`,
  });
}
