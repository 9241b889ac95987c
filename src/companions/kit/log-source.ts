import type { LogFiles, LogFormat, Multiline } from '../../pod/logs/log-files';
import { type LogRotation, LogRotationMethod } from '../../pod/logs/log-rotation';
import type { ReadLogs } from '../../pod/logs/pod-logs';
import { groupBy } from '../../private/lists';
import { hashText, toDnsLabel } from '../../private/names';
import { findBacktracking } from '../../software/expressions';
import { type FollowedFiles, toFollowedPaths } from '../../software/rotated-names';

/** Log files as an agent in the pod sees them. */
export interface LogSource {
  /** Name of the container that writes them. */
  readonly container: string;
  /** Their path in the file system of the agent: a directory and a shell pattern. */
  readonly path: string;
  /** Tells the files from all others that the agent ships: letters, digits, "-" and one ".". */
  readonly id: string;
  /** Paths of rotated files, which the pattern may match as well: shell patterns. None for a file of one name. */
  readonly rotatedPaths: readonly string[];
  /** Their rotation, where one is declared. */
  readonly rotation?: LogRotation;
  readonly format?: LogFormat;
  readonly multiline?: Multiline;
}

/** The parts of the configuration that all agents have in common. */
export interface AgentConfig {
  /** Port of the agent's own HTTP server. */
  readonly port: number;
  readonly stateDirectory: string;
  /** Size of what it may hold back on disk for each receiver. */
  readonly bufferMebibytes: number;
  readonly sources: readonly LogSource[];
}

/** Fields of a record that tell the identity of its pod, and the variables that they come from. */
export const POD_FIELDS = [
  ['pod_name', 'POD_NAME'],
  ['namespace_name', 'POD_NAMESPACE'],
  ['node_name', 'NODE_NAME'],
] as const;

/** The sources of an agent that ships these files. Where names make the same id, a hash tells each apart, whichever came first. */
export function listLogSources(shipped: readonly ReadLogs[]): LogSource[] {
  const labels = shipped.map(toLogLabel);
  const alike = groupBy(labels, (id) => id);
  return shipped.map(({ files, container, directory, rotation }, index) => {
    const { pattern, path, format, multiline } = files;
    const unique = alike.get(labels[index]!)!.length === 1;
    const rotated = /[*?[]/.test(pattern) ? (rotation?.rotatedFiles.split(',') ?? []) : [];
    return {
      container,
      path: `${directory}/${pattern}`,
      id: unique ? labels[index]! : `${labels[index]}-${hashText(path).slice(0, 8)}`,
      rotatedPaths: rotated.map((name) => `${directory}/${name}`),
      rotation,
      format,
      multiline,
    };
  });
}

/**
 * The paths of a source for an agent that knows a file again by its inode: of a renamed file it reads on under the new name.
 * A copy has an inode of its own and is not read.
 */
export function toRenamedPaths({ path, rotation, rotatedPaths }: LogSource): FollowedFiles {
  return rotation?.method === LogRotationMethod.COPY_TRUNCATE
    ? { include: [path], exclude: [...rotatedPaths] }
    : toFollowedPaths(path, rotation, rotatedPaths);
}

/** The problem that an expression needs backtracking, which the software does not do. */
export function validateExpressions(software: string, { format, multiline }: LogFiles): string[] {
  return [format?.expression, multiline?.firstLine]
    .flatMap((text) => (text === undefined ? [] : (findBacktracking(text) ?? [])))
    .map((part) => `${software} has no "${part}" in its regular expressions; write the expression without it`);
}

function toLogLabel({ container, files: { directory, pattern } }: ReadLogs): string {
  return `${container}.${toDnsLabel(directory, pattern)}`;
}
