import { Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { ILogAgent } from '../../pod/companion';
import type { SidecarProps } from '../../pod/containers/container-options';
import { PreStopSleep } from '../../pod/lifecycle/pod-lifecycle';
import type { LogFiles } from '../../pod/logs/log-files';
import type { MultiContainerPod } from '../../pod/multi-container-pod';
import { createError, findOwner } from '../../private/errors';
import { toWholeMebibytes } from '../../private/sizes';
import { type RunningCompanionOptions, toCompanionPort } from './companion-options';
import { type LogSource, listLogSources, type ShippedLogs } from './log-source';

/** Options that all log agents of this library have in common. */
export interface LogAgentOptions extends RunningCompanionOptions {
  /**
   * Log files that it ships, in every pod it is added to. More can be added with `addLogs`.
   *
   * @default - none of its own; a pattern adds those of its main container
   */
  readonly logs?: LogFiles;

  /**
   * Means by which the agent waits before its stop signal: as a classic sidecar until the main container has written
   * its last line, in the pod of a Job for `catchUp`.
   *
   * @default - as a classic sidecar `PreStopSleep.COMMAND` for a default image that has a `sleep`, and nothing for another;
   * in the pod of a Job `PreStopSleep.ACTION`
   */
  readonly preStopSleep?: PreStopSleep;

  /**
   * Time that it may take to deliver what it holds when the pod stops. Counts into the termination grace period.
   *
   * @default Duration.seconds(10)
   */
  readonly flush?: Duration;

  /**
   * Time that it goes on reading after the main container of a Job has ended: longer than it takes to start and to
   * find a new file, as a short Job may create its log file just before it ends. The Job completes that much later.
   * It takes Kubernetes 1.30, or `preStopSleep` and an image that has `sleep`. In pods that do not end by themselves
   * it counts for nothing.
   *
   * @default - a few seconds more than the agent needs for that, which its own description gives
   */
  readonly catchUp?: Duration;

  /**
   * Size of what it may hold back on disk for each receiver while that is away.
   *
   * @default - `Size.mebibytes(128)`, or the least that the software can do with where that is more
   */
  readonly bufferLimit?: Size;

  /**
   * Port of the agent's own HTTP server, which tells its health and, where it has any, its metrics.
   *
   * @default - the usual port of the software, which its own description gives
   */
  readonly port?: number;
}

/** The health check of the container of an agent, and its means of waiting. */
export interface AgentRuntime {
  /** Port of the agent's own HTTP server. */
  readonly port: number;
  /** The page that tells of the agent alone, not of its receivers. */
  readonly livenessPath: string;
  /** Seconds that it may take to start before it is asked. */
  readonly startSeconds?: number;
  /** Whether the image that it runs by default has a `sleep`. */
  readonly hasSleep: boolean;
}

/** Longer than any agent of this library takes to start and to find a new file, unless it says so itself. */
const CATCH_UP = Duration.seconds(10);

/** The log files that an agent ships in one pod. */
interface Bound {
  readonly pod: MultiContainerPod;
  /** By the container that writes them and their path. */
  readonly logs: Map<string, ShippedLogs>;
}

/**
 * An agent that ships the log files of other containers of its pod. Made by the log agents of this library, not for
 * extension: an agent of your own implements `ILogAgent`.
 *
 * @see https://kubernetes.io/docs/concepts/cluster-administration/logging/#sidecar-container-with-a-logging-agent
 */
export abstract class LogAgent implements ILogAgent {
  /** Name of the container. */
  public readonly name: string;

  private readonly containerOptions: Pick<LogAgentOptions, 'mode' | 'image' | 'preStopSleep'>;
  private readonly catchUp: Duration;
  private readonly logs: LogFiles[];
  private readonly bound: Bound[] = [];

  /**
   * @param source what errors call the agent: its class
   * @param options what its user says of it, or the agent where the user says nothing
   */
  protected constructor(source: string, options: LogAgentOptions) {
    const { mode, image, preStopSleep } = options;
    this.containerOptions = { mode, image, preStopSleep };
    this.name = options.name ?? 'log-agent';
    this.logs = options.logs ? [options.logs] : [];
    this._flush = options.flush ?? Duration.seconds(10);
    this.catchUp = options.catchUp ?? CATCH_UP;
    this._bufferMebibytes = toWholeMebibytes(options.bufferLimit ?? Size.mebibytes(128));
    if (this._bufferMebibytes < 1) {
      throw createError(source, `\`bufferLimit\` of "${this.name}" is 0; pass how much it may hold back`);
    }
  }

  /** @internal */
  protected readonly _flush: Duration;

  /** @internal */
  protected readonly _bufferMebibytes: number;

  /**
   * Ships more log files, in every pod this agent is or will be added to.
   *
   * @param logs what is shipped
   */
  public addLogs(logs: LogFiles): void {
    this.logs.push(logs);
    for (const bound of this.bound) {
      this.ship(bound, logs);
    }
  }

  /** Adds the agent to a pod. */
  public bind(pod: MultiContainerPod): void {
    const bound: Bound = { pod, logs: new Map() };
    this._addTo(pod, () => listLogSources(pod, [...bound.logs.values()]));
    if (pod.lifecycle._isNative(this.name) && pod.lifecycle.endsByItself) {
      pod.lifecycle.runOnAfterMain(this.name, this.catchUp, this.containerOptions.preStopSleep ?? PreStopSleep.ACTION);
    }
    const isIdle = () => bound.logs.size === 0 && !this._hasOtherInput;
    findOwner(pod.workload).node.addValidation({ validate: () => (isIdle() ? [this.idleMessage] : []) });
    this.bound.push(bound);
    for (const logs of this.logs) {
      this.ship(bound, logs);
    }
  }

  /** Ships these log files of one pod. */
  public collect(pod: MultiContainerPod, logs: LogFiles): void {
    const bound = this.bound.find((candidate) => candidate.pod === pod);
    if (!bound) {
      throw createError(pod.workload, `log agent "${this.name}" is not in this pod; call \`pod.add\` with it first`);
    }
    this.ship(bound, logs);
  }

  /**
   * Adds the container, its state and its configuration to a pod.
   *
   * @param sources what the agent ships there; complete only when the app is synthesized
   * @internal
   */
  protected abstract _addTo(pod: MultiContainerPod, sources: () => LogSource[]): void;

  /**
   * Props of the containers of all agents: they live whatever their receivers do, and outlive the main container.
   *
   * @internal
   */
  protected _toSidecarProps({ port, livenessPath, startSeconds, hasSleep }: AgentRuntime): Partial<SidecarProps> {
    const { mode, image, preStopSleep } = this.containerOptions;
    return {
      ports: [toCompanionPort(this.name, port)],
      liveness: kplus.Probe.fromHttpGet(livenessPath, {
        port,
        initialDelaySeconds: startSeconds === undefined ? undefined : Duration.seconds(startSeconds),
        periodSeconds: Duration.seconds(10),
        timeoutSeconds: Duration.seconds(5),
      }),
      mode,
      flush: this._flush,
      preStopSleep: preStopSleep ?? (hasSleep && image === undefined ? PreStopSleep.COMMAND : undefined),
    };
  }

  /**
   * The reason why the software cannot read these files, with the remedy, or undefined where there is none.
   *
   * @internal
   */
  protected _validateLogs(_logs: LogFiles): string | undefined {
    return undefined;
  }

  /**
   * Whether the agent has work in a pod in which it ships no files.
   *
   * @internal
   */
  protected get _hasOtherInput(): boolean {
    return false;
  }

  private ship(bound: Bound, logs: LogFiles): void {
    const problem = this._validateLogs(logs);
    if (problem) {
      throw createError(bound.pod.workload, `log agent "${this.name}" cannot read "${logs.path}": ${problem}`);
    }
    const key = `${logs.container ?? bound.pod.main.name}:${logs.path}`;
    const known = bound.logs.get(key)?.files;
    if (known && !known._readsLike(logs)) {
      throw createError(
        bound.pod.workload,
        `log agent "${this.name}" already ships "${logs.path}" with another \`format\` or \`multiline\`; describe the files once`,
      );
    }
    if (!known) {
      bound.logs.set(key, { files: logs, directory: bound.pod.logs.read(logs, this.name) });
    }
  }

  private get idleMessage(): string {
    return `log agent "${this.name}" ships nothing; pass \`logs\` or call \`addLogs\``;
  }
}
