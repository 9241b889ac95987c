import type { Container } from '../manifest/pod-template';
import { applyLimits, ensureRequest, readRequested, sumRequested } from './amounts';
import type { PlatformRules } from './platform';
import { listHostAccess, listOwn, listRunning, type RenderedPod } from './rendered-pod';

/** The least requests of a container. */
const MIN_CPU = 50;
const MIN_MEMORY = 52;

/** Without bursting the CPU of a pod comes in steps of this. */
const CPU_STEP = 250;

/** The least and the most memory for each millicore, in mebibytes. */
const MIN_RATIO = 1.024;
const MAX_RATIO = 6.5 * 1.024;

/** The most that a pod of the general-purpose class may request, in millicores and mebibytes. */
const MAX_CPU = 30_000;
const MAX_MEMORY = 110 * 1024;

/** The directory of the node that may be mounted. */
const LOGS = '/var/log';

/** GKE in Autopilot mode. */
export class GkeAutopilot implements PlatformRules {
  public readonly assignsUser = false;
  public readonly needsCni = true;

  public constructor(private readonly bursting: boolean) {}

  /** Makes the requests what the cluster would make of them. */
  public complete(pod: RenderedPod): void {
    if (pod.kind === 'DaemonSet') {
      return;
    }
    const own = listOwn(pod);
    for (const container of own) {
      ensureRequest(container, 'cpu', MIN_CPU);
      ensureRequest(container, 'memory', MIN_MEMORY);
    }
    const main = own.find(({ name }) => name === pod.main);
    if (main) {
      this.fit(main, listRunning(pod.spec));
    }
    if (!this.bursting) {
      for (const container of own) {
        applyLimits(container);
      }
    }
  }

  /** Reasons why the cluster would refuse the pod. */
  public validate(pod: RenderedPod): string[] {
    const running = listRunning(pod.spec);
    const [cpu, memory] = [sumRequested(running, 'cpu'), sumRequested(running, 'memory')];
    return [
      ...listHostAccess(pod)
        .filter(({ path }) => path !== LOGS && !path?.startsWith(`${LOGS}/`))
        .map(({ phrase }) => `${phrase}, which GKE Autopilot refuses; remove it, or run the pod on other nodes`),
      ...(cpu > MAX_CPU || memory > MAX_MEMORY
        ? [
            `the pod requests ${cpu}m CPU and ${memory} MiB, and GKE Autopilot takes pods up to ${MAX_CPU}m and ${MAX_MEMORY} MiB; request less`,
          ]
        : []),
    ];
  }

  /** Raises the requests of the main container until those of the pod fit. */
  private fit(main: Container, running: readonly Container[]): void {
    const memory = sumRequested(running, 'memory');
    const least = Math.max(sumRequested(running, 'cpu'), Math.ceil(memory / MAX_RATIO));
    const cpu = this.bursting ? least : Math.ceil(least / CPU_STEP) * CPU_STEP;
    ensureRequest(main, 'cpu', readRequested(main, 'cpu')! + cpu - sumRequested(running, 'cpu'));
    ensureRequest(main, 'memory', readRequested(main, 'memory')! + Math.max(0, Math.ceil(cpu * MIN_RATIO) - memory));
  }
}
