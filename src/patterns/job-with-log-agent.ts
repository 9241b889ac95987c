import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { ILogAgent } from '../pod/companion';
import type { LogFiles } from '../pod/logs/log-files';
import type { MultiContainerPod } from '../pod/multi-container-pod';
import type { SharedVolume } from '../pod/storage/shared-volume';
import { readProps } from '../private/read-props';
import { addBatchWithLogAgent, type BatchWithLogAgentOptions } from './batch-with-log-agent';
import { createPod, createWorkload, PodPattern } from './pod-pattern';

/** A job and its log agent, and everything else that a Job takes but `containers`. */
export interface JobWithLogAgentProps extends BatchWithLogAgentOptions, kplus.JobProps {}

/**
 * A job and the agent that ships its log files, run once. It completes although the agent runs, and what it
 * wrote last is shipped.
 *
 * A run that fails is followed by another one in a new pod, as cdk8s-plus has it. With a native sidecar that has a startup
 * probe, such as a proxy that the job waits for, the job is restarted in its own pod instead (`restartPolicy: OnFailure`): on
 * Kubernetes before late patches of 1.33 and 1.34 such a pod could else hang at its start for ever. `backoffLimit` then counts
 * restarts, and the pod is deleted when they are used up. State `restartPolicy` to have the one or the other.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/job/
 */
export class JobWithLogAgent extends PodPattern {
  /** The Job. */
  public readonly workload: kplus.Job;

  /** The pod: what its containers share. */
  public readonly pod: MultiContainerPod;

  /** The agent that ships the log files. */
  public readonly logAgent: ILogAgent;

  /** The volume that holds the log files. */
  public readonly logs: SharedVolume;

  public constructor(scope: Construct, id: string, props: JobWithLogAgentProps) {
    super(scope, id);
    const own = readProps('JobWithLogAgentProps', props, this);
    this.workload = createWorkload(kplus.Job, this, own);
    this.pod = createPod(this.workload, 'job', own);
    const { logAgent, logs } = addBatchWithLogAgent(this.pod, own);
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
