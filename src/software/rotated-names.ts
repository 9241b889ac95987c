import { matchesPattern, toExampleName } from '../private/paths';

/** The paths for an agent that knows a file again under another name. */
export interface FollowedFiles {
  readonly include: string[];
  readonly exclude: string[];
}

/**
 * The files of a pattern, with the one that was rotated last where its name ends in a number: what a program still writes
 * there, or what was not read before, is then found under that name.
 *
 * @param path directory and pattern
 * @param rotatedFiles patterns of the names of rotated files, separated by commas, where they are known
 * @param rotatedPaths paths of rotated files that the pattern may match as well
 */
export function toFollowedPaths(path: string, rotatedFiles = '', rotatedPaths: readonly string[] = []): FollowedFiles {
  const last = `${toExampleName(path)}.1`;
  const isNumbered = rotatedFiles.split(',').some((pattern) => matchesPattern(`*/${pattern}`, last));
  return {
    include: isNumbered ? [path, `${path}.1`] : [path],
    exclude: rotatedPaths.filter((pattern) => !matchesPattern(pattern, last)),
  };
}
