import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import type { ILogAgent } from '../pod/companion';
import type { ExposeOptions } from '../pod/exposure';
import type { MultiContainerPod } from '../pod/multi-container-pod';
import type { SharedVolume } from '../pod/shared-volume';
import type { WebServer } from '../web/web-server';
import { composeWebWithLogAgent, type WebWithLogAgentOptions, workloadProps } from './web-with-log-agent';

/** A web server and its log agent, and everything else that a DaemonSet takes. */
export interface WebWithLogAgentDaemonSetProps extends WebWithLogAgentOptions, kplus.DaemonSetProps {}

/**
 * A web server and the agent that ships its log files, once on every node.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/daemonset/
 */
export class WebWithLogAgentDaemonSet extends Construct {
  /** The DaemonSet. */
  public readonly workload: kplus.DaemonSet;
  /** What its containers share. */
  public readonly pod: MultiContainerPod;
  /** The web server. */
  public readonly web: WebServer;
  /** The agent that ships its log files. */
  public readonly logAgent: ILogAgent;
  /** The volume that holds the log files. */
  public readonly logs: SharedVolume;

  public constructor(scope: Construct, id: string, props: WebWithLogAgentDaemonSetProps = {}) {
    super(scope, id);
    this.workload = new kplus.DaemonSet(this, 'Resource', workloadProps(props));
    const { pod, web, logAgent, logs } = composeWebWithLogAgent(this.workload, props);
    this.pod = pod;
    this.web = web;
    this.logAgent = logAgent;
    this.logs = logs;
  }

  /** Puts a Service in front of the web servers. */
  public expose(options: ExposeOptions = {}): kplus.Service {
    return this.pod.expose(options);
  }
}
