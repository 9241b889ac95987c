import type { Amounts, Resources } from './amounts';
import type { PodNeed } from './pod-need';

export type QosClass = 'Guaranteed' | 'Burstable' | 'BestEffort';

const COUNTED = ['cpu', 'memory'];

/**
 * The class that decides who is evicted first when a node runs short.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/pod-qos/
 */
export function findQosClass({ own, containers }: PodNeed): QosClass {
  const all = own ? [own] : containers.map(({ resources }) => resources);
  const asked = all.flatMap(({ requests, limits }) => [requests, limits]);
  if (!asked.some((amounts) => COUNTED.some((name) => isStated(amounts, name)))) {
    return 'BestEffort';
  }
  const isGuaranteed = own ? hasEqual(own) : all.every(hasLimits) && COUNTED.every((name) => isSumEqual(all, name));
  return isGuaranteed ? 'Guaranteed' : 'Burstable';
}

/** Whether a pod has limits of its own for all that counts, and requests just that. */
function hasEqual({ requests, limits }: Resources): boolean {
  return COUNTED.every((name) => isStated(limits, name) && limits.get(name) === requests.get(name));
}

function hasLimits({ limits }: Resources): boolean {
  return COUNTED.every((name) => isStated(limits, name));
}

function isSumEqual(all: readonly Resources[], name: string): boolean {
  const [requests, limits] = (['requests', 'limits'] as const).map((half) =>
    all.reduce((sum, one) => sum + (one[half].get(name) ?? 0n), 0n),
  );
  return requests === limits;
}

function isStated(amounts: Amounts, name: string): boolean {
  return (amounts.get(name) ?? 0n) > 0n;
}
