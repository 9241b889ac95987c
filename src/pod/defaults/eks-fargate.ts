import { type Amount, applyLimits, ensureRequest, readRequested, sumRequested } from './amounts';
import type { PlatformRules } from './platform';
import { listHostAccess, listOwn, listRunning, type RenderedPod } from './rendered-pod';

/** Mebibytes of a pod that the kubelet and its neighbours take. */
const RESERVED = 256;

/** The sizes of pods: millicores, and the gibibytes that go with them. */
const SIZES: readonly (readonly [cpu: number, gibibytes: readonly number[]])[] = [
  [250, [0.5, 1, 2]],
  [500, listSteps(1, 4, 1)],
  [1_000, listSteps(2, 8, 1)],
  [2_000, listSteps(4, 16, 1)],
  [4_000, listSteps(8, 30, 1)],
  [8_000, listSteps(16, 60, 4)],
  [16_000, listSteps(32, 120, 8)],
];

const LARGEST = '16 CPUs and 120 GiB';

/** The amounts that a pod requests, in millicores and mebibytes. */
type Needs = Readonly<Record<Amount, number>>;

/** Fargate of EKS. */
export class EksFargate implements PlatformRules {
  public readonly assignsUser = false;
  public readonly needsCni = false;

  /** Makes limits of all requests, and gives the main container what is left of the size of the pod. */
  public complete(pod: RenderedPod): void {
    const own = listOwn(pod);
    const running = listRunning(pod.spec);
    const size = findSize(sumNeeds(pod));
    const main = own.find(({ name }) => name === pod.main);
    if (main && size) {
      for (const amount of ['cpu', 'memory'] as const) {
        ensureRequest(main, amount, (readRequested(main, amount) ?? 0) + size[amount] - sumRequested(running, amount));
      }
    }
    for (const container of own) {
      applyLimits(container);
    }
  }

  /** Reasons why no such pod runs on Fargate. */
  public validate(pod: RenderedPod): string[] {
    const { cpu, memory } = sumNeeds(pod);
    return [
      ...(pod.kind === 'DaemonSet'
        ? ['EKS Fargate runs no DaemonSets; use a Deployment, and add what each node had to its pods']
        : []),
      ...listHostAccess(pod).map(
        ({ phrase }) => `${phrase}, which EKS Fargate refuses; remove it, or run the pod on other nodes`,
      ),
      ...(findSize({ cpu, memory })
        ? []
        : [
            `the pod requests ${cpu}m CPU and ${memory} MiB, beside ${RESERVED} MiB that the kubelet takes, and the largest pod of EKS Fargate has ${LARGEST}; request less`,
          ]),
    ];
  }
}

/** The larger of what runs side by side and of what the largest init container requests. */
function sumNeeds({ spec }: RenderedPod): Needs {
  const running = listRunning(spec);
  const inits = (spec.initContainers ?? []).filter((container) => !running.includes(container));
  const sum = (amount: Amount) =>
    Math.max(sumRequested(running, amount), ...inits.map((container) => readRequested(container, amount) ?? 0));
  return { cpu: sum('cpu'), memory: sum('memory') };
}

/** The smallest size in which this fits, without what the kubelet takes. */
function findSize({ cpu, memory }: Needs): Needs | undefined {
  for (const [millis, gibibytes] of SIZES) {
    const found = gibibytes.find((size) => size * 1024 - RESERVED >= memory);
    if (millis >= cpu && found !== undefined) {
      return { cpu: millis, memory: found * 1024 - RESERVED };
    }
  }
  return undefined;
}

function listSteps(first: number, last: number, step: number): number[] {
  return Array.from({ length: (last - first) / step + 1 }, (_, index) => first + index * step);
}
