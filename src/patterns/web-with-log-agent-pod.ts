import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import type { ILogAgent } from '../pod/companion';
import type { ExposeOptions } from '../pod/exposure';
import type { MultiContainerPod } from '../pod/multi-container-pod';
import type { SharedVolume } from '../pod/shared-volume';
import type { WebServer } from '../web/web-server';
import { composeWebWithLogAgent, type WebWithLogAgentOptions, workloadProps } from './web-with-log-agent';

/** A web server and its log agent, and everything else that a Pod takes. */
export interface WebWithLogAgentPodProps extends WebWithLogAgentOptions, kplus.PodProps {}

/**
 * A Pod of a web server and the agent that ships its log files. Without props it is nginx on port 8080, and
 * `kubectl logs <pod> -c log-agent` shows each request.
 *
 * Nothing replaces a bare Pod when its node goes: prefer `WebWithLogAgentDeployment` for what must stay up.
 *
 * @see https://kubernetes.io/docs/concepts/cluster-administration/logging/#sidecar-container-with-a-logging-agent
 */
export class WebWithLogAgentPod extends Construct {
  /** The Pod. */
  public readonly workload: kplus.Pod;
  /** What its containers share. */
  public readonly pod: MultiContainerPod;
  /** The web server. */
  public readonly web: WebServer;
  /** The agent that ships its log files. */
  public readonly logAgent: ILogAgent;
  /** The volume that holds the log files. */
  public readonly logs: SharedVolume;

  public constructor(scope: Construct, id: string, props: WebWithLogAgentPodProps = {}) {
    super(scope, id);
    this.workload = new kplus.Pod(this, 'Resource', workloadProps(props));
    const { pod, web, logAgent, logs } = composeWebWithLogAgent(this.workload, props);
    this.pod = pod;
    this.web = web;
    this.logAgent = logAgent;
    this.logs = logs;
  }

  /** Puts a Service in front of the web server. */
  public expose(options: ExposeOptions = {}): kplus.Service {
    return this.pod.expose(options);
  }
}
