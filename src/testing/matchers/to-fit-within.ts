import { type BudgetOptions, listPodBudgets } from '../../budget/budget';
import type { PodBudget } from '../../budget/pod-budget';
import { formatAmount, formatQuantity } from '../../budget/units';
import { createError } from '../../private/errors';
import { toNanos } from '../../private/quantities';
import type { PodHandle } from '../pod-handle';
import { showValue } from '../show';
import { type MatcherResult, toMatcherResult } from './result';
import { toPodHandles } from './subject';

/** The most that a pod may request, by resources, as in `{ cpu: '500m', memory: '512Mi' }`. */
export interface FitLimits {
  readonly [resource: string]: string | number;
}

/** As many nodes as make no difference to one pod. */
const OPTIONS: Pick<BudgetOptions, 'nodes' | 'namespace'> = { nodes: 1, namespace: 'default' };

/** Whether a pod, or each pod that is there, requests no more than this. */
export function toFitWithin(subject: unknown, most: FitLimits): MatcherResult {
  const pods = toPodHandles(subject, 'toFitWithin');
  const limits = Object.entries(most).map(([resource, quantity]) => ({
    resource,
    amount: readLimit(resource, quantity),
  }));
  const budgets = pods.map(findBudget);
  const excesses = budgets.flatMap((budget) =>
    limits
      .filter(({ resource, amount }) => (budget.requests.get(resource) ?? 0n) > amount)
      .map(
        ({ resource, amount }) => `${describeRequest(budget, resource)}, more than ${formatQuantity(resource, amount)}`,
      ),
  );
  const facts = budgets.flatMap((budget) => limits.map(({ resource }) => describeRequest(budget, resource)));
  const pass = excesses.length === 0;
  return toMatcherResult(subject, 'toFitWithin', [showValue(most)], {
    pass,
    because: (pass ? facts : excesses).join('\n'),
  });
}

function readLimit(resource: string, quantity: string | number): bigint {
  const amount = toNanos(quantity);
  if (amount === undefined) {
    throw createError(
      'toFitWithin',
      `\`${resource}\` is ${showValue(quantity)}, which is no amount; pass one such as "500m" or "512Mi"`,
    );
  }
  return amount;
}

function findBudget({ view, set }: PodHandle): PodBudget {
  return listPodBudgets(set.objects, OPTIONS).find(({ owner }) => owner === view.owner)!;
}

/** The request of a pod, and which of its parts it is made of. */
function describeRequest({ owner, requests, parts }: PodBudget, resource: string): string {
  const sum = formatQuantity(resource, requests.get(resource) ?? 0n);
  const shares = [...parts].flatMap(([type, part]) => {
    const amount = part.requests.get(resource) ?? 0n;
    return amount === 0n ? [] : [`${type} ${formatAmount(resource, amount)}`];
  });
  return `${owner.title} requests ${sum} of ${resource}${shares.length > 1 ? ` (${shares.join(', ')})` : ''}`;
}
