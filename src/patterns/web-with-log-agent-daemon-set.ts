import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { ILogAgent } from '../pod/companion';
import type { LogFiles } from '../pod/logs/log-files';
import type { MultiContainerPod } from '../pod/multi-container-pod';
import type { SharedVolume } from '../pod/storage/shared-volume';
import { readProps } from '../private/read-props';
import type { WebServer } from '../web/web-server';
import { createPod, createWorkload, ServedPattern } from './pod-pattern';
import { addWebWithLogAgent, type WebWithLogAgentOptions } from './web-with-log-agent';

/** A web server and its log agent, and everything else that a DaemonSet takes but `containers` and `spread`. */
export interface WebWithLogAgentDaemonSetProps extends WebWithLogAgentOptions, kplus.DaemonSetProps {}

/**
 * A web server and the agent that ships its log files, once on every node.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/daemonset/
 */
export class WebWithLogAgentDaemonSet extends ServedPattern {
  /** The DaemonSet. */
  public readonly workload: kplus.DaemonSet;

  /** The pod: what its containers share. */
  public readonly pod: MultiContainerPod;

  /** The web server. */
  public readonly web: WebServer;

  /** The agent that ships its log files. */
  public readonly logAgent: ILogAgent;

  /** The volume that holds the log files. */
  public readonly logs: SharedVolume;

  public constructor(scope: Construct, id: string, props: WebWithLogAgentDaemonSetProps = {}) {
    super(scope, id);
    const own = readProps('WebWithLogAgentDaemonSetProps', props, this);
    this.workload = createWorkload(kplus.DaemonSet, this, own);
    this.pod = createPod(this.workload, 'web', own);
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
