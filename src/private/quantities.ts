import { memoizeByText } from './memo';

/** The smallest part of a unit that Kubernetes tells apart; an amount is counted in these, so that it is exact. */
export const NANOS_PER_UNIT = 1_000_000_000n;

const SYNTAX = /^([+-]?)(\d*)(?:\.(\d*))?(?:([numkMGTPE]|[KMGTPE]i)|[eE]([+-]?\d+))?$/;
const DECIMAL = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];
const BINARY = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];

/** Longer texts and larger exponents are not taken for quantities. */
const MAX_LENGTH = 64;
const MAX_EXPONENT = 400;

/** As many amounts are remembered as any app has different ones. */
const MAX_QUANTITIES = 1_000;

/** The amount that a quantity such as `250m`, `64Mi`, `1.5` or `1e3` says, in nano-units; nothing where it is none. */
export function toNanos(quantity: string | number | undefined): bigint | undefined {
  return readQuantity(String(quantity ?? ''));
}

const readQuantity = memoizeByText(parseQuantity, MAX_QUANTITIES);

function parseQuantity(text: string): bigint | undefined {
  const match = text.length > MAX_LENGTH ? null : SYNTAX.exec(text);
  const [, sign, whole = '', fraction = '', suffix = '', exponent = '0'] = match ?? [];
  if (match === null || whole + fraction === '' || Math.abs(Number(exponent)) > MAX_EXPONENT) {
    return undefined;
  }
  const digits = BigInt(whole + fraction);
  const binary = BINARY.indexOf(suffix);
  const scale = binary > 0 ? 0 : (DECIMAL.indexOf(suffix) - DECIMAL.indexOf('')) * 3;
  const factor = binary > 0 ? 1024n ** BigInt(binary) : 1n;
  const nanos = applyPowerOfTen(digits * factor, scale + Number(exponent) + 9 - fraction.length);
  return sign === '-' ? -nanos : nanos;
}

/** A number times a power of ten, rounded up as Kubernetes does. */
function applyPowerOfTen(number: bigint, power: number): bigint {
  const factor = 10n ** BigInt(Math.abs(power));
  return power >= 0 ? number * factor : (number + factor - 1n) / factor;
}

/**
 * A quantity as the API server writes it: a whole number with the largest unit of its kind, such as `1Gi` for `1024Mi` and `1` for
 * `1000m`. What is no quantity, and what has an exponent, is given back as it is.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export const toCanonicalQuantity = memoizeByText((text: string): string => {
  const nanos = toNanos(text);
  if (nanos === undefined || /[eE][+-]?\d/.test(text)) {
    return text;
  }
  const isBinary = /i$/.test(text) && nanos >= 1024n * NANOS_PER_UNIT && nanos % NANOS_PER_UNIT === 0n;
  return isBinary ? writeInUnits(nanos / NANOS_PER_UNIT, 1024n, BINARY) : writeInUnits(nanos, 1000n, DECIMAL);
}, MAX_QUANTITIES);

function writeInUnits(amount: bigint, factor: bigint, units: readonly string[]): string {
  let unit = 0;
  let count = amount;
  while (count !== 0n && count % factor === 0n && unit < units.length - 1) {
    count /= factor;
    unit += 1;
  }
  return count === 0n ? '0' : `${count}${units[unit]}`;
}
