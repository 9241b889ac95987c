import type { LogFiles } from '../../pod/logs/log-files';
import type { MultiContainerPod } from '../../pod/multi-container-pod';
import { groupBy } from '../../private/lists';
import { hashText, toDnsLabel } from '../../private/names';

/** Log files as an agent in the pod sees them. */
export interface LogSource {
  /** The files as they are declared. */
  readonly files: LogFiles;
  /** Name of the container that writes them. */
  readonly container: string;
  /** Their path in the file system of the agent: a directory and a shell pattern. */
  readonly path: string;
  /** Tells the files from all others that the agent ships: letters, digits, "-" and one ".". */
  readonly id: string;
  /** Paths of rotated files, which the pattern may match as well: shell patterns. None for a file of one name. */
  readonly rotatedPaths: readonly string[];
}

/** Files, and the directory in which the agent finds them. */
export interface ShippedLogs {
  readonly files: LogFiles;
  readonly directory: string;
}

/** The log files that an agent reads. Where names make the same id, a hash tells each apart, whichever came first. */
export function listLogSources(pod: MultiContainerPod, shipped: readonly ShippedLogs[]): LogSource[] {
  const labels = shipped.map(({ files }) => toLogLabel(pod, files));
  const alike = groupBy(labels, (id) => id);
  return shipped.map(({ files, directory }, index) => {
    const { pattern, path, container = pod.main.name } = files;
    const unique = alike.get(labels[index]!)!.length === 1;
    const rotated = /[*?[]/.test(pattern) ? (pod.logs.rotationOf(files)?.rotatedFiles.split(',') ?? []) : [];
    return {
      files,
      container,
      path: `${directory}/${pattern}`,
      id: unique ? labels[index]! : `${labels[index]}-${hashText(path).slice(0, 8)}`,
      rotatedPaths: rotated.map((name) => `${directory}/${name}`),
    };
  });
}

function toLogLabel(pod: MultiContainerPod, { container = pod.main.name, directory, pattern }: LogFiles): string {
  return `${container}.${toDnsLabel(directory, pattern)}`;
}
