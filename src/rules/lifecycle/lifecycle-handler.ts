import { Severity } from '../finding';
import type { Problem, Rule } from '../rule';
import { checkHandler, type Handled, listHooks } from './shared/handlers';

const KINDS = ['exec', 'httpGet', 'sleep', 'tcpSocket'];

export const LIFECYCLE_HANDLER: Rule = {
  id: 'lifecycle-handler',
  severity: Severity.ERROR,
  catches: 'A hook that has not exactly one handler, or that sleeps longer than the pod has to end.',
  consequence: 'The API server rejects the pod.',
  fix: 'write what the hook may have',
  source: 'https://kubernetes.io/docs/concepts/containers/container-lifecycle-hooks/#hook-handler-implementations',
  checkPod: (pod) =>
    listHooks(pod).flatMap((hook) => [...checkHandler(hook, KINDS), ...checkSleepAction(hook, pod.graceSeconds)]),
};

function checkSleepAction(hook: Handled, grace: number): Problem[] {
  const at = hook.field.at('sleep', 'seconds');
  if (at.number === undefined) {
    return [];
  }
  const { title } = hook;
  if (!Number.isInteger(at.number) || at.number < 0) {
    return [{ at, message: `${title} sleeps ${at.number} s`, fix: 'write a whole number from 0' }];
  }
  // A grace period below zero, `grace-period` reports.
  const message = `${title} sleeps ${at.number} s, but the pod has ${grace} s to end`;
  return grace >= 0 && at.number > grace
    ? [{ at, message, fix: 'sleep less, or raise `terminationGracePeriodSeconds`' }]
    : [];
}
