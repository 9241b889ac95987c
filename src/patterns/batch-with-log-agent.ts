import { Duration, type Size } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-28';
import type { ILogAgent } from '../pod/companion';
import type { MainContainerProps } from '../pod/containers/container-options';
import type { LogFiles } from '../pod/logs/log-files';
import type { LogRotation } from '../pod/logs/log-rotation';
import type { MultiContainerPod } from '../pod/multi-container-pod';
import type { SharedVolume } from '../pod/storage/shared-volume';
import { addLogShipping } from './log-shipping';

/** The time that an agent without a word on it reads on after the job: most look for new files every ten seconds or sooner. */
const CATCH_UP = Duration.seconds(15);

/** The parts of a job with a log agent, however it is started. */
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
   * The rotation that keeps the log files from filling their volume.
   *
   * @default - nobody: the job writes less than `logSizeLimit` before it ends
   */
  readonly rotation?: LogRotation;

  /**
   * The size that the log volume may reach before the kubelet evicts the pod.
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
interface BatchWithLogAgentParts {
  readonly logAgent: ILogAgent;
  readonly logs: SharedVolume;
}

/**
 * Fills a pod without containers: the job as main container, its logs on a volume, the agent that reads them to their end.
 * The job completes although the agent runs, and what it wrote last is shipped before: the agent is a native sidecar, which
 * goes on reading for a few seconds after the job has ended, and then delivers.
 *
 * That time is a `sleep` of the kubelet, Kubernetes 1.30 or later. Where the pod is deleted while the job runs, as at the
 * `activeDeadline`, the agent is stopped once the job has ended and gets no such time.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/#jobs-with-sidecar-containers
 */
export function addBatchWithLogAgent(
  pod: MultiContainerPod,
  options: BatchWithLogAgentOptions & { readonly restartPolicy?: kplus.RestartPolicy },
): BatchWithLogAgentParts {
  const { job, rotation, logSizeLimit: sizeLimit } = options;
  const logs = [options.logs, ...(options.moreLogs ?? [])];
  if (options.restartPolicy === undefined) {
    pod.lifecycle._startOrder.preferStart();
  }
  pod.addMainContainer(job);
  const [volume] = logs.map((files) => pod.logs.write(files, { rotation, sizeLimit }));
  const logAgent = addLogShipping(pod, { logs, rotation, logAgent: options.logAgent });
  if (!pod.lifecycle._hasRunOnAfterMain) {
    pod.lifecycle.runOnAfterMain(logAgent.name, CATCH_UP);
  }
  return { logAgent, logs: volume! };
}
