import { choices, failure } from '../../private/errors';
import { type PodSecurityLevel, podSecurityViolations } from '../../rules/security/shared/pod-security-checks';
import type { PodHandle } from '../pod-handle';
import { show } from '../show';
import { type MatcherResult, result } from './result';
import { podsOf } from './subject';

/** The levels of the Pod Security Standards that forbid anything. */
const LEVELS: readonly PodSecurityLevel[] = ['restricted', 'baseline'];

/** Whether a namespace that enforces a level of the Pod Security Standards admits the pods. */
export function toPassPodSecurity(subject: unknown, level: PodSecurityLevel): MatcherResult {
  if (!LEVELS.includes(level)) {
    throw failure('toPassPodSecurity', `there is no level ${show(level)}${choices('levels', LEVELS)}`);
  }
  const pods = podsOf(subject, 'toPassPodSecurity');
  const violations = pods.flatMap((pod) => violationsOf(pod, level));
  const title = pods.length === 1 ? pods[0] : `${pods.length} pods`;
  return result(title, 'toPassPodSecurity', [show(level)], {
    pass: violations.length === 0,
    because: violations.length === 0 ? `the level "${level}" forbids nothing that is there` : violations.join('\n'),
  });
}

function violationsOf(pod: PodHandle, level: PodSecurityLevel): string[] {
  return podSecurityViolations(pod.view, level).map(
    ({ at, message, fix }) => `  ${pod} ${at.path}: ${message}${fix === undefined ? '' : `; ${fix}`}`,
  );
}
