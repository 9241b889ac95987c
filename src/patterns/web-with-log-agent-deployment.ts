import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { workloadProps } from './pod-pattern';
import type { WebWithLogAgentOptions } from './web-with-log-agent';
import { ScaledWebWithLogAgent } from './web-with-log-agent-scaled';

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
export class WebWithLogAgentDeployment extends ScaledWebWithLogAgent {
  /** The Deployment. */
  public readonly workload: kplus.Deployment;

  public constructor(scope: Construct, id: string, props: WebWithLogAgentDeploymentProps = {}) {
    super(scope, id);
    this.workload = new kplus.Deployment(this, 'Resource', workloadProps(props));
    this._compose(this.workload, props);
    if (props.spread ?? true) {
      this.pod.spread();
    }
  }
}
