import { Severity } from '../finding';
import type { PodView } from '../model/pod-view';
import type { Problem, Rule } from '../rule';

const MAX_SECONDS = 2 ** 31 - 1;
/** Kinds whose pods run without end. */
const ENDLESS = new Set(['Deployment', 'ReplicaSet', 'ReplicationController', 'StatefulSet', 'DaemonSet']);

export const GRACE_PERIOD: Rule = {
  id: 'grace-period',
  severity: Severity.ERROR,
  catches: 'A `terminationGracePeriodSeconds` below 0, or an `activeDeadlineSeconds` that the pod cannot have.',
  consequence:
    'The API server rejects the pod; a grace period below 0 counts as one second, and everything is killed at once.',
  fix: 'write a whole number from 0',
  source: 'https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination',
  checkPod: (pod) => [...checkGracePeriod(pod), ...checkActiveDeadline(pod)],
};

function checkGracePeriod({ spec }: PodView): Problem[] {
  const at = spec.at('terminationGracePeriodSeconds');
  const isSound = at.number === undefined || (Number.isInteger(at.number) && at.number >= 0);
  return isSound ? [] : [{ at, message: `\`terminationGracePeriodSeconds\` is ${at.number}` }];
}

function checkActiveDeadline({ spec, owner }: PodView): Problem[] {
  const at = spec.at('activeDeadlineSeconds');
  if (at.number === undefined) {
    return [];
  }
  if (ENDLESS.has(owner.kind)) {
    const message = `\`activeDeadlineSeconds\` stands in the pod of a ${owner.kind}, which runs without end`;
    return [{ at, message, fix: 'remove `activeDeadlineSeconds`' }];
  }
  const isSound = Number.isInteger(at.number) && at.number >= 1 && at.number <= MAX_SECONDS;
  return isSound
    ? []
    : [
        {
          at,
          message: `\`activeDeadlineSeconds\` is ${at.number}`,
          fix: `write a whole number from 1 to ${MAX_SECONDS}`,
        },
      ];
}
