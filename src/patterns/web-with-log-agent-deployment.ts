import type { ApiObject } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { KeepAvailableOptions, ScaleOnCpuOptions } from '../pod/scaling';
import {
  composeWebWithLogAgent,
  WebWithLogAgent,
  type WebWithLogAgentOptions,
  workloadProps,
} from './web-with-log-agent';

/**
 * A web server and its log agent, and everything else that a Deployment takes but `containers`. Its pods are spread over nodes
 * and zones, softly, unless `spread` is false.
 */
export interface WebWithLogAgentDeploymentProps extends WebWithLogAgentOptions, kplus.DeploymentProps {}

/**
 * A web server and the agent that ships its log files: as many as needed, each web server with an agent of its own. The
 * pods are spread over nodes and zones, unless `spread` is false.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/deployment/
 */
export class WebWithLogAgentDeployment extends WebWithLogAgent {
  /** The Deployment. */
  public readonly workload: kplus.Deployment;

  public constructor(scope: Construct, id: string, props: WebWithLogAgentDeploymentProps = {}) {
    super(scope, id);
    this.workload = new kplus.Deployment(this, 'Resource', workloadProps(props));
    this._parts = composeWebWithLogAgent(this.workload, props);
    if (props.spread ?? true) {
      this.pod.spread();
    }
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
