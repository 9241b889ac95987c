import type { Field } from '../rules/model/field';
import type { ObjectView } from '../rules/model/object-view';
import { type Amounts, completeAmounts, type Resources, readAmountList } from './amounts';
import type { ContainerNeed } from './container-need';

/** One entry of a LimitRange, as the API server completes it. */
export interface RangeItem {
  readonly type: string;
  readonly min: Amounts;
  readonly max: Amounts;
  readonly ratio: Amounts;
  readonly defaults: Resources;
}

/** A LimitRange of the set. */
export interface LimitRange {
  readonly object: ObjectView;
  readonly items: readonly RangeItem[];
}

export function isLimitRange({ kind, apiVersion }: ObjectView): boolean {
  return kind === 'LimitRange' && apiVersion === 'v1';
}

export function readLimitRange(object: ObjectView): LimitRange {
  return { object, items: object.spec.at('limits').items.map(readItem) };
}

/** A default limit is the maximum where none is stated; a default request is the default limit, or else the minimum. */
function readItem(item: Field): RangeItem {
  const [min, max] = [readAmountList(item.at('min')), readAmountList(item.at('max'))];
  const limits = completeAmounts(readAmountList(item.at('default')), max);
  const requests = completeAmounts(completeAmounts(readAmountList(item.at('defaultRequest')), limits), min);
  const ratio = readAmountList(item.at('maxLimitRequestRatio'));
  return { type: item.at('type').text ?? '', min, max, ratio, defaults: { requests, limits } };
}

/** A container with what a LimitRange gives to containers that do not say it. */
export function applyDefaults({ view, resources }: ContainerNeed, { items }: LimitRange): ContainerNeed {
  const defaults = items.filter(({ type }) => type === 'Container').map((item) => item.defaults);
  // Of several entries the last one decides.
  const [requests, limits] = (['requests', 'limits'] as const).map((half) =>
    completeAmounts(resources[half], new Map(defaults.flatMap((one) => [...one[half]]))),
  ) as [Amounts, Amounts];
  return { view, resources: { requests, limits } };
}
