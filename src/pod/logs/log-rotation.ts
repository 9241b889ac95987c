import { Size } from 'cdk8s';
import { createError } from '../../private/errors';
import { matchesPattern } from '../../private/paths';
import { readProps } from '../../private/read-props';
import { toExactKibibytes } from '../../private/sizes';

/** Names that end in a number: what our scripts give to rotated files. */
export const NUMBERED = '*.[0-9],*.[0-9][0-9]';

const ROTATED_FILES = /^(?:[\w.*?@%+=,-]|\[(?:0-9|a-z|A-Z)\])+$/;

/** Method by which log files are kept from growing without end. */
export enum LogRotationMethod {
  /** The application rotates its files itself. */
  APPLICATION = 'application',

  /** A companion renames the file and signals the application, which then opens a new one. No line is lost. */
  RENAME_AND_SIGNAL = 'rename-and-signal',

  /** A companion copies the file and truncates it. Lines written between copy and truncation are lost. */
  COPY_TRUNCATE = 'copy-truncate',
}

/** Options of a rotation by a companion. */
export interface LogRotationOptions {
  /**
   * Size at which a file is rotated.
   *
   * @default Size.mebibytes(16)
   */
  readonly maxFileSize?: Size;

  /**
   * Number of rotated files that are kept beside the one that is written, from 1 to 99.
   *
   * @default 3
   */
  readonly keep?: number;
}

/** Options of a rotation by the application itself. */
export interface ApplicationRotationOptions {
  /**
   * Size at which the application rotates a file, as it is configured there.
   *
   * @default Size.mebibytes(64)
   */
  readonly maxFileSize?: Size;

  /**
   * Number of rotated files that the application keeps, as it is configured there.
   *
   * @default 5
   */
  readonly keep?: number;

  /**
   * Shell pattern of the names that rotated files get, such as `shop-*.log.gz`. A log agent passes them over.
   *
   * @default - the names end in a number or in the suffix of an archive: `.1`, `.12`, `.gz`, `.zip`, `.zst`
   */
  readonly rotatedFiles?: string;
}

/** Options of a rotation that signals the application when its log file was renamed. */
export interface RenameAndSignalOptions extends LogRotationOptions {
  /** Name of the process that holds the files open, as in `/proc/<pid>/comm`; the oldest one is signalled. */
  readonly process: string;

  /**
   * Signal that makes it open its files again.
   *
   * @default "USR1"
   */
  readonly signal?: string;
}

/**
 * The rotation that keeps the log files of a container from filling their volume. Kubernetes rotates no files on an
 * `emptyDir`: without rotation a busy pod outgrows the `sizeLimit` of the volume and is evicted.
 *
 * @see https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#local-ephemeral-storage
 */
export class LogRotation {
  /** The application rotates its files itself; sizes are stated so that the volume is large enough. */
  public static byApplication(options: ApplicationRotationOptions = {}): LogRotation {
    const {
      rotatedFiles = `${NUMBERED},*.gz,*.zip,*.zst`,
      maxFileSize = Size.mebibytes(64),
      keep = 5,
    } = readProps('ApplicationRotationOptions', options, 'LogRotation.byApplication');
    return new LogRotation(LogRotationMethod.APPLICATION, maxFileSize, keep, rotatedFiles);
  }

  /**
   * A `LogRotator` companion renames the file and signals the application, which opens a new one. The pod then shares one
   * process namespace. No line is lost.
   */
  public static renameAndSignal(options: RenameAndSignalOptions): LogRotation {
    const own = readProps('RenameAndSignalOptions', options, 'LogRotation.renameAndSignal');
    const { process, signal = 'USR1' } = own;
    if (!isProcessName(process)) {
      throw createError(
        'LogRotation.renameAndSignal',
        `\`process\` "${process}" is not a process name; pass 1 to 15 letters, digits, ".", "+", "_" or "-"`,
      );
    }
    if (!/^[A-Z0-9]+$/.test(signal)) {
      throw createError(
        'LogRotation.renameAndSignal',
        `\`signal\` "${signal}" is not a signal; pass a name without "SIG", such as "USR1" or "HUP"`,
      );
    }
    return LogRotation.byRotator(LogRotationMethod.RENAME_AND_SIGNAL, own, process, signal);
  }

  /**
   * A `LogRotator` companion copies the file and truncates it. Works with any application that appends, and loses the
   * lines that are written between the copy and the truncation: about one in two rotations of 16 MiB at 1,000 lines a second,
   * three in four at 5,000. Fluent Bit, Fluentd, Filebeat and Alloy lose what they had not read by then as well; Vector and
   * the OpenTelemetry Collector find it in the copy. Prefer another method where there is one.
   */
  public static copyTruncate(options: LogRotationOptions = {}): LogRotation {
    const own = readProps('LogRotationOptions', options, 'LogRotation.copyTruncate');
    return LogRotation.byRotator(LogRotationMethod.COPY_TRUNCATE, own);
  }

  private static byRotator(
    method: LogRotationMethod,
    options: LogRotationOptions,
    process?: string,
    signal?: string,
  ): LogRotation {
    return new LogRotation(
      method,
      options.maxFileSize ?? Size.mebibytes(16),
      options.keep ?? 3,
      NUMBERED,
      process,
      signal,
    );
  }

  private constructor(
    /** The method of rotation. */
    public readonly method: LogRotationMethod,
    /** Size at which a file is rotated. */
    public readonly maxFileSize: Size,
    /** Number of rotated files that are kept. */
    public readonly keep: number,
    /** Shell patterns of the names of rotated files, separated by commas. */
    public readonly rotatedFiles: string,
    /** Name of the process that is signalled, for `RENAME_AND_SIGNAL`. */
    public readonly process?: string,
    /** The signal, for `RENAME_AND_SIGNAL`. */
    public readonly signal?: string,
  ) {
    if (!ROTATED_FILES.test(rotatedFiles)) {
      throw createError(
        'LogRotation',
        `\`rotatedFiles\` "${rotatedFiles}" are no names of files; pass shell patterns such as "shop-*.log.gz", separated by ","`,
      );
    }
    if (!Number.isInteger(keep) || keep < 1 || keep > 99) {
      throw createError('LogRotation', `\`keep\` is ${keep}; pass a whole number from 1 to 99`);
    }
    if (toExactKibibytes(maxFileSize) < 64) {
      throw createError(
        'LogRotation',
        `\`maxFileSize\` is ${toExactKibibytes(maxFileSize)} KiB, which would rotate all the time; pass at least 64 KiB`,
      );
    }
  }

  /**
   * Room for one rotated series: the file that is written and the kept ones, twice, because a file grows on until its size
   * is noticed, and a deleted one takes room for as long as an agent still reads it.
   */
  public get volumeSize(): Size {
    return Size.mebibytes(Math.ceil((this.maxFileBytes * (this.keep + 1) * 2) / 2 ** 20));
  }

  /** Size at which a file is rotated, in bytes. */
  public get maxFileBytes(): number {
    return Math.round(toExactKibibytes(this.maxFileSize) * 1024);
  }

  /** @internal */
  public _hides(file: string): boolean {
    return this.rotatedFiles.split(',').some((pattern) => matchesPattern(pattern, file));
  }

  /** @internal */
  public _equals(other: LogRotation): boolean {
    const settings = (rotation: LogRotation) => {
      const { method, maxFileBytes, keep, rotatedFiles, process, signal } = rotation;
      return JSON.stringify([method, maxFileBytes, keep, rotatedFiles, process, signal]);
    };
    return this === other || settings(this) === settings(other);
  }
}

/** Whether this can be the name of a process in `/proc/<pid>/comm`, and needs no quotes in a script. */
export function isProcessName(name: string): boolean {
  return /^[\w.+-]{1,15}$/.test(name);
}
