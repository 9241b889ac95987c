import { toNanos } from '../../private/quantities';
import type { Container, PodSpec } from './pod-template';

type Amounts = Readonly<Record<string, string>>;

/**
 * Resources of containers that do not fit into those of the pod, by the sums of the API server: an init container runs beside the
 * native sidecars before it alone, and all others run together. A pod that states a limit alone requests what its containers do.
 */
export function validatePodResources(spec: PodSpec): string[] {
  const { requests = {}, limits = {} } = spec.resources as { requests?: Amounts; limits?: Amounts };
  return [
    ...Object.entries({ ...requests, ...limits, ...requests }).flatMap(([resource, amount]) => {
      const needed = sumRequests(spec, resource);
      return needed > readAmount(amount)
        ? [
            `the containers request ${formatAmount(needed, resource)} ${resource} together, and \`resources\` of the pod ${amount}; pass at least as much`,
          ]
        : [];
    }),
    ...Object.entries(limits).flatMap(([resource, amount]) =>
      spec.containers
        .filter(({ resources }) => readAmount(resources?.limits?.[resource]) > readAmount(amount))
        .map(
          ({ name, resources }) =>
            `container "${name}" has a limit of ${resources!.limits![resource]} ${resource}, above the ${amount} of the pod; pass the pod as much, or the container less`,
        ),
    ),
  ];
}

/** The most that containers of a pod request at one time, in nano-units. */
function sumRequests({ initContainers = [], containers }: PodSpec, resource: string): bigint {
  let sidecars = 0n;
  let peak = 0n;
  for (const container of initContainers) {
    const request = readRequest(container, resource);
    peak = pickLarger(peak, sidecars + request);
    sidecars += container.restartPolicy === 'Always' ? request : 0n;
  }
  return pickLarger(
    peak,
    containers.reduce((sum, container) => sum + readRequest(container, resource), sidecars),
  );
}

function readRequest({ resources }: Container, resource: string): bigint {
  return readAmount(resources?.requests?.[resource] ?? resources?.limits?.[resource]);
}

function readAmount(quantity: unknown): bigint {
  return toNanos((quantity as string | undefined) ?? '0') ?? 0n;
}

function pickLarger(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}

/** An amount in milli-cores or mebibytes. */
function formatAmount(nanos: bigint, resource: string): string {
  return resource === 'cpu'
    ? `${nanos / 1_000_000n}m`
    : `${Number((nanos * 10n) / (1_000_000_000n * 1024n * 1024n)) / 10}Mi`;
}
