import { toNanos } from '../../private/quantities';
import type { Container } from '../manifest/pod-template';

/** The amounts of a container that platforms round. */
export type Amount = 'cpu' | 'memory';

/** Nano-units in a millicore and in a mebibyte, in which the amounts are counted. */
const UNITS: Readonly<Record<Amount, { readonly nanos: bigint; readonly suffix: string }>> = {
  cpu: { nanos: 1_000_000n, suffix: 'm' },
  memory: { nanos: 1024n * 1024n * 1_000_000_000n, suffix: 'Mi' },
};

/** The request of a rendered container in millicores or mebibytes, rounded up; nothing where it states none. */
export function readRequested({ resources }: Container, amount: Amount): number | undefined {
  return parseAmount(resources?.requests?.[amount] ?? resources?.limits?.[amount], amount);
}

/** The sum of what containers request. */
export function sumRequested(containers: readonly Container[], amount: Amount): number {
  return containers.reduce((sum, container) => sum + (readRequested(container, amount) ?? 0), 0);
}

/** Raises the request of a rendered container to at least so many millicores or mebibytes, and its limit with it. */
export function ensureRequest(container: Container, amount: Amount, least: number): void {
  const { requests, limits } = container.resources ?? {};
  const quantity = `${least}${UNITS[amount].suffix}`;
  if ((readRequested(container, amount) ?? 0) >= least) {
    return;
  }
  container.resources = { ...container.resources, requests: { ...requests, [amount]: quantity } };
  if ((parseAmount(limits?.[amount], amount) ?? least) < least) {
    container.resources.limits = { ...limits, [amount]: quantity };
  }
}

/** Makes the limits of a rendered container what it requests. */
export function applyLimits(container: Container): void {
  const { requests, limits } = container.resources ?? {};
  const amounts: Record<string, unknown> = {};
  for (const amount of ['cpu', 'memory']) {
    const quantity = requests?.[amount] ?? limits?.[amount];
    if (quantity !== undefined) {
      amounts[amount] = quantity;
    }
  }
  container.resources = {
    ...container.resources,
    requests: { ...requests, ...amounts },
    limits: { ...limits, ...amounts },
  };
}

function parseAmount(quantity: unknown, amount: Amount): number | undefined {
  const nanos = toNanos(quantity as string | undefined);
  const unit = UNITS[amount].nanos;
  return nanos === undefined ? undefined : Number((nanos + unit - 1n) / unit);
}
