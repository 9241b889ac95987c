import type { ApiObject } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import type { ILogAgent } from '../pod/companion';
import type { ExposeOptions } from '../pod/exposure';
import type { MultiContainerPod } from '../pod/multi-container-pod';
import type { KeepAvailableOptions, ScaleOnCpuOptions } from '../pod/scaling';
import type { SharedVolume } from '../pod/shared-volume';
import type { WebServer } from '../web/web-server';
import { composeWebWithLogAgent, type WebWithLogAgentOptions, workloadProps } from './web-with-log-agent';

/** A web server and its log agent, and everything else that a Deployment takes. */
export interface WebWithLogAgentDeploymentProps extends WebWithLogAgentOptions, kplus.DeploymentProps {}

/**
 * A web server and the agent that ships its log files: as many as needed, each web server with an agent of its own. The pods are spread over nodes and
 * zones, unless `spread` is false.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/deployment/
 */
export class WebWithLogAgentDeployment extends Construct {
  /** The Deployment. */
  public readonly workload: kplus.Deployment;
  /** What its containers share. */
  public readonly pod: MultiContainerPod;
  /** The web server. */
  public readonly web: WebServer;
  /** The agent that ships its log files. */
  public readonly logAgent: ILogAgent;
  /** The volume that holds the log files. */
  public readonly logs: SharedVolume;

  public constructor(scope: Construct, id: string, props: WebWithLogAgentDeploymentProps = {}) {
    super(scope, id);
    this.workload = new kplus.Deployment(this, 'Resource', workloadProps(props));
    const { pod, web, logAgent, logs } = composeWebWithLogAgent(this.workload, props);
    if (props.spread ?? true) {
      pod.spread();
    }
    this.pod = pod;
    this.web = web;
    this.logAgent = logAgent;
    this.logs = logs;
  }

  /** Puts a Service in front of the web servers. */
  public expose(options: ExposeOptions = {}): kplus.Service {
    return this.pod.expose(options);
  }

  /** Scales with the CPU use of the web server alone. */
  public scaleOnCpu(options: ScaleOnCpuOptions): kplus.HorizontalPodAutoscaler {
    return this.pod.scaleOnCpu(options);
  }

  /** Keeps web servers up while nodes are drained. */
  public keepAvailable(options: KeepAvailableOptions = {}): ApiObject {
    return this.pod.keepAvailable(options);
  }
}
