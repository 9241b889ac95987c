import { Severity } from '../finding';
import type { Field } from '../model/field';
import type { Problem, Rule } from '../rule';
import { checkHandler, type Handled, listProbes } from './shared/handlers';

const KINDS = ['httpGet', 'tcpSocket', 'grpc', 'exec'];
const COUNTS = ['initialDelaySeconds', 'timeoutSeconds', 'periodSeconds', 'successThreshold', 'failureThreshold'];

export const PROBE_HANDLER: Rule = {
  id: 'probe-handler',
  severity: Severity.ERROR,
  catches: 'A probe that has not exactly one handler, or a port, time or threshold that it cannot have.',
  consequence: 'The API server rejects the pod.',
  fix: 'write exactly one of `httpGet`, `tcpSocket`, `exec` and `grpc`',
  source: 'https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#Probe',
  checkPod: (pod) =>
    listProbes(pod).flatMap((probe) => [
      ...checkHandler(probe, KINDS),
      ...checkProbeCounts(probe),
      ...checkSuccessThreshold(probe),
      ...checkProbeGracePeriod(probe),
    ]),
};

function isCount({ number }: Field): boolean {
  return number === undefined || (Number.isInteger(number) && number >= 0);
}

function checkProbeCounts(probe: Handled): Problem[] {
  return COUNTS.map((name) => probe.field.at(name))
    .filter((at) => !isCount(at))
    .map((at) => ({
      at,
      message: `\`${at.name}\` of the ${probe.title} is ${at.number}`,
      fix: 'write a whole number from 0',
    }));
}

/** Zero stands for the default, which is one. */
function checkSuccessThreshold(probe: Handled): Problem[] {
  const at = probe.field.at('successThreshold');
  if (probe.field.name === 'readinessProbe' || !isCount(at) || (at.number ?? 0) <= 1) {
    return [];
  }
  const message = `\`successThreshold\` of the ${probe.title} is ${at.number}, but only that of a \`readinessProbe\` may be more than 1`;
  return [{ at, message, fix: 'remove `successThreshold`' }];
}

function checkProbeGracePeriod(probe: Handled): Problem[] {
  const { field } = probe;
  const at = field.at('terminationGracePeriodSeconds');
  if (at.number === undefined) {
    return [];
  }
  const { title } = probe;
  if (field.name === 'readinessProbe') {
    const message = `${title} has \`terminationGracePeriodSeconds\`, but it never ends a container`;
    return [{ at, message, fix: 'remove `terminationGracePeriodSeconds`' }];
  }
  const message = `\`terminationGracePeriodSeconds\` of the ${title} is ${at.number}`;
  return Number.isInteger(at.number) && at.number > 0 ? [] : [{ at, message, fix: 'write a whole number from 1' }];
}
