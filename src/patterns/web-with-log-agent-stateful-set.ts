import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { ILogAgent } from '../pod/companion';
import type { LogFiles } from '../pod/logs/log-files';
import type { MultiContainerPod } from '../pod/multi-container-pod';
import { createService } from '../pod/network/exposure';
import type { SharedVolume } from '../pod/storage/shared-volume';
import { readProps } from '../private/read-props';
import type { WebServer } from '../web/web-server';
import { ensureDefaultWeb } from './defaults';
import { createSpreadPod, createWorkload, ScaledPattern } from './pod-pattern';
import { addWebWithLogAgent, type WebWithLogAgentOptions } from './web-with-log-agent';

/**
 * A web server and its log agent, and everything else that a StatefulSet takes but `containers`. Its pods are spread over nodes
 * and zones, softly, unless `spread` is false.
 */
export interface WebWithLogAgentStatefulSetProps extends WebWithLogAgentOptions, kplus.StatefulSetProps {}

/**
 * A web server and the agent that ships its log files: each pod with a name of its own. The pods are spread over nodes
 * and zones, unless `spread` is false. State two `replicas` or more where requests must be
 * answered: a pod leaves the Service while one of its containers waits to be restarted, the agent too.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/
 */
export class WebWithLogAgentStatefulSet extends ScaledPattern {
  /** The StatefulSet. */
  public readonly workload: kplus.StatefulSet;

  /** The pod: what its containers share. */
  public readonly pod: MultiContainerPod;

  /** The web server. */
  public readonly web: WebServer;

  /** The agent that ships its log files. */
  public readonly logAgent: ILogAgent;

  /** The volume that holds the log files. */
  public readonly logs: SharedVolume;

  public constructor(scope: Construct, id: string, props: WebWithLogAgentStatefulSetProps = {}) {
    super(scope, id);
    const own = readProps('WebWithLogAgentStatefulSetProps', props, this);
    const service = own.service ?? createGoverningService(this, own);
    this.workload = createWorkload(kplus.StatefulSet, this, { ...own, service });
    this.pod = createSpreadPod(this.workload, 'web', own);
    const { web, logAgent, logs } = addWebWithLogAgent(this.pod, own);
    this.web = web;
    this.logAgent = logAgent;
    this.logs = logs;
  }

  /**
   * Ships more log files, such as those of a companion.
   *
   * @param logs what is shipped
   */
  public addLogs(logs: LogFiles): void {
    this.logAgent.collect(this.pod, logs);
  }
}

/** The headless Service that gives each pod its DNS name; cdk8s-plus would need the containers to make it. */
function createGoverningService(scope: Construct, { web, metadata }: WebWithLogAgentStatefulSetProps): kplus.Service {
  const { port } = web ?? ensureDefaultWeb();
  return createService(scope, 'governing-service', {
    clusterIP: 'None',
    ports: [{ name: 'http', port }],
    metadata: { namespace: metadata?.namespace },
  });
}
