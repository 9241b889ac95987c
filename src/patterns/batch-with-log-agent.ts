import { Duration, type Size } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-28';
import type { ILogAgent } from '../pod/companion';
import type { MainContainerProps } from '../pod/containers/container-options';
import type { LogFiles } from '../pod/logs/log-files';
import type { LogRotation } from '../pod/logs/log-rotation';
import type { SharedVolume } from '../pod/storage/shared-volume';
import { shipLogs } from './log-shipping';
import { PodPattern, podOf } from './pod-pattern';

/** How long an agent that says nothing of it reads on after the job: most look for new files every ten seconds or sooner. */
const CATCH_UP = Duration.seconds(15);

/** What a job with a log agent is made of, however it is started. */
export interface BatchWithLogAgentOptions {
  /** The container that does the work. */
  readonly job: MainContainerProps;

  /** The log files it writes. */
  readonly logs: LogFiles;

  /**
   * More log files it writes, such as an error log with a format of its own.
   *
   * @default - it writes `logs` alone
   */
  readonly moreLogs?: LogFiles[];

  /**
   * Who keeps the log files from filling their volume.
   *
   * @default - nobody: the job writes less than `logSizeLimit` before it ends
   */
  readonly rotation?: LogRotation;

  /**
   * How much the log volume may hold before the kubelet evicts the pod.
   *
   * @default - room for the rotated files of each pattern, or 1 GiB where `rotation` is not given
   */
  readonly logSizeLimit?: Size;

  /**
   * The agent that ships the log files. One of your own runs on for 15 seconds after the job, unless it calls
   * `pod.lifecycle.runOnAfterMain`, which one of several containers must.
   *
   * @default - a Fluent Bit that prints every record to its own standard output
   */
  readonly logAgent?: ILogAgent;
}

/** The parts of the pattern in one pod. */
interface Parts {
  readonly logAgent: ILogAgent;
  readonly logs: SharedVolume;
}

/**
 * A job and the agent that ships its log files. The job completes although the agent runs, and what it wrote last is
 * shipped before: the agent is a native sidecar, which goes on reading for a few seconds after the job has ended, and then
 * delivers. Made by the patterns of this library, not for extension.
 *
 * That time is a `sleep` of the kubelet, Kubernetes 1.30 or later. Where the pod is deleted while the job runs, as at the
 * `activeDeadline`, the agent is stopped once the job has ended and gets no such time.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/#jobs-with-sidecar-containers
 */
export abstract class BatchWithLogAgent extends PodPattern {
  private parts!: Parts;

  /** The agent that ships the log files. */
  public get logAgent(): ILogAgent {
    return this.parts.logAgent;
  }

  /** The volume that holds the log files. */
  public get logs(): SharedVolume {
    return this.parts.logs;
  }

  /**
   * Ships more log files, such as those of a companion.
   *
   * @param logs what is shipped
   */
  public addLogs(logs: LogFiles): void {
    this.logAgent.collect(this.pod, logs);
  }

  /**
   * The recipe: the job as main container, its logs on a volume, the agent that reads them to their end.
   *
   * @internal
   */
  protected _compose(
    workload: kplus.AbstractPod,
    options: BatchWithLogAgentOptions & { readonly containers?: kplus.ContainerProps[] },
  ): void {
    const { job, rotation, logSizeLimit: sizeLimit } = options;
    const logs = [options.logs, ...(options.moreLogs ?? [])];
    this._pod = podOf(workload, 'job', options);
    this.pod.addMainContainer(job);
    const [volume] = logs.map((files) => this.pod.logs.write(files, { rotation, sizeLimit }));
    const logAgent = shipLogs(this.pod, { logs, rotation, logAgent: options.logAgent });
    if (!this.pod.lifecycle._hasRunOnAfterMain) {
      this.pod.lifecycle.runOnAfterMain(logAgent.name, CATCH_UP);
    }
    this.parts = { logAgent, logs: volume! };
  }
}
