import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { workloadProps } from './pod-pattern';
import { WebWithLogAgent, type WebWithLogAgentOptions } from './web-with-log-agent';

/** A web server and its log agent, and everything else that a DaemonSet takes but `containers` and `spread`. */
export interface WebWithLogAgentDaemonSetProps extends WebWithLogAgentOptions, kplus.DaemonSetProps {}

/**
 * A web server and the agent that ships its log files, once on every node.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/daemonset/
 */
export class WebWithLogAgentDaemonSet extends WebWithLogAgent {
  /** The DaemonSet. */
  public readonly workload: kplus.DaemonSet;

  public constructor(scope: Construct, id: string, props: WebWithLogAgentDaemonSetProps = {}) {
    super(scope, id);
    this.workload = new kplus.DaemonSet(this, 'Resource', workloadProps(props));
    this._compose(this.workload, props);
  }
}
