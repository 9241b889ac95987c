import type { Field } from '../rules/model/field';
import type { PodView } from '../rules/model/pod-view';
import type { PodBudget } from './pod-budget';

/** The parts of a pod that the scopes of a quota look at. */
export type ScopedPod = Pick<PodBudget, 'qos'> & {
  readonly pod: PodView;
  /** The class that a pod without one gets. */
  readonly defaultPriority?: string;
};

/** One condition that pods have to meet to be counted. */
interface Scope {
  readonly name: string;
  readonly operator: string;
  readonly values: readonly string[];
}

/** The places of a pod that may name pods of other namespaces. */
const AFFINITIES = ['podAffinity', 'podAntiAffinity'];

/** Whether a quota has scopes, and so counts pods alone. */
export function hasScopes(quota: Field): boolean {
  return listScopes(quota).length > 0;
}

/**
 * Whether a quota counts a pod.
 *
 * @see https://kubernetes.io/docs/concepts/policy/resource-quotas/#quota-scopes
 */
export function matchesScopes(quota: Field, pod: ScopedPod): boolean {
  return listScopes(quota).every((scope) => matchesScope(scope, pod));
}

function listScopes(quota: Field): Scope[] {
  const stated = quota.at('scopeSelector', 'matchExpressions').items.map((item) => ({
    name: item.at('scopeName').text ?? '',
    operator: item.at('operator').text ?? '',
    values: item.at('values').texts,
  }));
  return [...quota.at('scopes').texts.map((name) => ({ name, operator: 'Exists', values: [] })), ...stated];
}

function matchesScope({ name, operator, values }: Scope, { pod, qos, defaultPriority }: ScopedPod): boolean {
  switch (name) {
    case 'Terminating':
      return (pod.spec.at('activeDeadlineSeconds').number ?? -1) >= 0;
    case 'NotTerminating':
      return !((pod.spec.at('activeDeadlineSeconds').number ?? -1) >= 0);
    case 'BestEffort':
      return qos === 'BestEffort';
    case 'NotBestEffort':
      return qos !== 'BestEffort';
    case 'PriorityClass':
      return matchesPriority(pod.spec.at('priorityClassName').text || defaultPriority, operator, values);
    case 'CrossNamespacePodAffinity':
      return AFFINITIES.some((affinity) =>
        listAffinityTerms(pod.spec.at('affinity', affinity)).some(isAcrossNamespaces),
      );
    default:
      return false;
  }
}

function matchesPriority(priority: string | undefined, operator: string, values: readonly string[]): boolean {
  switch (operator) {
    case 'Exists':
      return priority !== undefined;
    case 'DoesNotExist':
      return priority === undefined;
    case 'In':
      return priority !== undefined && values.includes(priority);
    default:
      return operator === 'NotIn' && (priority === undefined || !values.includes(priority));
  }
}

function listAffinityTerms(affinity: Field): Field[] {
  return [
    ...affinity.at('requiredDuringSchedulingIgnoredDuringExecution').items,
    ...affinity.at('preferredDuringSchedulingIgnoredDuringExecution').items.map((item) => item.at('podAffinityTerm')),
  ];
}

function isAcrossNamespaces(term: Field): boolean {
  return term.at('namespaces').items.length > 0 || term.at('namespaceSelector').exists;
}
