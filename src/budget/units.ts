import { NANOS_PER_UNIT, toCanonicalQuantity } from '../private/quantities';

const BINARY = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];

/** Resources that are counted in bytes. */
const BYTES = /(?:^|[./])(?:memory|storage|ephemeral-storage|hugepages-\w+)$/;

/** An amount of a resource for people: `250m`, `1.5`, `384Mi`, `1.25Gi`; at most two decimals, rounded up. */
export function formatAmount(resource: string, nanos: bigint): string {
  const sign = nanos < 0n ? '-' : '';
  const amount = nanos < 0n ? -nanos : nanos;
  return sign + (BYTES.test(resource) ? formatBytes(amount) : formatUnits(amount));
}

function formatUnits(nanos: bigint): string {
  const milli = toQuotient(nanos, NANOS_PER_UNIT / 1000n);
  return milli < 1000n && milli > 0n ? `${milli}m` : formatDecimal(nanos, NANOS_PER_UNIT);
}

function formatBytes(nanos: bigint): string {
  let unit = 0;
  let size = NANOS_PER_UNIT;
  while (nanos >= size * 1024n && unit < BINARY.length - 1) {
    size *= 1024n;
    unit += 1;
  }
  return `${formatDecimal(nanos, size)}${BINARY[unit]}`;
}

/** A number of units with two decimals, where it needs them. */
function formatDecimal(nanos: bigint, size: bigint): string {
  const hundredths = toQuotient(nanos * 100n, size);
  const [whole, rest] = [hundredths / 100n, hundredths % 100n];
  return rest === 0n ? String(whole) : `${whole}.${String(rest).padStart(2, '0').replace(/0$/, '')}`;
}

function toQuotient(amount: bigint, size: bigint): bigint {
  return (amount + size - 1n) / size;
}

/** An amount as Kubernetes writes it, exactly. */
export function formatQuantity(resource: string, nanos: bigint): string {
  const kibi = NANOS_PER_UNIT * 1024n;
  return BYTES.test(resource) && nanos % kibi === 0n
    ? toCanonicalQuantity(`${nanos / kibi}Ki`)
    : toCanonicalQuantity(`${nanos}n`);
}
