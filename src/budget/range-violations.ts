import { NANOS_PER_UNIT } from '../private/quantities';
import { type Amounts, NO_AMOUNTS, type Resources } from './amounts';
import type { LimitRange, RangeItem } from './limit-range';
import { type PodNeed, sumForRange } from './pod-need';
import { formatAmount } from './units';

/** A thing that a LimitRange has against a pod, a container or a claim. */
export interface RangeViolation {
  readonly bound: 'minimum' | 'maximum' | 'ratio';
  /** The type of the entry: `Container`, `Pod` or `PersistentVolumeClaim`. */
  readonly type: string;
  readonly resource: string;
  readonly message: string;
}

/** A thing that is held against an entry. */
interface Subject {
  readonly title: string;
  readonly resources: Resources;
}

/** An amount that is there, or not. */
type Amount = bigint | undefined;

/** The largest number that the API server counts in thousandths. */
const MAX_MILLI = (2n ** 63n - 1n) / 1000n;

/** The violations of a LimitRange by a pod, in the order of its entries. */
export function validatePod(need: PodNeed, { items }: LimitRange): RangeViolation[] {
  const { containers } = need;
  const ordered = [...containers.filter(({ view }) => !isInit(view)), ...containers.filter(({ view }) => isInit(view))];
  return items.flatMap((item) => {
    const subjects: Subject[] =
      item.type === 'Container'
        ? ordered.map(({ view, resources }) => ({ title: `container "${view.name}"`, resources }))
        : item.type === 'Pod'
          ? [{ title: 'the pod', resources: sumForRange(need) }]
          : [];
    return subjects.flatMap((subject) => validateSubject(subject, item));
  });
}

function isInit({ role }: PodNeed['containers'][number]['view']): boolean {
  return role === 'init container' || role === 'native sidecar';
}

/** The violations of a LimitRange by a claim, of which only the request counts. */
export function validateClaim(title: string, requests: Amounts, { items }: LimitRange): RangeViolation[] {
  const claims = items.filter(({ type }) => type === 'PersistentVolumeClaim');
  return claims.flatMap((item) => {
    const resources = { requests, limits: NO_AMOUNTS };
    return validateSubject({ title, resources }, { ...item, ratio: NO_AMOUNTS });
  });
}

function validateSubject({ title, resources: { requests, limits } }: Subject, item: RangeItem): RangeViolation[] {
  const { type, min, max, ratio } = item;
  const say = (bound: RangeViolation['bound'], list: Amounts, check: typeof checkMinimum) =>
    [...list].flatMap(([resource, bounding]) => {
      const text = check(requests.get(resource), limits.get(resource), bounding, resource);
      const message = `${title} ${text}`;
      return text === undefined ? [] : [{ bound, type, resource, message }];
    });
  const isClaim = type === 'PersistentVolumeClaim';
  return [
    ...say('minimum', min, checkMinimum),
    ...say('maximum', max, isClaim ? checkMaximumRequest : checkMaximum),
    ...say('ratio', ratio, checkRatio),
  ];
}

function checkMinimum(request: Amount, limit: Amount, least: bigint, resource: string): string | undefined {
  const [wanted, most, bound] = toComparable(request, limit, least);
  const wants = `where at least ${formatAmount(resource, least)} is wanted`;
  if (request === undefined) {
    return `requests no ${resource}, ${wants}`;
  }
  if (wanted < bound) {
    return `requests ${formatAmount(resource, request)} of ${resource}, ${wants}`;
  }
  return limit !== undefined && most < bound
    ? `has ${formatAmount(resource, limit)} of ${resource} as its limit, ${wants}`
    : undefined;
}

function checkMaximum(request: Amount, limit: Amount, greatest: bigint, resource: string): string | undefined {
  const [wanted, most, bound] = toComparable(request, limit, greatest);
  const allowed = `where at most ${formatAmount(resource, greatest)} is allowed`;
  if (limit === undefined) {
    return `has no limit of ${resource}, ${allowed}`;
  }
  if (most > bound) {
    return `has ${formatAmount(resource, limit)} of ${resource} as its limit, ${allowed}`;
  }
  return request !== undefined && wanted > bound
    ? `requests ${formatAmount(resource, request)} of ${resource}, ${allowed}`
    : undefined;
}

/** A claim is as large as it requests. */
function checkMaximumRequest(request: Amount, _: Amount, greatest: bigint, resource: string): string | undefined {
  return request === undefined
    ? `requests no ${resource}, where at most ${formatAmount(resource, greatest)} is allowed`
    : checkMaximum(request, 0n, greatest, resource);
}

function checkRatio(request: Amount, limit: Amount, factor: bigint, resource: string): string | undefined {
  const [wanted, most] = toComparable(request, limit, factor);
  const allowed = `where a limit of at most ${formatAmount('', factor)} times its request is allowed`;
  if (wanted === 0n) {
    return `requests no ${resource}, ${allowed}`;
  }
  if (most === 0n) {
    return `has no limit of ${resource}, ${allowed}`;
  }
  const found = Number(most) / Number(wanted);
  const isMore =
    toRoundedUp(factor, NANOS_PER_UNIT) <= MAX_MILLI
      ? found * 1000 > Number(toRoundedUp(factor, NANOS_PER_UNIT / 1000n))
      : found > Number(toRoundedUp(factor, NANOS_PER_UNIT));
  return isMore
    ? `has ${Number(found.toFixed(2))} times its request of ${resource} as its limit, ${allowed}`
    : undefined;
}

/** The numbers that the API server compares: thousandths, or whole units where any of them is very large. */
function toComparable(...amounts: readonly Amount[]): [bigint, bigint, bigint] {
  const units = amounts.map((amount = 0n) => toRoundedUp(amount, NANOS_PER_UNIT));
  const isSmall = units.every((amount) => amount <= MAX_MILLI);
  const counted = isSmall ? amounts.map((amount = 0n) => toRoundedUp(amount, NANOS_PER_UNIT / 1000n)) : units;
  return counted as [bigint, bigint, bigint];
}

function toRoundedUp(nanos: bigint, size: bigint): bigint {
  return (nanos + size - 1n) / size;
}
