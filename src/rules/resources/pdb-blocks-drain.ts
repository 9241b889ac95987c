import { Severity } from '../finding';
import type { Field } from '../model/field';
import type { ManifestSet } from '../model/manifest-set';
import type { ObjectView } from '../model/object-view';
import type { PodView } from '../model/pod-view';
import type { Problem, Rule } from '../rule';
import { findFewestReplicas } from './shared/autoscaling';
import { isBudget, listProtectedPods } from './shared/disruption-budgets';

/** Kinds whose pods a drain evicts; those of a DaemonSet stay. */
const EVICTED = ['Deployment', 'StatefulSet', 'ReplicaSet', 'ReplicationController'];

export const PDB_BLOCKS_DRAIN: Rule = {
  id: 'pdb-blocks-drain',
  severity: Severity.WARNING,
  catches: 'A PodDisruptionBudget that never lets go of a single pod.',
  consequence: 'A drain of a node waits forever, and so does the upgrade of the cluster.',
  fix: 'allow at least one pod to be away, or run one replica more',
  source:
    'https://kubernetes.io/docs/tasks/run-application/configure-pdb/#think-about-how-your-application-reacts-to-disruptions',
  checkObject: (object, set) => (isBudget(object) ? checkDrain(object, set) : []),
};

function checkDrain(budget: ObjectView, set: ManifestSet): Problem[] {
  const most = budget.spec.at('maxUnavailable');
  if (/^0+%?$/.test(most.scalar ?? '')) {
    return [{ at: most, message: `\`maxUnavailable\` is ${most.scalar}, so that no pod may ever be evicted` }];
  }
  const at = budget.spec.at('minAvailable');
  if (at.text === '100%') {
    return [{ at, message: '`minAvailable` is 100%, so that no pod may ever be evicted' }];
  }
  const replicas = at.exists ? sumProtectedReplicas(budget, set) : undefined;
  const wanted = replicas === undefined ? undefined : countWantedPods(at, replicas);
  const message = `\`minAvailable\` is ${at.scalar} of ${replicas} ${replicas === 1 ? 'pod' : 'pods'}, so that none may be evicted`;
  return wanted !== undefined && wanted >= replicas! ? [{ at, message }] : [];
}

/** The least number of pods that the budget protects; nothing where the set does not tell. */
function sumProtectedReplicas(budget: ObjectView, set: ManifestSet): number | undefined {
  const pods = listProtectedPods(budget, set);
  const sum = sums.get(pods) ?? sumReplicas(pods, set);
  sums.set(pods, sum);
  return sum === 0 || Number.isNaN(sum) ? undefined : sum;
}

/** The sums of lists of pods: many budgets may protect the same. */
const sums = new WeakMap<readonly PodView[], number>();

/** NaN where the set does not tell. */
function sumReplicas(pods: readonly PodView[], set: ManifestSet): number {
  const numbers = pods.map(({ owner }) => (EVICTED.includes(owner.kind) ? findFewestReplicas(owner, set) : undefined));
  return numbers.reduce<number>((sum, number) => sum + (number ?? Number.NaN), 0);
}

/** The number of pods that `minAvailable` means; a percentage is rounded up. */
function countWantedPods(at: Field, replicas: number): number | undefined {
  const percent = /^(\d+)%$/.exec(at.text ?? '')?.[1];
  return percent === undefined ? at.number : Math.ceil((Number(percent) * replicas) / 100);
}
