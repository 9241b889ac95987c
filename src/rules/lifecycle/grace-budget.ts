import { Severity } from '../finding';
import { type ContainerView, Role } from '../model/container-view';
import type { PodView } from '../model/pod-view';
import { readPreStopSeconds } from '../model/prestop';
import { findRunningSoftware } from '../model/software';
import { findStopSeconds, VECTOR_LIMIT_VARIABLE } from '../model/stop-seconds';
import type { Problem, Rule } from '../rule';

export const GRACE_BUDGET: Rule = {
  id: 'grace-budget',
  severity: Severity.WARNING,
  catches:
    'A `preStop` hook that waits as long as the pod has to end, or a companion that needs longer than what is left then.',
  consequence:
    'The kubelet kills the container before it has ended: requests break off, and logs that are not sent are lost.',
  fix: 'raise `terminationGracePeriodSeconds`, or wait less',
  source: 'https://kubernetes.io/docs/concepts/containers/container-lifecycle-hooks/#hook-handler-execution',
  checkPod: (pod) => {
    if (pod.graceSeconds < 0) {
      return [];
    }
    const problems = pod.running.flatMap((container) => checkPreStopWait(container, pod) ?? []);
    return problems.length > 0
      ? problems
      : pod.companions.flatMap((container) => checkStopSeconds(container, pod) ?? []);
  },
};

function checkPreStopWait(container: ContainerView, { graceSeconds }: PodView): Problem | undefined {
  const wait = readPreStopSeconds(container);
  if (wait === 0) {
    return undefined;
  }
  const sleep = container.field.at('lifecycle', 'preStop', 'sleep', 'seconds');
  // An action that sleeps too long, the API server rejects, which `lifecycle-handler` reports.
  if (wait < graceSeconds || (sleep.number ?? 0) > graceSeconds) {
    return undefined;
  }
  const at = sleep.exists ? sleep : container.field.at('lifecycle', 'preStop', 'exec', 'command');
  const message = `container "${container.name}" waits ${wait} s in \`preStop\`, and the pod has ${graceSeconds} s to end in all`;
  return { at, message };
}

function checkStopSeconds(container: ContainerView, pod: PodView): Problem | undefined {
  const stop = findStopSeconds(container);
  if (stop === undefined) {
    return undefined;
  }
  // A native sidecar gets its stop signal when all regular containers have ended and its own hook has, which runs beside.
  const isNative = container.role === Role.NATIVE_SIDECAR;
  const wait = Math.max(readPreStopSeconds(container), ...(isNative ? pod.containers.map(readPreStopSeconds) : []));
  if (wait + stop <= pod.graceSeconds) {
    return undefined;
  }
  const at = pod.spec.at('terminationGracePeriodSeconds');
  const before = wait > 0 ? ` after ${wait} s in \`preStop\`` : '';
  const message = `container "${container.name}" may take ${stop} s to end${before}, and the pod has ${pod.graceSeconds} s in all`;
  return { at, message, fix: describeGraceFix(container, wait + stop) };
}

function describeGraceFix(container: ContainerView, seconds: number): string {
  const raise = `write \`terminationGracePeriodSeconds: ${seconds}\` or more`;
  return findRunningSoftware(container).software?.software === 'Vector'
    ? `${raise}, or lower \`${VECTOR_LIMIT_VARIABLE}\``
    : raise;
}
