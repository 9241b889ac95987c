import { Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { toWholeSeconds } from '../../private/durations';
import { throwFirst } from '../../private/errors';
import { readArgument } from '../../private/read-props';
import type { Inventory } from '../containers/inventory';
import { hasFeature, isKnownToHave, NATIVE_SIDECARS, SLEEP_ACTIONS, validateFeature } from '../defaults/kubernetes';
import { listContainers, type PodSpec, type PodTemplate } from '../manifest/pod-template';
import { ExistingPod } from '../workload/existing-pod';
import { isJob, type SidecarPlan, toFlushSeconds, validateClassicSidecar, validateNativeSidecar } from './sidecar-plan';
import { StartOrder } from './start-order';

/** Left between the last moment of the slowest container and the kubelet's SIGKILL. */
const MARGIN_SECONDS = 5;

/** Time that a classic sidecar waits longer than the main container, to read what that wrote last. */
const CATCH_UP_SECONDS = 2;

/** Grace period that Kubernetes gives a pod by default. */
const KUBERNETES_GRACE_SECONDS = 30;

/** Mode in which Kubernetes runs a sidecar beside the main container. */
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

/** Means by which a container waits before the kubelet sends it the stop signal. */
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

/** The wait between the deletion of the pod and the stop signal of one container. */
interface Wait {
  readonly seconds: number;
  readonly means: PreStopSleep;
}

/**
 * The order and the times in which the containers of the pod start and stop.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination
 */
export class PodLifecycle {
  /** @internal */
  public static _create(inventory: Inventory, sidecarMode?: SidecarMode): PodLifecycle {
    const isNative = hasFeature(inventory.defaults, NATIVE_SIDECARS);
    const known = isNative ? SidecarMode.NATIVE : SidecarMode.CLASSIC;
    return new PodLifecycle(inventory, sidecarMode ?? inventory.defaults.companions?.sidecarMode ?? known);
  }

  /**
   * Reasons why a workload cannot have sidecars of this mode.
   *
   * @internal
   */
  public static _validateMode(workload: kplus.AbstractPod, mode?: SidecarMode): string[] {
    return mode === SidecarMode.CLASSIC && isJob(workload)
      ? ['a classic sidecar runs on in the pod of a Job, which would then never complete; use SidecarMode.NATIVE']
      : [];
  }

  /** @internal */
  public readonly _startOrder: StartOrder;

  private readonly sidecars = new Map<string, SidecarPlan>();
  private readonly waits = new Map<string, Wait>();
  private readonly afterMain = new Map<string, Wait>();
  private mainStop?: number;
  private sharesProcesses = false;

  private constructor(
    private readonly inventory: Inventory,
    /** Mode of the sidecars that state none themselves. */
    public readonly sidecarMode: SidecarMode,
  ) {
    this._startOrder = new StartOrder(inventory);
  }

  /**
   * Time from the deletion of the pod to SIGKILL: what the main container needs to stop and then what the sidecars need
   * to flush, or the workload's own grace period where that is longer.
   */
  public get terminationGracePeriod(): Duration {
    return Duration.seconds(this.graceSeconds);
  }

  /**
   * Whether the pod ends by itself once its main container has: that of a Job or CronJob, and a Pod that is not always
   * restarted.
   */
  public get endsByItself(): boolean {
    const { restartPolicy } = this.inventory.workload;
    return restartPolicy === kplus.RestartPolicy.NEVER || restartPolicy === kplus.RestartPolicy.ON_FAILURE;
  }

  /**
   * States how long the main container takes to stop: its `preStop` hook and its drain together. Without it, the main
   * container is given all of the workload's own grace period.
   *
   * @throws where a different time was stated before
   */
  public declareMainStop(time: Duration): void {
    readArgument('Duration', time, this.inventory.workload, 'time');
    if (this.mainStop !== undefined && this.mainStop !== toWholeSeconds(time)) {
      throw this.inventory.createPodError(
        `the main container was said to stop within ${this.mainStop} s, now within ${toWholeSeconds(time)} s; declare it once`,
      );
    }
    this.mainStop = toWholeSeconds(time);
  }

  /**
   * Lets a container wait before it gets its stop signal, such as a server that other nodes still send requests to.
   *
   * @param container name of the container; not a native sidecar, which is stopped after the main container anyway
   * @param time how long it waits
   * @param means what the image or the cluster has for it
   */
  public waitBeforeStop(container: string, time: Duration, means: PreStopSleep): void {
    const { workload } = this.inventory;
    readArgument('Duration', time, workload, 'time');
    readArgument('PreStopSleep', means, workload, 'means');
    throwFirst(workload, [
      ...this.validateWait(this.inventory.find(container), toWholeSeconds(time), means),
      ...this.validateMeans(container, means),
    ]);
    this.waits.set(container, { seconds: toWholeSeconds(time), means });
  }

  /**
   * Keeps a native sidecar running for a time after the main container of a pod that ends by itself, such as a log agent
   * that has yet to read the last lines of a Job. Asked twice, it runs on for the longer time. The pod ends that much later.
   *
   * It is a `preStop` sleep, which the kubelet begins when the main container has ended. Where the pod is deleted while the
   * main container runs, the sleep begins at once, and the sidecar outlives the main container only as any sidecar does.
   *
   * @param sidecar name of the native sidecar
   * @param time how long it runs on; zero for not at all
   * @param means what the image or the cluster has for it: by default the `sleep` action, Kubernetes 1.30 or later, and a command
   * where `PodDefaults` name a version before
   * @throws where the pod does not end by itself, or the container is no native sidecar
   * @see https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#termination-with-sidecars
   */
  public runOnAfterMain(
    sidecar: string,
    time: Duration,
    means: PreStopSleep = this._sleep ?? PreStopSleep.ACTION,
  ): void {
    readArgument('Duration', time, this.inventory.workload, 'time');
    readArgument('PreStopSleep', means, this.inventory.workload, 'means');
    throwFirst(this.inventory.workload, [
      ...this.validateRunOn(this.inventory.find(sidecar), means),
      ...(toWholeSeconds(time) > 0 ? this.validateMeans(sidecar, means) : []),
    ]);
    const seconds = Math.max(toWholeSeconds(time), this.afterMain.get(sidecar)?.seconds ?? 0);
    this.afterMain.set(sidecar, { seconds, means });
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
   * Reasons why a sidecar cannot keep in this mode what it declares.
   *
   * @internal
   */
  public _validateSidecar(sidecar: SidecarPlan, mode: SidecarMode): string[] {
    const { workload, defaults } = this.inventory;
    const validate = mode === SidecarMode.NATIVE ? validateNativeSidecar : validateClassicSidecar;
    return validate(sidecar, workload, defaults);
  }

  /**
   * Takes a sidecar into the plan of the pod.
   *
   * @internal
   */
  public _admit({ name, flush, preStopSleep }: SidecarPlan, mode: SidecarMode): void {
    this.sidecars.set(name, { name, mode, flush, preStopSleep });
  }

  /** @internal */
  public _isNative(container: string): boolean {
    const { name, restartPolicy } = this.inventory.find(container);
    return this.inventory.isInit(name) && restartPolicy === kplus.ContainerRestartPolicy.ALWAYS;
  }

  /**
   * Whether it was said of any container how long it runs on after the main one.
   *
   * @internal
   */
  public get _hasRunOnAfterMain(): boolean {
    return this.afterMain.size > 0;
  }

  /** @internal */
  public _validate(): string[] {
    const grace = this.graceSeconds;
    return [...this.waits]
      .filter(([, { seconds }]) => seconds >= grace)
      .map(
        ([container, { seconds }]) =>
          `container "${container}" waits ${seconds} s before its stop signal, but the pod is killed after ${grace} s; state with \`declareMainStop\` how long it takes to stop, the wait included`,
      );
  }

  /** @internal */
  public _complete({ spec }: PodTemplate): void {
    const grace = this.graceSeconds;
    const stated = spec.terminationGracePeriodSeconds ?? KUBERNETES_GRACE_SECONDS;
    if (grace > stated || !(this.inventory.workload instanceof ExistingPod)) {
      spec.terminationGracePeriodSeconds = Math.max(grace, spec.terminationGracePeriodSeconds ?? 0);
    }
    if (this.sharesProcesses) {
      spec.shareProcessNamespace = true;
    }
    this._startOrder.complete(spec);
    for (const container of listContainers(spec)) {
      const wait = this.findWait(container.name);
      if (wait) {
        container.lifecycle = { preStop: toPreStop(wait), ...container.lifecycle };
      }
    }
  }

  /** @internal */
  public _validateRendered(spec: PodSpec): string[] {
    return listContainers(spec)
      .filter(({ name, lifecycle }) => {
        const wait = this.findWait(name);
        return wait && JSON.stringify(lifecycle?.preStop) !== JSON.stringify(toPreStop(wait));
      })
      .map(
        ({ name }) =>
          `container "${name}" has a \`preStop\` hook, in whose place it should wait before its stop signal; remove one of the two`,
      );
  }

  /**
   * The means by which containers wait on the clusters that `PodDefaults` name; nothing where they name none.
   *
   * @internal
   */
  public get _sleep(): PreStopSleep | undefined {
    const { defaults } = this.inventory;
    if (isKnownToHave(defaults, SLEEP_ACTIONS)) {
      return PreStopSleep.ACTION;
    }
    return hasFeature(defaults, SLEEP_ACTIONS) ? undefined : PreStopSleep.COMMAND;
  }

  /**
   * Seconds from the deletion of the pod until classic sidecars have flushed, where there are any that do.
   *
   * @internal
   */
  public get _classicFlushSeconds(): number | undefined {
    const hasClassic = [...this.sidecars.values()].some(
      (sidecar) => sidecar.mode === SidecarMode.CLASSIC && toFlushSeconds(sidecar) > 0,
    );
    return hasClassic ? this.mainStopSeconds + this.flushSeconds : undefined;
  }

  private validateMeans(container: string, means: PreStopSleep): string[] {
    return means === PreStopSleep.COMMAND
      ? []
      : validateFeature(
          this.inventory.defaults,
          SLEEP_ACTIONS,
          `container "${container}" is to wait by PreStopSleep.ACTION`,
          'use PreStopSleep.COMMAND, for which its image needs `sleep`',
        );
  }

  private validateRunOn({ name }: kplus.Container, means: PreStopSleep): string[] {
    const known = this.afterMain.get(name);
    if (!this._isNative(name)) {
      return [
        `container "${name}" is to run on after the main container, but is no native sidecar; add it with \`addSidecar\` and SidecarMode.NATIVE`,
      ];
    }
    if (!this.endsByItself) {
      return [
        `container "${name}" is to run on after the main container, but the pod does not end by itself: in a pod that is deleted the sidecar outlives the main container anyway; leave it out`,
      ];
    }
    return known && known.means !== means
      ? [
          `container "${name}" was said to run on after the main container by ${known.means}, now by ${means}; say it once`,
        ]
      : [];
  }

  private validateWait({ name }: kplus.Container, seconds: number, means: PreStopSleep): string[] {
    const known = this.waits.get(name);
    if (this.inventory.isInit(name)) {
      return [
        `container "${name}" is an init container or native sidecar and cannot wait before its stop signal; the kubelet already stops it after the main container`,
      ];
    }
    if (this.findHold(name)) {
      return [`container "${name}" is a classic sidecar that waits for the main container already; leave its wait out`];
    }
    if (seconds < 1) {
      return [
        `container "${name}" is to wait ${seconds} s before its stop signal; pass at least one second, or leave the wait out`,
      ];
    }
    return known && (known.seconds !== seconds || known.means !== means)
      ? [
          `container "${name}" was said to wait ${known.seconds} s before its stop signal by ${known.means}, now ${seconds} s by ${means}; say it once`,
        ]
      : [];
  }

  /** The wait of a container before its stop signal, whether it was told to, runs on or must. */
  private findWait(container: string): Wait | undefined {
    const after = this.afterMain.get(container);
    return this.waits.get(container) ?? (after && after.seconds > 0 ? after : this.findHold(container));
  }

  /** A classic sidecar that flushes must outlive the main container: it waits for as long as that may take to stop. */
  private findHold(container: string): Wait | undefined {
    const sidecar = this.sidecars.get(container);
    return sidecar?.mode === SidecarMode.CLASSIC && toFlushSeconds(sidecar) > 0 && sidecar.preStopSleep
      ? { seconds: this.mainStopSeconds + CATCH_UP_SECONDS, means: sidecar.preStopSleep }
      : undefined;
  }

  private get graceSeconds(): number {
    const flush = this.flushSeconds;
    const after = Math.max(0, ...[...this.afterMain.values()].map(({ seconds }) => seconds));
    const margin = flush + after > 0 ? MARGIN_SECONDS : 0;
    const needed = Math.max(this.mainStopSeconds, after) + flush + margin;
    return Math.max(needed, this.workloadGraceSeconds);
  }

  private get mainStopSeconds(): number {
    return this.mainStop ?? this.workloadGraceSeconds;
  }

  private get workloadGraceSeconds(): number {
    const grace = this.inventory.workload.terminationGracePeriod;
    const seconds = grace ? toWholeSeconds(grace) : KUBERNETES_GRACE_SECONDS;
    return Number.isFinite(seconds) ? seconds : KUBERNETES_GRACE_SECONDS; // cdk8s-plus cannot write others, which is reported
  }

  /** Native sidecars stop one after another, classic ones all at once. */
  private get flushSeconds(): number {
    let native = 0;
    let classic = 0;
    for (const sidecar of this.sidecars.values()) {
      if (sidecar.mode === SidecarMode.NATIVE) {
        native += toFlushSeconds(sidecar);
      } else {
        classic = Math.max(classic, toFlushSeconds(sidecar));
      }
    }
    return native + (classic > 0 ? CATCH_UP_SECONDS + classic : 0);
  }
}

function toPreStop({ seconds, means }: Wait): unknown {
  return means === PreStopSleep.ACTION ? { sleep: { seconds } } : { exec: { command: ['sleep', String(seconds)] } };
}
