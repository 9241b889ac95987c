import { Size } from 'cdk8s';
import type { PodTemplate } from '../private/manifest';
import { toDnsLabel } from '../private/names';
import { matchesPattern } from '../private/paths';
import { mebibytes } from '../private/sizes';
import type { Inventory } from './inventory';
import type { LogFiles } from './log-files';
import { type LogRotation, LogRotationMethod } from './log-rotation';
import type { SharedVolume } from './shared-volume';
import type { PodStorage } from './storage';

/** Room on a log volume of which nobody said how it is rotated. */
const UNROTATED = Size.gibibytes(1);

/** What is known of the directory that log files are written to. */
export interface LogDirectoryOptions {
  /**
   * Who keeps the files from filling the volume.
   *
   * @default - unknown; the volume gets 1 GiB
   */
  readonly rotation?: LogRotation;

  /**
   * How much the volume of the directory may hold before the kubelet evicts the pod.
   *
   * @default - room for the rotated files of each pattern
   */
  readonly sizeLimit?: Size;
}

interface LogDirectory {
  readonly container: string;
  readonly directory: string;
  readonly volume: SharedVolume;
  readonly mountPath: string;
  /** Whether the volume was made for these logs, so that its size is ours to set. */
  readonly owned: boolean;
  readonly patterns: Set<string>;
  rotation?: LogRotation;
  sizeLimit?: Size;
}

/**
 * The log files that containers of the pod write, each directory on a volume that log agents read.
 *
 * @see https://kubernetes.io/docs/concepts/cluster-administration/logging/#sidecar-container-with-a-logging-agent
 */
export class PodLogs {
  /** @internal */
  public static _of(inventory: Inventory, storage: PodStorage): PodLogs {
    return new PodLogs(inventory, storage);
  }

  private readonly directories = new Map<string, LogDirectory>();

  private constructor(
    private readonly inventory: Inventory,
    private readonly storage: PodStorage,
  ) {}

  /**
   * Declares log files. Their directory becomes a volume, unless the writing container already mounts one there.
   *
   * @returns the volume that holds the files
   * @throws where the container mounts the directory read-only, or a different rotation or limit was declared for it
   */
  public write(files: LogFiles, options: LogDirectoryOptions = {}): SharedVolume {
    const container = files.container ?? this.inventory.main.name;
    const key = `${container}:${files.directory}`;
    const known = this.directories.get(key) ?? this.open(container, files);
    this.directories.set(key, known);
    known.patterns.add(files.pattern);
    this.agree(known, options);
    return known.volume;
  }

  /**
   * Lets a container read log files, at the path where they are written.
   *
   * @param files what it reads
   * @param agent name of the reading container
   * @returns the volume that holds the files
   */
  public read(files: LogFiles, agent: string): SharedVolume {
    const volume = this.write(files);
    volume.readBy(agent, this.directoryOf(files).mountPath);
    return volume;
  }

  /**
   * Lets a container rename, truncate and remove log files, at the path where they are written.
   *
   * @param files what it rotates
   * @param rotator name of the rotating container
   * @param rotation when and how
   * @returns the volume that holds the files
   */
  public rotate(files: LogFiles, rotator: string, rotation: LogRotation): SharedVolume {
    const volume = this.write(files, { rotation });
    volume.writtenBy(rotator, this.directoryOf(files).mountPath);
    return volume;
  }

  /** How the directory of these files is rotated, where that is declared. */
  public rotationOf(files: LogFiles): LogRotation | undefined {
    return this.directories.get(this.keyOf(files))?.rotation;
  }

  /** @internal */
  public _problems(): string[] {
    return [...this.directories.values()].flatMap(({ rotation, directory, patterns, container }) =>
      rotation && rotation.method !== LogRotationMethod.APPLICATION
        ? [...patterns]
            .filter((pattern) => matchesPattern(pattern, rotatedExample(pattern)))
            .map(
              (pattern) =>
                `pattern "${pattern}" of the logs of container "${container}" in "${directory}" also matches rotated files such as "${rotatedExample(pattern)}", which an agent would read again; use a pattern that ends before the number, such as "*.log"`,
            )
        : [],
    );
  }

  /** @internal */
  public _complete({ spec }: PodTemplate): void {
    for (const directory of this.directories.values()) {
      const volume = spec.volumes?.find(({ name }) => name === directory.volume.name);
      if (directory.owned && volume?.emptyDir) {
        volume.emptyDir.sizeLimit = `${mebibytes(sizeOf(directory))}Mi`;
      }
    }
  }

  private open(container: string, files: LogFiles): LogDirectory {
    const present = this.storage._covering(container, files.directory);
    if (present?.mount.readOnly) {
      throw this.inventory.failure(
        `container "${container}" writes logs to "${files.directory}", but mounts volume "${present.mount.volume.name}" there read-only; mount it read-write`,
      );
    }
    const volume =
      present?.shared ?? this.storage.share(toDnsLabel(container, files.directory), { sizeLimit: UNROTATED });
    const mountPath = present?.mount.path ?? files.directory;
    volume.writtenBy(container, mountPath);
    return { container, directory: files.directory, volume, mountPath, owned: !present, patterns: new Set() };
  }

  private agree(known: LogDirectory, { rotation, sizeLimit }: LogDirectoryOptions): void {
    if (
      (rotation && known.rotation && rotation !== known.rotation) ||
      (sizeLimit && known.sizeLimit && sizeLimit.toKibibytes() !== known.sizeLimit.toKibibytes())
    ) {
      throw this.inventory.failure(
        `the logs of container "${known.container}" in "${known.directory}" were declared with another rotation or size limit before; declare them once`,
      );
    }
    known.rotation ??= rotation;
    known.sizeLimit ??= sizeLimit;
  }

  private directoryOf(files: LogFiles): LogDirectory {
    return this.directories.get(this.keyOf(files))!;
  }

  private keyOf(files: LogFiles): string {
    return `${files.container ?? this.inventory.main.name}:${files.directory}`;
  }
}

function sizeOf({ sizeLimit, rotation, patterns }: LogDirectory): Size {
  return sizeLimit ?? (rotation ? Size.kibibytes(rotation.volumeSize.toKibibytes() * patterns.size) : UNROTATED);
}

/** The name that our rotator gives to a file that the pattern matches. */
function rotatedExample(pattern: string): string {
  return `${pattern.replace(/\*/g, 'app').replace(/\?/g, 'x')}.1`;
}
