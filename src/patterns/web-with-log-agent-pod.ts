import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { workloadProps } from './pod-pattern';
import { WebWithLogAgent, type WebWithLogAgentOptions } from './web-with-log-agent';

/** A web server and its log agent, and everything else that a Pod takes but `containers`. */
export interface WebWithLogAgentPodProps extends WebWithLogAgentOptions, kplus.PodProps {}

/**
 * A Pod of a web server and the agent that ships its log files. Without props it is nginx on port 8080, and
 * `kubectl logs <pod> -c log-agent` shows each request.
 *
 * Nothing replaces a bare Pod when its node goes: prefer `WebWithLogAgentDeployment` for what must stay up.
 *
 * @see https://kubernetes.io/docs/concepts/cluster-administration/logging/#sidecar-container-with-a-logging-agent
 */
export class WebWithLogAgentPod extends WebWithLogAgent {
  /** The Pod. */
  public readonly workload: kplus.Pod;

  public constructor(scope: Construct, id: string, props: WebWithLogAgentPodProps = {}) {
    super(scope, id);
    this.workload = new kplus.Pod(this, 'Resource', workloadProps(props));
    this._compose(this.workload, props);
  }
}
