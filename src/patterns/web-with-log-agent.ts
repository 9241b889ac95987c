import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { FluentBit } from '../companions/logs/fluent-bit';
import { FluentBitOutput } from '../companions/logs/fluent-bit-output';
import { LogRotator } from '../companions/logs/log-rotator';
import type { ILogAgent } from '../pod/companion';
import type { ExposeOptions } from '../pod/exposure';
import type { SidecarMode } from '../pod/lifecycle';
import type { LogFiles } from '../pod/log-files';
import { LogRotationMethod } from '../pod/log-rotation';
import { MultiContainerPod } from '../pod/multi-container-pod';
import type { SharedVolume } from '../pod/shared-volume';
import { failure } from '../private/errors';
import { WebServer } from '../web/web-server';

/** What a web server with a log agent is made of, whatever workload runs it. */
export interface WebWithLogAgentOptions {
  /**
   * The web server.
   *
   * @default WebServer.nginx()
   */
  readonly web?: WebServer;

  /**
   * The agent that ships its log files.
   *
   * @default - a Fluent Bit that prints every record to its own standard output
   */
  readonly logAgent?: ILogAgent;

  /**
   * How Kubernetes runs the agent.
   *
   * @default SidecarMode.NATIVE
   */
  readonly sidecarMode?: SidecarMode;
}

/** The parts of the pattern in one pod. */
export interface WebWithLogAgentParts {
  readonly pod: MultiContainerPod;
  readonly web: WebServer;
  readonly logAgent: ILogAgent;
  readonly logs: SharedVolume;
}

/**
 * A web server and the agent that ships its log files, in whatever workload runs them. Made by the patterns of this
 * library, not for extension.
 *
 * @see https://kubernetes.io/docs/concepts/cluster-administration/logging/#sidecar-container-with-a-logging-agent
 */
export abstract class WebWithLogAgent extends Construct {
  /** @internal */
  protected _parts!: WebWithLogAgentParts;

  /** What the containers share. */
  public get pod(): MultiContainerPod {
    return this._parts.pod;
  }

  /** The web server. */
  public get web(): WebServer {
    return this._parts.web;
  }

  /** The agent that ships its log files. */
  public get logAgent(): ILogAgent {
    return this._parts.logAgent;
  }

  /** The volume that holds the log files. */
  public get logs(): SharedVolume {
    return this._parts.logs;
  }

  /**
   * Ships more log files, such as those of a companion.
   *
   * @param logs what is shipped
   */
  public addLogs(logs: LogFiles): void {
    this.logAgent.collect(this.pod, logs);
  }

  /** Puts a Service in front of the web server. */
  public expose(options: ExposeOptions = {}): kplus.Service {
    return this.pod.expose(options);
  }
}

/** Props of cdk8s-plus that every pattern makes itself or passes on. */
interface WorkloadProps extends WebWithLogAgentOptions {
  readonly containers?: kplus.ContainerProps[];
}

/** The recipe: the web server as main container, its logs on a volume, the agent that reads them. */
export function composeWebWithLogAgent(workload: kplus.AbstractPod, options: WorkloadProps): WebWithLogAgentParts {
  if (options.containers && options.containers.length > 0) {
    throw failure(
      workload,
      '`containers` would be there before the web server, which is the main container; pass `web`, and add others with `pod.add`',
    );
  }
  const pod = MultiContainerPod.of(workload, { sidecarMode: options.sidecarMode });
  const web = options.web ?? WebServer.nginx();
  const logAgent = options.logAgent ?? new FluentBit({ output: FluentBitOutput.stdout() });
  web.bind(pod);
  pod.add(logAgent);
  for (const logs of web.logs) {
    logAgent.collect(pod, logs);
  }
  if (web.rotation.method !== LogRotationMethod.APPLICATION) {
    pod.add(new LogRotator({ logs: web.logs, rotation: web.rotation }));
  }
  return { pod, web, logAgent, logs: pod.logs.write(web.logs[0]!) };
}

/** The props that cdk8s-plus takes. The spread is the pattern's own: that of cdk8s-plus grows with each synth. */
export function workloadProps<T extends kplus.AbstractPodProps>(props: T): T {
  const { web, logAgent, sidecarMode, spread, containers, ...own } = props as T &
    WebWithLogAgentOptions & { spread?: boolean };
  const securityContext = { fsGroupChangePolicy: kplus.FsGroupChangePolicy.ON_ROOT_MISMATCH, ...props.securityContext };
  return { ...own, securityContext } as unknown as T;
}
