import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { WebServer } from '../web/web-server';
import { workloadProps } from './pod-pattern';
import type { WebWithLogAgentOptions } from './web-with-log-agent';
import { ScaledWebWithLogAgent } from './web-with-log-agent-scaled';

/**
 * A web server and its log agent, and everything else that a StatefulSet takes but `containers`. Its pods are spread over nodes
 * and zones, softly, unless `spread` is false.
 */
export interface WebWithLogAgentStatefulSetProps extends WebWithLogAgentOptions, kplus.StatefulSetProps {}

/**
 * A web server and the agent that ships its log files: each pod with a name of its own. The pods are spread over nodes
 * and zones, unless `spread` is false.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/
 */
export class WebWithLogAgentStatefulSet extends ScaledWebWithLogAgent {
  /** The StatefulSet. */
  public readonly workload: kplus.StatefulSet;

  public constructor(scope: Construct, id: string, props: WebWithLogAgentStatefulSetProps = {}) {
    super(scope, id);
    this.workload = new kplus.StatefulSet(this, 'Resource', {
      ...workloadProps(props),
      service: props.service ?? governingService(this, props),
    });
    this._compose(this.workload, props);
    if (props.spread ?? true) {
      this.pod.spread();
    }
  }
}

/** The headless Service that gives each pod its DNS name; cdk8s-plus would need the containers to make it. */
function governingService(scope: Construct, { web, metadata }: WebWithLogAgentStatefulSetProps): kplus.Service {
  const { port } = web ?? WebServer.nginx();
  return new kplus.Service(scope, 'governing-service', {
    clusterIP: 'None',
    ports: [{ name: 'http', port }],
    metadata: { namespace: metadata?.namespace },
  });
}
