import { matchesPattern, toExampleName } from '../private/paths';

/** The names of rotated files, as far as they are known. */
export interface RotatedNames {
  /** Shell patterns of the names, separated by commas. */
  readonly rotatedFiles: string;
  /** Number of rotated files that are kept. */
  readonly keep: number;
}

/** The paths for an agent that knows a file again under another name. */
export interface FollowedFiles {
  readonly include: string[];
  readonly exclude: string[];
}

/**
 * The files of a pattern, with the rotated ones where their names end in a number: what a program still writes there, or
 * what was not read before, is then found under that name.
 *
 * @param path directory and pattern
 * @param rotation names of rotated files, where they are known
 * @param rotatedPaths paths of rotated files that the pattern may match as well
 */
export function toFollowedPaths(
  path: string,
  rotation?: RotatedNames,
  rotatedPaths: readonly string[] = [],
): FollowedFiles {
  const numbers = rotation && isNumbered(path, rotation) ? listNumbers(rotation) : [];
  const names = numbers.map((number) => `${toExampleName(path)}.${number.replace(/\[0-9\]/g, '1')}`);
  return {
    include: [path, ...numbers.map((number) => `${path}.${number}`)],
    exclude: rotatedPaths.filter((pattern) => !names.some((name) => matchesPattern(pattern, name))),
  };
}

function isNumbered(path: string, { rotatedFiles }: RotatedNames): boolean {
  const last = `${toExampleName(path)}.1`;
  return rotatedFiles.split(',').some((pattern) => matchesPattern(`*/${pattern}`, last));
}

/** Shell patterns of the numbers that rotated files end in. */
function listNumbers({ keep }: RotatedNames): string[] {
  return keep > 9 ? ['[0-9]', '[0-9][0-9]'] : ['[0-9]'];
}
