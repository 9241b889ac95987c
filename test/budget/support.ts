import type { Amounts } from '../../src/budget/amounts';
import { type Budget, type BudgetOptions, buildBudget } from '../../src/budget/budget';
import { formatQuantity } from '../../src/budget/units';
import { toNanos } from '../../src/private/quantities';
import { listObjectViews } from '../../src/rules/model/object-view';

export const OPTIONS: BudgetOptions = {
  nodes: 3,
  namespace: 'default',
  nodeAgent: { base: amountsOf({ cpu: '100m', memory: '200Mi' }) },
};

export function amountsOf(quantities: Readonly<Record<string, string>>): Amounts {
  return new Map(Object.entries(quantities).map(([name, quantity]) => [name, toNanos(quantity)!]));
}

/** Amounts as one would write them: `cpu 250m, memory 64Mi`. */
export function show(amounts: Amounts): string {
  return [...amounts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, amount]) => `${name} ${formatQuantity(name, amount)}`)
    .join(', ');
}

/** The budget of objects, in memory. */
export function budgetOf(objects: readonly unknown[], options: Partial<BudgetOptions> = {}, kubernetes = 34): Budget {
  const views = objects.flatMap((object) => listObjectViews(object, { kubernetes }));
  return buildBudget(views, { ...OPTIONS, ...options });
}

/** A Pod with this spec. */
export function podOf(spec: object): object {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' }, spec };
}

/** A container that requests `cpu/memory`, and may take `cpu/memory`. */
export function containerOf(name: string, requests = '', limits = '', more: object = {}): object {
  const list = (text: string) => {
    const [cpu, memory] = text.split('/');
    return { ...(cpu && { cpu }), ...(memory && { memory }) };
  };
  return { name, image: 'acme/app:1.4', resources: { requests: list(requests), limits: list(limits) }, ...more };
}

export const SIDECAR = { restartPolicy: 'Always' };
