import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { ILogAgent } from '../pod/companion';
import type { LogFiles } from '../pod/logs/log-files';
import type { MultiContainerPod } from '../pod/multi-container-pod';
import type { SharedVolume } from '../pod/storage/shared-volume';
import { readProps } from '../private/read-props';
import type { WebServer } from '../web/web-server';
import { createSpreadPod, createWorkload, ScaledPattern } from './pod-pattern';
import { addWebWithLogAgent, type WebWithLogAgentOptions } from './web-with-log-agent';

/**
 * A web server and its log agent, and everything else that a Deployment takes but `containers`. Its pods are spread over nodes
 * and zones, softly, unless `spread` is false.
 */
export interface WebWithLogAgentDeploymentProps extends WebWithLogAgentOptions, kplus.DeploymentProps {}

/**
 * A web server and the agent that ships its log files: as many as needed, each web server with an agent of its own. The
 * pods are spread over nodes and zones, unless `spread` is false. With two `replicas`, as by default, or more, an agent that
 * crashes costs no request: its pod leaves the Service while it waits to be restarted, and the others answer.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/deployment/
 */
export class WebWithLogAgentDeployment extends ScaledPattern {
  /** The Deployment. */
  public readonly workload: kplus.Deployment;

  /** The pod: what its containers share. */
  public readonly pod: MultiContainerPod;

  /** The web server. */
  public readonly web: WebServer;

  /** The agent that ships its log files. */
  public readonly logAgent: ILogAgent;

  /** The volume that holds the log files. */
  public readonly logs: SharedVolume;

  public constructor(scope: Construct, id: string, props: WebWithLogAgentDeploymentProps = {}) {
    super(scope, id);
    const own = readProps('WebWithLogAgentDeploymentProps', props, this);
    this.workload = createWorkload(kplus.Deployment, this, own);
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
