import type { Field } from '../rules/model/field';
import { readAmount } from '../rules/resources/shared/amounts';

/** Amounts of resources by their names, in nano-units; one that is not there is another thing than one of zero. */
export type Amounts = ReadonlyMap<string, bigint>;

/** The resources that are kept free for something, and those that it may take at most. */
export interface Resources {
  readonly requests: Amounts;
  readonly limits: Amounts;
}

/** The two halves of resources. */
export const HALVES = ['requests', 'limits'] as const;
export type Half = (typeof HALVES)[number];

export const NO_AMOUNTS: Amounts = new Map();
export const NO_RESOURCES: Resources = { requests: NO_AMOUNTS, limits: NO_AMOUNTS };

/** The amounts of a list such as `requests`; what is no amount, or is negative, is left out. */
export function readAmountList(list: Field): Amounts {
  return new Map(
    list.fields.flatMap((field): [string, bigint][] => {
      const amount = findAmount(field);
      return amount === undefined ? [] : [[field.name, amount]];
    }),
  );
}

/** The fields of a list that hold no amount that could be counted. */
export function listUnreadable(list: Field): Field[] {
  return list.fields.filter((field) => findAmount(field) === undefined);
}

/** A field that a template rendered empty counts as 0, as it does for Kubernetes. */
function findAmount(field: Field): bigint | undefined {
  const amount = field.value === null ? 0n : readAmount(field);
  return amount !== undefined && amount >= 0n ? amount : undefined;
}

/** The `requests` and `limits` under `resources`. */
export function readResources(resources: Field): Resources {
  return { requests: readAmountList(resources.at('requests')), limits: readAmountList(resources.at('limits')) };
}

export function sumAmounts(lists: readonly Amounts[]): Amounts {
  const sum = new Map<string, bigint>();
  for (const [name, amount] of lists.flatMap((list) => [...list])) {
    sum.set(name, (sum.get(name) ?? 0n) + amount);
  }
  return sum;
}

/** Of each resource the larger amount. */
export function mergeLargest(a: Amounts, b: Amounts): Amounts {
  const merged = new Map(a);
  for (const [name, amount] of b) {
    if (!merged.has(name) || amount > merged.get(name)!) {
      merged.set(name, amount);
    }
  }
  return merged;
}

/** Those of the first list, and of the second what the first does not name. */
export function completeAmounts(stated: Amounts, defaults: Amounts): Amounts {
  return new Map([...defaults, ...stated]);
}

/** The surplus of each resource, where it is not the same. */
export function toDifference(more: Amounts, less: Amounts): Amounts {
  const names = new Set([...more.keys(), ...less.keys()]);
  const entries = [...names].map((name): [string, bigint] => [name, (more.get(name) ?? 0n) - (less.get(name) ?? 0n)]);
  return new Map(entries.filter(([, amount]) => amount !== 0n));
}

/** So many times as much; of parts of a nano-unit the next whole one. */
export function toMultiple(amounts: Amounts, times: bigint, parts = 1n): Amounts {
  return new Map([...amounts].map(([name, amount]) => [name, (amount * times + parts - 1n) / parts]));
}

/** The resources of several things together. */
export function sumResources(all: readonly Resources[]): Resources {
  return { requests: sumAmounts(all.map((one) => one.requests)), limits: sumAmounts(all.map((one) => one.limits)) };
}

/** The resources of so many things that are alike. */
export function toMultipleResources({ requests, limits }: Resources, times: bigint, parts = 1n): Resources {
  return { requests: toMultiple(requests, times, parts), limits: toMultiple(limits, times, parts) };
}
