import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { BatchWithLogAgent, type BatchWithLogAgentOptions } from './batch-with-log-agent';
import { workloadProps } from './pod-pattern';

/** A job and its log agent, and everything else that a Job takes but `containers`. */
export interface JobWithLogAgentProps extends BatchWithLogAgentOptions, kplus.JobProps {}

/**
 * A job and the agent that ships its log files, run once. It completes although the agent runs, and what it
 * wrote last is shipped.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/job/
 */
export class JobWithLogAgent extends BatchWithLogAgent {
  /** The Job. */
  public readonly workload: kplus.Job;

  public constructor(scope: Construct, id: string, props: JobWithLogAgentProps) {
    super(scope, id);
    this.workload = new kplus.Job(this, 'Resource', workloadProps(props));
    this._compose(this.workload, props);
  }
}
