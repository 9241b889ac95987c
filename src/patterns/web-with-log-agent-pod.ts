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

/** A web server and its log agent, and everything else that a Pod takes but `containers`. */
export interface WebWithLogAgentPodProps extends WebWithLogAgentOptions, kplus.PodProps {}

/**
 * A Pod of a web server and the agent that ships its log files. Without props it is nginx on port 8080, and
 * `kubectl logs <pod> -c log-agent` shows each request.
 *
 * Nothing replaces a bare Pod when its node goes, and none answers in its place while one of its containers waits to be
 * restarted, the agent too: prefer `WebWithLogAgentDeployment` for what must stay up.
 *
 * @see https://kubernetes.io/docs/concepts/cluster-administration/logging/#sidecar-container-with-a-logging-agent
 */
export class WebWithLogAgentPod extends ServedPattern {
  /** The Pod. */
  public readonly workload: kplus.Pod;

  /** The pod: what its containers share. */
  public readonly pod: MultiContainerPod;

  /** The web server. */
  public readonly web: WebServer;

  /** The agent that ships its log files. */
  public readonly logAgent: ILogAgent;

  /** The volume that holds the log files. */
  public readonly logs: SharedVolume;

  public constructor(scope: Construct, id: string, props: WebWithLogAgentPodProps = {}) {
    super(scope, id);
    const own = readProps('WebWithLogAgentPodProps', props, this);
    this.workload = createWorkload(kplus.Pod, this, own);
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
