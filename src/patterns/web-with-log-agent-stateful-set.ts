import type { ApiObject } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import type { ILogAgent } from '../pod/companion';
import type { ExposeOptions } from '../pod/exposure';
import type { MultiContainerPod } from '../pod/multi-container-pod';
import type { KeepAvailableOptions, ScaleOnCpuOptions } from '../pod/scaling';
import type { SharedVolume } from '../pod/shared-volume';
import { WebServer } from '../web/web-server';
import { composeWebWithLogAgent, type WebWithLogAgentOptions, workloadProps } from './web-with-log-agent';

/** A web server and its log agent, and everything else that a StatefulSet takes. */
export interface WebWithLogAgentStatefulSetProps extends WebWithLogAgentOptions, kplus.StatefulSetProps {}

/**
 * A web server and the agent that ships its log files: each pod with a name of its own. The pods are spread over nodes and zones, unless `spread`
 * is false.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/
 */
export class WebWithLogAgentStatefulSet extends Construct {
  /** The StatefulSet. */
  public readonly workload: kplus.StatefulSet;
  /** What its containers share. */
  public readonly pod: MultiContainerPod;
  /** The web server. */
  public readonly web: WebServer;
  /** The agent that ships its log files. */
  public readonly logAgent: ILogAgent;
  /** The volume that holds the log files. */
  public readonly logs: SharedVolume;

  public constructor(scope: Construct, id: string, props: WebWithLogAgentStatefulSetProps = {}) {
    super(scope, id);
    this.workload = new kplus.StatefulSet(this, 'Resource', {
      service: governingService(this, props),
      ...workloadProps(props),
    });
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

/** The headless Service that gives each pod its DNS name; cdk8s-plus would need the containers to make it. */
function governingService(scope: Construct, { web, metadata }: WebWithLogAgentStatefulSetProps): kplus.Service {
  const { port } = web ?? WebServer.nginx();
  return new kplus.Service(scope, 'governing-service', {
    clusterIP: 'None',
    ports: [{ name: 'http', port }],
    metadata: { namespace: metadata?.namespace },
  });
}
