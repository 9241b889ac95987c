import type { ICompanion } from '../../pod/companion';
import type { LogFiles } from '../../pod/logs/log-files';
import { type LogRotation, LogRotationMethod } from '../../pod/logs/log-rotation';
import type { MultiContainerPod } from '../../pod/multi-container-pod';
import { createError, throwFirst } from '../../private/errors';
import { readProps } from '../../private/read-props';
import { BUSYBOX } from '../../software/images';
import { renderCopyTruncateScript, renderRenameAndSignalScript } from '../../software/scripts/rotation';
import { type RunningCompanionOptions, toCompanionContainer } from '../kit/companion-options';
import { resolveSharedUser } from '../kit/shared-user';

const SCRIPT_DIRECTORY = '/log-rotator';
const SCRIPT_FILE = 'rotate-logs.sh';

/** Settings of the log rotator. An `image` of your own has a shell with `stat`, `mv`, `cp` and `sleep`. */
export interface LogRotatorProps extends RunningCompanionOptions {
  /** The log files; all of one container. */
  readonly logs: LogFiles[];

  /** The method: `LogRotation.renameAndSignal` or `LogRotation.copyTruncate`. */
  readonly rotation: LogRotation;
}

/**
 * Keeps the log files of another container from filling their volume. It runs as that container's user, who alone may
 * signal its processes and truncate its files.
 *
 * The container is `log-rotator`, with the UID of the container that it rotates for and without a port, and requests 10m CPU
 * and 16Mi memory. It has no probe that could keep the pod out of its Services. With `LogRotation.renameAndSignal` the pod
 * shares one process namespace.
 *
 * @see https://kubernetes.io/docs/tasks/configure-pod-container/share-process-namespace/
 */
export class LogRotator implements ICompanion {
  /** Name of the container. */
  public readonly name: string;

  private readonly props: LogRotatorProps;
  private readonly logs: LogFiles[];

  public constructor(props: LogRotatorProps) {
    this.props = readProps('LogRotatorProps', props, 'LogRotator');
    this.name = this.props.name ?? 'log-rotator';
    this.logs = this.props.logs;
    throwFirst('LogRotator', validateRotator(this.props));
  }

  /** Adds the rotator to a pod. */
  public bind(pod: MultiContainerPod): void {
    const { rotation, mode } = this.props;
    const options = { ...this.props, user: this.resolveUser(pod) };
    pod.addSidecar({
      ...toCompanionContainer(options, { name: this.name, image: BUSYBOX, cpuMillis: 10, memoryMebibytes: 16 }),
      command: ['sh', `${SCRIPT_DIRECTORY}/${SCRIPT_FILE}`],
      mode,
    });
    for (const files of this.logs) {
      pod.logs.rotate(files, this.name, rotation);
    }
    pod.storage.configFiles({
      container: this.name,
      directory: SCRIPT_DIRECTORY,
      files: { [SCRIPT_FILE]: this.script },
    });
    if (rotation.method === LogRotationMethod.RENAME_AND_SIGNAL) {
      pod.lifecycle.shareProcesses();
    }
  }

  private get script(): string {
    const { maxFileBytes: maxBytes, keep, process, signal } = this.props.rotation;
    const rotation = { files: this.logs.map(({ path }) => path), maxBytes, keep };
    return process && signal
      ? renderRenameAndSignalScript(rotation, process, signal)
      : renderCopyTruncateScript(rotation);
  }

  private resolveUser(pod: MultiContainerPod): number {
    const names = [...new Set(this.logs.map(({ container }) => container ?? pod.main.name))];
    if (names.length > 1) {
      throw createError(
        pod.workload,
        `\`logs\` of "${this.name}" belong to several containers; add one rotator for each (${names.join(', ')})`,
      );
    }
    return resolveSharedUser(pod, { ...this.props, name: this.name, container: names[0]!, task: 'rotate its logs' });
  }
}

function validateRotator({ rotation, logs }: LogRotatorProps): string[] {
  const itself =
    'with `LogRotation.byApplication` the application rotates its files itself; leave the rotator out, or pass `renameAndSignal` or `copyTruncate`';
  return [
    ...(rotation.method === LogRotationMethod.APPLICATION ? [itself] : []),
    ...(logs.length === 0 ? ['`logs` is empty; pass the files to rotate'] : []),
  ];
}
