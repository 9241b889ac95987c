import { NANOS_PER_UNIT, toNanos } from '../../private/quantities';
import { Severity } from '../finding';
import type { ContainerView } from '../model/container-view';
import type { Problem, Rule } from '../rule';
import {
  type Amount,
  isDevice,
  isFraction,
  isHugePages,
  listResourceAmounts,
  listVolumeSizes,
  readAmount,
} from './shared/amounts';

export const RESOURCE_QUANTITY: Rule = {
  id: 'resource-quantity',
  severity: Severity.ERROR,
  catches: 'An amount of a resource that Kubernetes cannot read, such as `128MB`, or that is negative.',
  consequence: 'The API server rejects the object, or takes the amount as zero.',
  fix: 'write a number with one of the units `m`, `k`, `M`, `G`, `Ki`, `Mi`, `Gi`, or with none',
  source: 'https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/',
  checkPod: (pod) => [
    ...listResourceAmounts(pod).flatMap(checkAmount),
    ...listVolumeSizes(pod).flatMap(checkAmountSyntax),
    ...pod.all.flatMap(checkDivisors),
  ],
};

function checkAmount(amount: Amount): Problem[] {
  const { at, nanos } = amount;
  if (nanos === undefined) {
    return checkAmountSyntax(amount);
  }
  const problem = validateAmount(at.name, nanos);
  return problem === undefined ? [] : [{ at, message: `amount "${at.scalar}" of ${at.name} ${problem}` }];
}

function checkAmountSyntax({ at, nanos }: Amount): Problem[] {
  return nanos === undefined ? [{ at, message: `\`${at.name}\` is "${at.scalar}", which is no amount` }] : [];
}

function validateAmount(resource: string, amount: bigint): string | undefined {
  if (amount < 0n) {
    return 'is negative';
  }
  if (isDevice(resource) && isFraction(amount)) {
    return 'is no whole number';
  }
  const page = isHugePages(resource) ? toNanos(resource.slice('hugepages-'.length)) : undefined;
  return page !== undefined && page >= NANOS_PER_UNIT && amount % page !== 0n
    ? 'is no multiple of the page size'
    : undefined;
}

/** An environment variable may give an amount in units of its own. */
function checkDivisors({ field }: ContainerView): Problem[] {
  return field.at('env').items.flatMap((item) => {
    const source = item.at('valueFrom');
    const at = source.exists ? source.at('resourceFieldRef', 'divisor') : source;
    return at.scalar === undefined ? [] : checkAmountSyntax({ at, nanos: readAmount(at) });
  });
}
