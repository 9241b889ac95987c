import { lstatSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describeSystemError, UsageError } from '../private/command-line';
import type { ProjectFile } from './template';

/** Writes the files of a project into a folder, or none of them where one is there already. Throws a `UsageError` then. */
export function writeProject(folder: string, files: readonly ProjectFile[]): void {
  const taken = files.map(({ path }) => path).filter((path) => isTaken(join(folder, path)));
  if (taken.length > 0) {
    throw new UsageError(
      `${describeFolder(folder)} already has ${taken.join(', ')}, and nothing is overwritten; name another folder, or move what is there`,
    );
  }
  for (const { path, text } of files) {
    writeNewFile(join(folder, path), text);
  }
}

/** A folder as people call it. */
export function describeFolder(folder: string): string {
  return folder === '.' ? 'this folder' : folder;
}

/** Whether a file, folder or link has this name. */
function isTaken(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    // What cannot be asked about cannot be written either, which says why.
    return false;
  }
}

function writeNewFile(path: string, text: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text, { flag: 'wx' });
  } catch (error) {
    throw new UsageError(`cannot write ${path}: ${describeSystemError(error as Error)}`);
  }
}
