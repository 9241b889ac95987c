import { createError, describeChoices } from '../../private/errors';
import { checkPodSecurity, type PodSecurityLevel } from '../../rules/security/shared/pod-security-checks';
import type { PodHandle } from '../pod-handle';
import { showValue } from '../show';
import { type MatcherResult, toMatcherResult } from './result';
import { toPodHandles } from './subject';

/** The levels of the Pod Security Standards that forbid anything. */
const LEVELS: readonly PodSecurityLevel[] = ['restricted', 'baseline'];

/** Whether a namespace that enforces a level of the Pod Security Standards admits the pods. */
export function toPassPodSecurity(subject: unknown, level: PodSecurityLevel): MatcherResult {
  if (!LEVELS.includes(level)) {
    throw createError('toPassPodSecurity', `there is no level ${showValue(level)}${describeChoices('levels', LEVELS)}`);
  }
  const pods = toPodHandles(subject, 'toPassPodSecurity');
  const violations = pods.flatMap((pod) => describeViolations(pod, level));
  const title = pods.length === 1 ? pods[0] : `${pods.length} pods`;
  return toMatcherResult(title, 'toPassPodSecurity', [showValue(level)], {
    pass: violations.length === 0,
    because: violations.length === 0 ? `the level "${level}" forbids nothing that is there` : violations.join('\n'),
  });
}

function describeViolations(pod: PodHandle, level: PodSecurityLevel): string[] {
  return checkPodSecurity(pod.view, level).map(
    ({ at, message, fix }) => `  ${pod} ${at.path}: ${message}${fix === undefined ? '' : `; ${fix}`}`,
  );
}
