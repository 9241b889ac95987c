import { Duration } from 'cdk8s';
import type { ILogAgent } from '../../pod/companion';
import type { PreStopSleep } from '../../pod/lifecycle/pod-lifecycle';
import type { LogFiles } from '../../pod/logs/log-files';
import type { MultiContainerPod } from '../../pod/multi-container-pod';
import { findOwner, throwFirst } from '../../private/errors';
import { toDnsLabel } from '../../private/names';
import { readProps } from '../../private/read-props';
import { BUSYBOX } from '../../software/images';
import { renderStreamingScript } from '../../software/scripts/streaming';
import { type RunningCompanionOptions, toCompanionContainer } from '../kit/companion-options';
import { PerPod } from '../kit/per-pod';
import { findSleep } from '../kit/sleep';

const SCRIPT_DIRECTORY = '/log-streamer';
const SCRIPT_FILE = 'stream-log.sh';

/** The time that the script needs to print what was written last. */
const FLUSH = Duration.seconds(2);

/** The time that it runs on after a job: it looks for the last time when it has its stop signal. */
const CATCH_UP = Duration.seconds(0);

/** Settings of the log streamer. An `image` of your own has a shell with `stat`, `cat`, `sed` and `sleep`. */
export interface LogStreamerProps extends RunningCompanionOptions {
  /**
   * One log file that it prints, in every pod it is added to. `collect` adds more.
   *
   * @default - none of its own; a pattern adds those of its main container
   */
  readonly logs?: LogFiles;

  /**
   * The means by which a container waits as a classic sidecar until the main container has written its last line.
   *
   * @default - `PreStopSleep.COMMAND` for the default image, nothing for another
   */
  readonly preStopSleep?: PreStopSleep;
}

/**
 * Containers that print log files of other containers to their own standard output, for clusters whose node agent
 * collects that: `kubectl logs <pod> -c <container>`. Each file has a container of its own, so that the lines of two are
 * never mixed; a pattern of several files is therefore refused. Lines are printed as they are, whatever the `format` or
 * `multiline` of the files.
 *
 * A container is named for the streamer and the file, `log-streamer-var-log-nginx-access-log`, has UID 10001 and no port,
 * and requests 10m CPU and 16Mi memory. It follows a file that appears later, is renamed or truncated, at most once a
 * second. On SIGTERM it prints what is left, that of a file which was made just then too, and ends at once, so that a Job
 * completes without waiting for it. It keeps no state: after a restart of the container it prints the present file again
 * from its head, and loses what is left of a file that was renamed meanwhile. Lines are lost as well where a file is
 * truncated before they were read. The kubelet rotates what is printed.
 *
 * @see https://kubernetes.io/docs/concepts/cluster-administration/logging/#streaming-sidecar-container
 */
export class LogStreamer implements ILogAgent {
  /** The beginning of the names of its containers. */
  public readonly name: string;

  private readonly props: LogStreamerProps;
  /** The files that it prints in each pod, by the container that writes them and their path. */
  private readonly streams: PerPod<Set<string>>;

  public constructor(props: LogStreamerProps = {}) {
    this.props = readProps('LogStreamerProps', props, 'LogStreamer');
    this.name = this.props.name ?? 'log-streamer';
    this.streams = new PerPod(`log streamer "${this.name}"`);
    const { logs } = this.props;
    throwFirst('LogStreamer', logs ? validateOneFile(logs) : []);
  }

  /** Adds a container for the file it was made with to a pod, and takes more through `collect`. */
  public bind(pod: MultiContainerPod): void {
    const streams = new Set<string>();
    this.streams.set(pod, streams);
    findOwner(pod.workload).node.addValidation({
      validate: () => (streams.size > 0 ? [] : [`log streamer "${this.name}" prints nothing; pass \`logs\``]),
    });
    if (this.props.logs) {
      this.collect(pod, this.props.logs);
    }
  }

  /**
   * Adds a container for a file of one pod.
   *
   * @throws where the pattern may match several files
   */
  public collect(pod: MultiContainerPod, logs: LogFiles): void {
    const streams = this.streams.find(pod);
    throwFirst(pod.workload, validateOneFile(logs));
    const { container = pod.main.name, path } = logs;
    const stream = `${container}:${path}`;
    if (!streams.has(stream)) {
      this.addStream(pod, logs, container === pod.main.name ? [path] : [container, path]);
      streams.add(stream);
    }
  }

  private addStream(pod: MultiContainerPod, logs: LogFiles, file: readonly string[]): void {
    const { mode, image, preStopSleep } = this.props;
    const name = toDnsLabel(this.name, ...file);
    pod.addSidecar({
      ...toCompanionContainer({ ...this.props, name }, { name, image: BUSYBOX, cpuMillis: 10, memoryMebibytes: 16 }),
      command: ['sh', `${SCRIPT_DIRECTORY}/${SCRIPT_FILE}`],
      mode,
      flush: FLUSH,
      preStopSleep: preStopSleep ?? findSleep(pod, image === undefined),
    });
    if (pod.lifecycle._isNative(name) && pod.lifecycle.endsByItself) {
      pod.lifecycle.runOnAfterMain(name, CATCH_UP);
    }
    const directory = pod.logs.read(logs, name);
    pod.storage.configFiles({
      container: name,
      directory: SCRIPT_DIRECTORY,
      files: { [SCRIPT_FILE]: renderStreamingScript(`${directory}/${logs.pattern}`) },
    });
  }
}

function validateOneFile({ pattern, path }: LogFiles): string[] {
  return /[*?]/.test(pattern)
    ? [
        `"${path}" may be several files, whose lines would be mixed in one stream; name each file by itself, such as "app.log"`,
      ]
    : [];
}
