import { Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { ILogAgent } from '../../pod/companion';
import type { SidecarProps } from '../../pod/containers/container-options';
import { PreStopSleep, SidecarMode } from '../../pod/lifecycle/pod-lifecycle';
import type { LogFiles } from '../../pod/logs/log-files';
import type { MultiContainerPod } from '../../pod/multi-container-pod';
import { findOwner, throwFirst } from '../../private/errors';
import { toDnsLabel } from '../../private/names';
import { readArgument } from '../../private/read-props';
import { toWholeMebibytes } from '../../private/sizes';
import type { Image } from '../../software/images';
import { validateState, validateStateVolume } from './agent-state';
import {
  mergeEnvironment,
  type RunningCompanionOptions,
  toCompanionContainer,
  toCompanionPort,
} from './companion-options';
import { LIVENESS_PERIOD, toLivenessThreshold } from './liveness';
import { type AgentConfig, listLogSources } from './log-source';
import { PerPod } from './per-pod';
import { buildPodIdentity } from './pod-identity';
import { findSleep } from './sleep';

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
   * in the pod of a Job `PreStopSleep.ACTION`. Where `PodDefaults` name a version of Kubernetes, the action from 1.30 on, and
   * the command before
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
   * Volume for its positions in the files and its unsent records, in place of one that goes with the pod: a claim, so that
   * what was not sent outlives a pod that is deleted. No two pods can share it: pass it in a workload of one pod, or, in a
   * StatefulSet that is given `volumeClaimTemplates`, an `emptyDir` of the name of the template, whose claims then take its place.
   * The agent writes to it as its `user`, for which the workload states `securityContext.fsGroup`.
   *
   * @default - an `emptyDir`, limited to what `bufferLimit` says for each receiver, and the positions
   */
  readonly state?: kplus.Volume;

  /**
   * Port of the agent's own HTTP server, which tells its health and, where it has any, its metrics.
   *
   * @default - the usual port of the software, which its own description gives
   */
  readonly port?: number;
}

/** The software that an agent runs, and where its container has its files. */
export interface AgentSoftware {
  readonly image: Image;
  /** The image of a classic sidecar, where that is another. */
  readonly classicImage?: Image;
  /** Whether the image of a classic sidecar has a `sleep`. */
  readonly hasSleep: boolean;
  readonly memoryMebibytes: number;
  readonly command?: string[];
  /** The page that tells of the agent alone, not of its receivers. */
  readonly livenessPath: string;
  /** Seconds that it may take to start before it is asked. */
  readonly startSeconds?: number;
  /** More than the time that it takes to start and to find a new file. */
  readonly catchUp: Duration;
  readonly configDirectory: string;
  readonly configFile: string;
  readonly stateDirectory: string;
}

/** Room on the state volume for the positions in the log files, in MiB. */
const POSITIONS = 32;

/**
 * An agent that ships the log files of other containers of its pod. Made by the log agents of this library, not for
 * extension: an agent of your own implements `ILogAgent`.
 *
 * @see https://kubernetes.io/docs/concepts/cluster-administration/logging/#sidecar-container-with-a-logging-agent
 */
export abstract class LogAgent implements ILogAgent {
  /** Name of the container. */
  public readonly name: string;

  private readonly logs: LogFiles[];
  /** The files that it ships in each pod, by the container that writes them and their path. */
  private readonly shipped: PerPod<Map<string, LogFiles>>;

  /**
   * @param source what errors call the agent: its class
   * @param options what its user says of it, or the agent where the user says nothing
   */
  protected constructor(
    private readonly source: string,
    private readonly options: LogAgentOptions,
  ) {
    this.name = options.name ?? 'log-agent';
    this.logs = options.logs ? [options.logs] : [];
    this.shipped = new PerPod(`log agent "${this.name}"`);
    this._flush = options.flush ?? Duration.seconds(10);
    this._bufferMebibytes = toWholeMebibytes(options.bufferLimit ?? Size.mebibytes(128));
    const empty = `\`bufferLimit\` of "${this.name}" is 0; pass how much it may hold back`;
    throwFirst(source, [
      ...(this._bufferMebibytes < 1 ? [empty] : []),
      ...validateStateVolume(this.name, options.state),
    ]);
  }

  /** @internal */
  protected readonly _flush: Duration;

  /** @internal */
  protected readonly _bufferMebibytes: number;

  /** @internal */
  protected abstract readonly _software: AgentSoftware;

  /** @internal */
  protected abstract readonly _environment: { readonly [name: string]: kplus.EnvValue };

  /**
   * The arguments of its process.
   *
   * @internal
   */
  protected abstract get _args(): string[];

  /**
   * Whether any of its outputs sends over the network.
   *
   * @internal
   */
  protected get _sendsAway(): boolean {
    return true;
  }

  /**
   * Size of all that it may hold back on disk.
   *
   * @internal
   */
  protected abstract get _heldMebibytes(): number;

  /**
   * The configuration by which it ships these files of a pod.
   *
   * @internal
   */
  protected abstract _render(config: AgentConfig): string;

  /**
   * Ships more log files, in every pod this agent is or will be added to.
   *
   * @param logs what is shipped
   */
  public addLogs(logs: LogFiles): void {
    this.logs.push(readArgument('LogFiles', logs, this.source, 'logs'));
    for (const pod of this.shipped.pods) {
      this.collect(pod, logs);
    }
  }

  /** Adds the agent to a pod. */
  public bind(pod: MultiContainerPod): void {
    const { name } = this;
    const { stateDirectory, configDirectory, configFile, catchUp } = this._software;
    pod._addSidecar(this.buildContainer(pod));
    this.addState(pod, stateDirectory);
    this._addParts(pod);
    const config = pod.storage._configFiles({ container: name, directory: configDirectory });
    config.produce(configFile, { produce: () => this._render(this.toConfig(pod)) });
    if (pod.lifecycle._isNative(name) && pod.lifecycle.endsByItself) {
      const { preStopSleep = this.usesCommand(pod) ? PreStopSleep.COMMAND : PreStopSleep.ACTION } = this.options;
      pod.lifecycle.runOnAfterMain(name, this.options.catchUp ?? catchUp, preStopSleep);
    }
    if (this._sendsAway) {
      pod.network._needs.sendLast(name);
    }
    this.shipped.set(pod, new Map());
    findOwner(pod.workload).node.addValidation({ validate: () => this.validateWork(pod) });
    for (const logs of this.logs) {
      this.collect(pod, logs);
    }
  }

  /** Ships these log files of one pod. */
  public collect(pod: MultiContainerPod, logs: LogFiles): void {
    readArgument('LogFiles', logs, pod.workload, 'logs');
    const shipped = this.shipped.find(pod);
    const key = `${logs.container ?? pod.main.name}:${logs.path}`;
    throwFirst(pod.workload, this.validateShipping(logs, shipped.get(key)));
    if (!shipped.has(key)) {
      pod.logs.read(logs, this.name);
      shipped.set(key, logs);
    }
  }

  /**
   * Adds what the container needs besides its state and its configuration.
   *
   * @internal
   */
  protected _addParts(_pod: MultiContainerPod): void {}

  /**
   * The environment of the container: the identity of the pod, what the agent sets itself, and what its user adds.
   *
   * @throws where the user sets what the agent sets
   * @internal
   */
  protected _mergeEnvironment(own: { readonly [name: string]: kplus.EnvValue }): { [name: string]: kplus.EnvValue } {
    return mergeEnvironment(this.source, this.name, { ...buildPodIdentity(), ...own }, this.options.envVariables);
  }

  /** @internal */
  protected get _port(): number {
    return this.options.port ?? this._software.image.port!;
  }

  /** @internal */
  protected get _configPath(): string {
    return `${this._software.configDirectory}/${this._software.configFile}`;
  }

  /**
   * The reasons why the software cannot read these files, with the remedies.
   *
   * @internal
   */
  protected _validateLogs(_logs: LogFiles): string[] {
    return [];
  }

  /**
   * Whether the agent has work in a pod in which it ships no files.
   *
   * @internal
   */
  protected get _hasOtherInput(): boolean {
    return false;
  }

  private addState(pod: MultiContainerPod, directory: string): void {
    const { name, options } = this;
    if (options.state) {
      pod.storage.mount(name, directory, options.state);
    } else {
      const sizeLimit = Size.mebibytes(this._heldMebibytes + POSITIONS);
      pod.storage.scratch(name, directory, { name: toDnsLabel(name, 'state'), sizeLimit });
    }
    pod.storage._keep(name, directory, '`state`');
  }

  /** The container of an agent lives whatever its receivers do, and outlives the main container. */
  private buildContainer(pod: MultiContainerPod): SidecarProps {
    const { name, options, _software: software } = this;
    const { image, classicImage = image, memoryMebibytes } = software;
    const isClassic = (options.mode ?? pod.lifecycle.sidecarMode) === SidecarMode.CLASSIC;
    const sleeps = isClassic ? pod.lifecycle._sleep !== PreStopSleep.ACTION : this.usesCommand(pod);
    const defaults = { name, image: sleeps ? classicImage : image, cpuMillis: 50, memoryMebibytes };
    return {
      command: software.command,
      args: this._args,
      ports: [toCompanionPort(name, this._port)],
      liveness: this.buildLiveness(),
      mode: options.mode,
      flush: this._flush,
      preStopSleep: options.preStopSleep ?? this.chooseSleep(pod),
      ...toCompanionContainer(options, defaults),
      envVariables: { ...this._environment },
    };
  }

  /** Means by which the container waits as a classic sidecar. */
  private chooseSleep(pod: MultiContainerPod): PreStopSleep | undefined {
    return findSleep(pod, this._software.hasSleep && this.options.image === undefined);
  }

  /** Whether the agent runs on after a main container that ends by itself through a command, as the clusters have no action. */
  private usesCommand(pod: MultiContainerPod): boolean {
    const { lifecycle } = pod;
    return lifecycle.endsByItself && lifecycle._sleep === PreStopSleep.COMMAND && this.chooseSleep(pod) !== undefined;
  }

  private buildLiveness(): kplus.Probe {
    const { livenessPath, startSeconds } = this._software;
    return kplus.Probe.fromHttpGet(livenessPath, {
      port: this._port,
      initialDelaySeconds: startSeconds === undefined ? undefined : Duration.seconds(startSeconds),
      periodSeconds: LIVENESS_PERIOD,
      timeoutSeconds: Duration.seconds(5),
      failureThreshold: toLivenessThreshold(this._flush),
    });
  }

  /** The parts of the configuration for one pod. Files that others let its container read are not shipped. */
  private toConfig(pod: MultiContainerPod): AgentConfig {
    const shipped = this.shipped.find(pod);
    const sources = pod.logs._listReadBy(this.name).flatMap(({ container, directory, rotation, files: { path } }) => {
      const files = shipped.get(`${container}:${path}`);
      return files ? [{ container, directory, rotation, files }] : [];
    });
    return {
      port: this._port,
      stateDirectory: this._software.stateDirectory,
      bufferMebibytes: this._bufferMebibytes,
      sources: listLogSources(sources),
    };
  }

  private validateShipping(logs: LogFiles, known: LogFiles = logs): string[] {
    const twice = `log agent "${this.name}" already ships "${logs.path}" with another \`format\` or \`multiline\`; describe the files once`;
    return [
      ...this._validateLogs(logs).map((problem) => `log agent "${this.name}" cannot read "${logs.path}": ${problem}`),
      ...(known._readsLike(logs) ? [] : [twice]),
    ];
  }

  private validateWork(pod: MultiContainerPod): string[] {
    return [
      ...(this.shipped.find(pod).size > 0 || this._hasOtherInput
        ? []
        : [`log agent "${this.name}" ships nothing; pass \`logs\` or call \`addLogs\``]),
      ...validateState(this.name, pod, this.options.state),
    ];
  }
}
