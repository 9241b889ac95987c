import { ApiObject, Duration } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-28';
import type { PodTemplate } from '../private/manifest';
import type { Inventory } from './inventory';

/** Left between the last moment of the slowest container and the kubelet's SIGKILL. */
const MARGIN_SECONDS = 2;

/** What Kubernetes gives a pod that says nothing. */
const KUBERNETES_GRACE_SECONDS = 30;

/** How Kubernetes runs a sidecar beside the main container. */
export enum SidecarMode {
  /**
   * An init container with `restartPolicy: Always`: it starts before the main container, stops after it, and never keeps
   * a Job from completing. Every node and the control plane must be at Kubernetes 1.29 or later.
   *
   * @see https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/
   */
  NATIVE = 'native',

  /** An ordinary container: it starts and stops at the same time as the main container. For clusters before 1.29. */
  CLASSIC = 'classic',
}

/** What lets a container wait before the kubelet sends it the stop signal. */
export enum PreStopSleep {
  /** A `preStop` command `sleep`, which the image must have. Any Kubernetes version. */
  COMMAND = 'command',

  /**
   * The `preStop` action `sleep` of the kubelet, for images without a shell. Kubernetes 1.30 or later.
   *
   * @see https://kubernetes.io/docs/concepts/containers/container-lifecycle-hooks/#hook-handler-implementations
   */
  ACTION = 'action',
}

/** What the lifecycle knows of one sidecar. */
interface SidecarPlan {
  readonly name: string;
  readonly mode?: SidecarMode;
  readonly readyBeforeMain?: boolean;
  readonly startup?: kplus.Probe;
  readonly lifecycle?: kplus.ContainerLifecycle;
  readonly flush?: Duration;
  readonly preStopSleep?: PreStopSleep;
}

/**
 * How the containers of the pod start and stop together.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination
 */
export class PodLifecycle {
  /** @internal */
  public static _of(inventory: Inventory, sidecarMode: SidecarMode): PodLifecycle {
    return new PodLifecycle(inventory, sidecarMode);
  }

  private readonly sidecars = new Map<string, SidecarPlan>();
  private readonly waits = new Map<string, { seconds: number; means: PreStopSleep }>();
  private mainStop?: Duration;
  private sharesProcesses = false;

  private constructor(
    private readonly inventory: Inventory,
    /** How sidecars run that do not say it themselves. */
    public readonly sidecarMode: SidecarMode,
  ) {}

  /**
   * Time from the deletion of the pod to SIGKILL: what the main container needs to stop and then what the sidecars need
   * to flush, or the workload's own grace period where that is longer.
   */
  public get terminationGracePeriod(): Duration {
    const flush = this.flushSeconds;
    const needed = flush > 0 ? this.mainStopSeconds + flush + MARGIN_SECONDS : this.mainStopSeconds;
    return Duration.seconds(Math.max(needed, this.workloadGraceSeconds));
  }

  /**
   * States how long the main container takes to stop: its `preStop` hook and its drain together. Without it, the main
   * container is given all of the workload's own grace period.
   *
   * @throws where a different time was stated before
   */
  public declareMainStop(time: Duration): void {
    if (this.mainStop && this.mainStop.toSeconds() !== time.toSeconds()) {
      throw this.inventory.failure(
        `the main container was said to stop within ${this.mainStop.toSeconds()} s, now within ${time.toSeconds()} s; declare it once`,
      );
    }
    this.mainStop = time;
  }

  /**
   * Lets a container wait before it gets its stop signal, such as a server that other nodes still send requests to.
   *
   * @param container name of the container; not a native sidecar, which is stopped after the main container anyway
   * @param time how long it waits
   * @param means what the image or the cluster has for it
   */
  public waitBeforeStop(container: string, time: Duration, means: PreStopSleep): void {
    const source = this.inventory.find(container);
    if (this.inventory.workload.initContainers.includes(source)) {
      throw this.inventory.failure(
        `container "${container}" is an init container or native sidecar and cannot wait before its stop signal; the kubelet already stops it after the main container`,
      );
    }
    this.waits.set(container, { seconds: time.toSeconds(), means });
  }

  /**
   * Lets the containers see and signal each other's processes. The pause container becomes PID 1.
   *
   * @see https://kubernetes.io/docs/tasks/configure-pod-container/share-process-namespace/
   */
  public shareProcesses(): void {
    this.sharesProcesses = true;
  }

  /**
   * Takes a sidecar into the plan of the pod, in the mode it asks for.
   *
   * @internal
   */
  public _admit(sidecar: SidecarPlan): SidecarMode {
    const mode = sidecar.mode ?? this.sidecarMode;
    const problem =
      mode === SidecarMode.NATIVE ? nativeProblem(sidecar) : classicProblem(sidecar, this.inventory.workload);
    if (problem) {
      throw this.inventory.failure(problem);
    }
    this.sidecars.set(sidecar.name, { ...sidecar, mode });
    return mode;
  }

  /** @internal */
  public _complete({ spec }: PodTemplate): void {
    spec.terminationGracePeriodSeconds = this.terminationGracePeriod.toSeconds();
    if (this.sharesProcesses) {
      spec.shareProcessNamespace = true;
    }
    for (const container of spec.containers) {
      const wait = this.waits.get(container.name) ?? this.holdOf(container.name);
      if (wait) {
        container.lifecycle = { ...container.lifecycle, preStop: preStop(wait.seconds, wait.means) };
      }
    }
  }

  /** A classic sidecar that flushes must outlive the main container: it waits for as long as that may take to stop. */
  private holdOf(container: string): { seconds: number; means: PreStopSleep } | undefined {
    const sidecar = this.sidecars.get(container);
    return sidecar?.mode === SidecarMode.CLASSIC && sidecar.flush && sidecar.preStopSleep
      ? { seconds: this.mainStopSeconds, means: sidecar.preStopSleep }
      : undefined;
  }

  private get mainStopSeconds(): number {
    return this.mainStop?.toSeconds() ?? this.workloadGraceSeconds;
  }

  private get workloadGraceSeconds(): number {
    return this.inventory.workload.terminationGracePeriod?.toSeconds() ?? KUBERNETES_GRACE_SECONDS;
  }

  /** Native sidecars stop one after another, classic ones all at once. */
  private get flushSeconds(): number {
    const secondsOf = (mode: SidecarMode) =>
      [...this.sidecars.values()]
        .filter((sidecar) => sidecar.mode === mode)
        .map((sidecar) => sidecar.flush?.toSeconds() ?? 0);
    const native = secondsOf(SidecarMode.NATIVE).reduce((sum, seconds) => sum + seconds, 0);
    return native + Math.max(0, ...secondsOf(SidecarMode.CLASSIC));
  }
}

function nativeProblem({ name, readyBeforeMain, startup, lifecycle }: SidecarPlan): string | undefined {
  if (lifecycle?.preStop) {
    return `container "${name}" is a native sidecar with a \`preStop\` hook, which the kubelet runs at once, while the main container still drains; remove the hook, the sidecar is stopped last anyway`;
  }
  if (readyBeforeMain && !startup) {
    return `container "${name}" must be ready before the main container, but has no \`startup\` probe that says when it is; pass one`;
  }
  return undefined;
}

function classicProblem(sidecar: SidecarPlan, workload: kplus.AbstractPod): string | undefined {
  const { name, readyBeforeMain, lifecycle, flush, preStopSleep } = sidecar;
  if (isJob(workload)) {
    return classicInJob(name);
  }
  if (readyBeforeMain) {
    return `container "${name}" must be ready before the main container, but Kubernetes starts ordinary containers without waiting for each other; use SidecarMode.NATIVE`;
  }
  if (flush && !preStopSleep) {
    return `container "${name}" must outlive the main container by ${flush.toSeconds()} s, but a classic sidecar is stopped at the same moment; use SidecarMode.NATIVE, or say with \`preStopSleep\` what lets it wait`;
  }
  if (flush && lifecycle?.preStop) {
    return `container "${name}" has a \`preStop\` hook, but must wait in that hook to outlive the main container; remove the hook or \`flush\``;
  }
  return undefined;
}

function isJob(workload: kplus.AbstractPod): boolean {
  return ['Job', 'CronJob'].includes(ApiObject.of(workload).kind);
}

function classicInJob(name: string): string {
  return `container "${name}" is a classic sidecar of a Job, which would then never complete; use SidecarMode.NATIVE`;
}

function preStop(seconds: number, means: PreStopSleep): unknown {
  return means === PreStopSleep.ACTION ? { sleep: { seconds } } : { exec: { command: ['sleep', String(seconds)] } };
}
