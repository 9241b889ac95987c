import { Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { ILogAgent } from '../../pod/companion';
import type { SidecarProps } from '../../pod/containers/container-options';
import { PreStopSleep } from '../../pod/lifecycle/pod-lifecycle';
import type { LogFiles } from '../../pod/logs/log-files';
import type { MultiContainerPod } from '../../pod/multi-container-pod';
import { failure, ownerOf } from '../../private/errors';
import { mebibytes } from '../../private/sizes';
import { ownPort, type RunningCompanionOptions } from './companion-options';
import { type LogSource, logSources, type ShippedLogs } from './log-source';

/** What every log agent of this library lets you say. */
export interface LogAgentOptions extends RunningCompanionOptions {
  /**
   * Log files that it ships, in every pod it is added to. More can be added with `addLogs`.
   *
   * @default - none of its own; a pattern adds those of its main container
   */
  readonly logs?: LogFiles;

  /**
   * What lets the agent wait before its stop signal: as a classic sidecar until the main container has written its last
   * line, in the pod of a Job for `catchUp`.
   *
   * @default - as a classic sidecar `PreStopSleep.COMMAND` for a default image that has a `sleep`, and nothing for another;
   * in the pod of a Job `PreStopSleep.ACTION`
   */
  readonly preStopSleep?: PreStopSleep;

  /**
   * How long it may take to deliver what it holds when the pod stops. Counts into the termination grace period.
   *
   * @default Duration.seconds(10)
   */
  readonly flush?: Duration;

  /**
   * How long it goes on reading after the main container of a Job has ended: longer than it takes to start and to find a new
   * file, as a short Job may create its log file just before it ends. The Job completes that much later. It takes Kubernetes 1.30, or
   * `preStopSleep` and an image that has `sleep`. In pods that do not end by themselves it counts for nothing.
   *
   * @default - a few seconds more than the agent needs for that, which its own description gives
   */
  readonly catchUp?: Duration;

  /**
   * How much it may hold back on disk for each receiver while that is away.
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

/** How the container of an agent is asked whether it lives, and how it waits. */
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

/** What an agent ships in one pod. */
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

  private readonly said: Pick<LogAgentOptions, 'mode' | 'image' | 'preStopSleep'>;
  private readonly catchUp: Duration;
  private readonly logs: LogFiles[];
  private readonly bound: Bound[] = [];

  /**
   * @param kind what errors call the agent: its class
   * @param options what its user says of it, or the agent where the user says nothing
   */
  protected constructor(kind: string, options: LogAgentOptions) {
    const { mode, image, preStopSleep } = options;
    this.said = { mode, image, preStopSleep };
    this.name = options.name ?? 'log-agent';
    this.logs = options.logs ? [options.logs] : [];
    this._flush = options.flush ?? Duration.seconds(10);
    this.catchUp = options.catchUp ?? CATCH_UP;
    this._bufferMebibytes = mebibytes(options.bufferLimit ?? Size.mebibytes(128));
    if (this._bufferMebibytes < 1) {
      throw failure(kind, `\`bufferLimit\` of "${this.name}" is 0; pass how much it may hold back`);
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
    this._addTo(pod, () => logSources(pod, [...bound.logs.values()]));
    if (pod.lifecycle._isNative(this.name) && pod.lifecycle.endsByItself) {
      pod.lifecycle.runOnAfterMain(this.name, this.catchUp, this.said.preStopSleep ?? PreStopSleep.ACTION);
    }
    const isIdle = () => bound.logs.size === 0 && !this._hasOtherInput;
    ownerOf(pod.workload).node.addValidation({ validate: () => (isIdle() ? [this.shipsNothing] : []) });
    this.bound.push(bound);
    for (const logs of this.logs) {
      this.ship(bound, logs);
    }
  }

  /** Ships these log files of one pod. */
  public collect(pod: MultiContainerPod, logs: LogFiles): void {
    const bound = this.bound.find((candidate) => candidate.pod === pod);
    if (!bound) {
      throw failure(pod.workload, `log agent "${this.name}" is not in this pod; call \`pod.add\` with it first`);
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
   * What the containers of all agents have: it lives whatever its receivers do, and outlives the main container.
   *
   * @internal
   */
  protected _runtime({ port, livenessPath, startSeconds, hasSleep }: AgentRuntime): Partial<SidecarProps> {
    const { mode, image, preStopSleep } = this.said;
    return {
      ports: [ownPort(this.name, port)],
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
   * What keeps the software from reading these files, and what to do, or undefined where nothing does.
   *
   * @internal
   */
  protected _problemOf(_logs: LogFiles): string | undefined {
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
    const problem = this._problemOf(logs);
    if (problem) {
      throw failure(bound.pod.workload, `log agent "${this.name}" cannot read "${logs.path}": ${problem}`);
    }
    const key = `${logs.container ?? bound.pod.main.name}:${logs.path}`;
    const known = bound.logs.get(key)?.files;
    if (known && !known._readsLike(logs)) {
      throw failure(
        bound.pod.workload,
        `log agent "${this.name}" already ships "${logs.path}" with another \`format\` or \`multiline\`; describe the files once`,
      );
    }
    if (!known) {
      bound.logs.set(key, { files: logs, directory: bound.pod.logs.read(logs, this.name) });
    }
  }

  private get shipsNothing(): string {
    return `log agent "${this.name}" ships nothing; pass \`logs\` or call \`addLogs\``;
  }
}
