import { Size } from 'cdk8s';
import { throwFirst } from '../../private/errors';
import { groupBy } from '../../private/lists';
import { toDnsLabel } from '../../private/names';
import { matchesPattern, toExampleName } from '../../private/paths';
import { readArgument, readProps } from '../../private/read-props';
import { toWholeMebibytes } from '../../private/sizes';
import type { Inventory } from '../containers/inventory';
import type { PodTemplate } from '../manifest/pod-template';
import type { PodStorage } from '../storage/pod-storage';
import type { SharedVolume } from '../storage/shared-volume';
import { ExistingPod } from '../workload/existing-pod';
import type { LogFiles } from './log-files';
import { type LogRotation, LogRotationMethod } from './log-rotation';

/** Size of a log volume without a declared rotation. */
const UNROTATED = Size.gibibytes(1);

/** Options of the directory that log files are written to. */
export interface LogDirectoryOptions {
  /**
   * Rotation that keeps the files from filling the volume.
   *
   * @default - unknown; the volume gets 1 GiB
   */
  readonly rotation?: LogRotation;

  /**
   * Size that the volume of the directory may reach before the kubelet evicts the pod.
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
  readonly patterns: Set<string>;
  rotation?: LogRotation;
  sizeLimit?: Size;
}

/** Log files as a container that reads them finds them. */
export interface ReadLogs {
  /** The files as they were declared. */
  readonly files: LogFiles;
  /** Name of the container that writes them. */
  readonly container: string;
  /** The directory in which the reading container finds them. */
  readonly directory: string;
  /** Their rotation, where one is declared. */
  readonly rotation: LogRotation | undefined;
}

/**
 * The log files that containers of the pod write, each directory on a volume that log agents read.
 *
 * @see https://kubernetes.io/docs/concepts/cluster-administration/logging/#sidecar-container-with-a-logging-agent
 */
export class PodLogs {
  /** @internal */
  public static _create(inventory: Inventory, storage: PodStorage): PodLogs {
    return new PodLogs(inventory, storage);
  }

  private readonly directories = new Map<string, LogDirectory>();
  private readonly readers = new Map<string, Map<string, Omit<ReadLogs, 'rotation'>>>();

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
    return this.declare(files, readProps('LogDirectoryOptions', options, this.inventory.workload)).volume;
  }

  /**
   * Lets a container read log files: those of the main container at the path where they are written, those of others
   * below `/logs/<container>`, because two containers may write at the same path.
   *
   * @param files what it reads
   * @param agent name of the reading container
   * @returns the directory in which the reading container finds them
   */
  public read(files: LogFiles, agent: string): string {
    const { container, directory, mountPath, volume } = this.declare(files, {});
    const prefix = container === this.inventory.main.name ? '' : `/logs/${container}`;
    volume.readBy(agent, prefix + mountPath);
    this.remember(agent, { files, container, directory: prefix + directory });
    return prefix + directory;
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
    readArgument('LogRotation', rotation, this.inventory.workload, 'rotation');
    const { volume, mountPath } = this.declare(files, { rotation });
    volume.writtenBy(rotator, mountPath);
    return volume;
  }

  /** The rotation of the directory of these files, where one is declared. */
  public rotationOf(files: LogFiles): LogRotation | undefined {
    readArgument('LogFiles', files, this.inventory.workload, 'files');
    return this.directories.get(toDirectoryKey(this.resolveWriter(files), files))?.rotation;
  }

  /**
   * The log files that a container reads, in the order in which it was first told to; files of one path are one.
   *
   * @internal
   */
  public _listReadBy(reader: string): ReadLogs[] {
    return [...(this.readers.get(reader)?.values() ?? [])].map(({ files, container, directory }) => {
      const { rotation } = this.directories.get(toDirectoryKey(container, files)) ?? {};
      return { files, container, directory, rotation };
    });
  }

  /** @internal */
  public _validate(): string[] {
    return [...this.directories.values()].flatMap(({ rotation, directory, patterns, container }) => {
      const where = `of the logs of container "${container}" in "${directory}"`;
      const known = rotation ? [...patterns] : [];
      const rotated = rotation?.method === LogRotationMethod.APPLICATION ? [] : known;
      const rereads = rotated.filter((pattern) => matchesPattern(pattern, `${toExampleName(pattern)}.1`));
      const hides = known.filter((pattern) => rotation!._hides(toExampleName(pattern)));
      return [
        ...rereads.map(
          (pattern) =>
            `pattern "${pattern}" ${where} also matches rotated files such as "${toExampleName(pattern)}.1", which an agent would read again; use a pattern that ends before the number, such as "*.log"`,
        ),
        ...hides.map(
          (pattern) =>
            `\`rotatedFiles\` "${rotation?.rotatedFiles}" ${where} also match files that are written, such as "${toExampleName(pattern)}", so an agent would pass them over; name rotated files alone`,
        ),
      ];
    });
  }

  /** @internal */
  public _complete({ spec }: PodTemplate): void {
    const directories = groupBy(this.directories.values(), ({ volume }) => volume.name);
    for (const { emptyDir, name } of spec.volumes ?? []) {
      const inside = directories.get(name);
      if (inside && emptyDir && emptyDir.sizeLimit === undefined && this.isLimitedHere(inside[0]!.volume)) {
        emptyDir.sizeLimit = `${inside.reduce((sum, directory) => sum + toWholeMebibytes(resolveVolumeSize(directory)), 0)}Mi`;
      }
    }
  }

  /** Whether nobody else made the volume in a manifest, whose volumes stay as they are. */
  private isLimitedHere(volume: SharedVolume): boolean {
    return this.isOurs(volume) || !(this.inventory.workload instanceof ExistingPod);
  }

  /** Whether the size of the volume is ours to set, because it has no limit yet. */
  private isOurs(volume: SharedVolume): boolean {
    return this.storage._isUnlimited(volume.volume);
  }

  private remember(reader: string, read: Omit<ReadLogs, 'rotation'>): void {
    const known = this.readers.get(reader) ?? new Map<string, Omit<ReadLogs, 'rotation'>>();
    const key = `${read.container}:${read.files.path}`;
    this.readers.set(reader, known.set(key, known.get(key) ?? read));
  }

  private declare(files: LogFiles, options: LogDirectoryOptions): LogDirectory {
    readArgument('LogFiles', files, this.inventory.workload, 'files');
    const container = this.resolveWriter(files);
    const key = toDirectoryKey(container, files);
    const known = this.directories.get(key) ?? this.open(container, files);
    this.directories.set(key, known);
    known.patterns.add(files.pattern);
    this.applyOptions(known, options);
    return known;
  }

  private open(container: string, { directory }: LogFiles): LogDirectory {
    const present = this.storage._findCovering(container, directory);
    if (present?.mount.readOnly) {
      throw this.inventory.createPodError(
        `container "${container}" writes logs to "${directory}", but mounts volume "${present.mount.volume.name}" there read-only; mount it read-write`,
      );
    }
    const owner = `the logs of container "${container}" in "${directory}"`;
    const volume = present?.shared ?? this.storage._shareFor(owner, toDnsLabel(container, directory));
    const mountPath = present?.mount.path ?? directory;
    if (present) {
      volume._addParticipant(container);
    } else {
      volume.writtenBy(container, mountPath);
    }
    return { container, directory, volume, mountPath, patterns: new Set() };
  }

  private applyOptions(known: LogDirectory, { rotation, sizeLimit }: LogDirectoryOptions): void {
    throwFirst(this.inventory.workload, this.validateOptions(known, { rotation, sizeLimit }));
    known.rotation ??= rotation;
    known.sizeLimit ??= sizeLimit;
  }

  private validateOptions(known: LogDirectory, { rotation, sizeLimit }: LogDirectoryOptions): string[] {
    const logs = `the logs of container "${known.container}" in "${known.directory}"`;
    if (rotation && known.rotation && !rotation._equals(known.rotation)) {
      return [`${logs} were declared with another rotation before; declare it once`];
    }
    if (sizeLimit && toWholeMebibytes(sizeLimit) < 1) {
      return [`the size limit of ${logs} is 0; pass how much the volume may hold`];
    }
    if (sizeLimit && known.sizeLimit && toWholeMebibytes(sizeLimit) !== toWholeMebibytes(known.sizeLimit)) {
      return [`${logs} were declared with another size limit before; declare it once`];
    }
    return sizeLimit && !this.isOurs(known.volume)
      ? [
          `${logs} are on volume "${known.volume.name}", whose size is set where it is made; leave the size limit out here`,
        ]
      : [];
  }

  private resolveWriter({ container }: LogFiles): string {
    return container ?? this.inventory.main.name;
  }
}

function toDirectoryKey(container: string, { directory }: LogFiles): string {
  return `${container}:${directory}`;
}

function resolveVolumeSize({ sizeLimit, rotation, patterns }: LogDirectory): Size {
  return sizeLimit ?? (rotation ? Size.mebibytes(toWholeMebibytes(rotation.volumeSize) * patterns.size) : UNROTATED);
}
