import type * as kplus from 'cdk8s-plus-28';
import type { ILogAgent } from '../pod/companion';
import type { SidecarMode } from '../pod/lifecycle/pod-lifecycle';
import type { LogFiles } from '../pod/logs/log-files';
import type { SharedVolume } from '../pod/storage/shared-volume';
import { createError } from '../private/errors';
import { WebServer } from '../web/web-server';
import { shipLogs } from './log-shipping';
import { podOf } from './pod-pattern';
import { ServedPattern } from './served-pattern';

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
interface Parts {
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
export abstract class WebWithLogAgent extends ServedPattern {
  private parts!: Parts;

  /** The web server. */
  public get web(): WebServer {
    return this.parts.web;
  }

  /** The agent that ships its log files. */
  public get logAgent(): ILogAgent {
    return this.parts.logAgent;
  }

  /** The volume that holds the log files. */
  public get logs(): SharedVolume {
    return this.parts.logs;
  }

  /**
   * Ships more log files, such as those of a companion.
   *
   * @param logs what is shipped
   */
  public addLogs(logs: LogFiles): void {
    this.logAgent.collect(this.pod, logs);
  }

  /**
   * The recipe: the web server as main container, its logs on a volume, the agent that reads them.
   *
   * @internal
   */
  protected _compose(
    workload: kplus.AbstractPod,
    options: WebWithLogAgentOptions & { readonly containers?: kplus.ContainerProps[] },
  ): void {
    this._pod = podOf(workload, 'web', options);
    const web = options.web ?? WebServer.nginx();
    if (web.logs.length === 0) {
      throw createError(
        workload,
        `web server "${web.name}" writes no log files that an agent could ship; pass its \`logs\`, or leave the agent out`,
      );
    }
    web.bind(this.pod);
    const logAgent = shipLogs(this.pod, { logs: web.logs, rotation: web.rotation, logAgent: options.logAgent });
    this.parts = { web, logAgent, logs: this.pod.logs.write(web.logs[0]!) };
  }
}
