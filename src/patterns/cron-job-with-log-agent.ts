import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { BatchWithLogAgent, type BatchWithLogAgentOptions } from './batch-with-log-agent';
import { workloadProps } from './pod-pattern';

/** A job and its log agent, and everything else that a CronJob takes but `containers`. */
export interface CronJobWithLogAgentProps extends BatchWithLogAgentOptions, kplus.CronJobProps {}

/**
 * A job and the agent that ships its log files, run on a schedule. It completes although the agent runs, and what it
 * wrote last is shipped.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/
 */
export class CronJobWithLogAgent extends BatchWithLogAgent {
  /** The CronJob. */
  public readonly workload: kplus.CronJob;

  public constructor(scope: Construct, id: string, props: CronJobWithLogAgentProps) {
    super(scope, id);
    this.workload = new kplus.CronJob(this, 'Resource', workloadProps(props));
    this._compose(this.workload, props);
  }
}
