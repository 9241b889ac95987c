import type { ApiObject } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { KeepAvailableOptions, ScaleOnCpuOptions } from '../pod/scaling';
import { WebServer } from '../web/web-server';
import {
  composeWebWithLogAgent,
  WebWithLogAgent,
  type WebWithLogAgentOptions,
  workloadProps,
} from './web-with-log-agent';

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
export class WebWithLogAgentStatefulSet extends WebWithLogAgent {
  /** The StatefulSet. */
  public readonly workload: kplus.StatefulSet;

  public constructor(scope: Construct, id: string, props: WebWithLogAgentStatefulSetProps = {}) {
    super(scope, id);
    this.workload = new kplus.StatefulSet(this, 'Resource', {
      ...workloadProps(props),
      service: props.service ?? governingService(this, props),
    });
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

/** The headless Service that gives each pod its DNS name; cdk8s-plus would need the containers to make it. */
function governingService(scope: Construct, { web, metadata }: WebWithLogAgentStatefulSetProps): kplus.Service {
  const { port } = web ?? WebServer.nginx();
  return new kplus.Service(scope, 'governing-service', {
    clusterIP: 'None',
    ports: [{ name: 'http', port }],
    metadata: { namespace: metadata?.namespace },
  });
}
