import { type Dirent, existsSync, readdirSync, realpathSync, type Stats, statSync } from 'node:fs';
import { join } from 'node:path';
import { describeSystemError } from '../../private/command-line';
import { expandGlob } from './patterns/expand-glob';
import { isGlob } from './patterns/glob';

/** The name of standard input among the arguments. */
export const STDIN_ARGUMENT = '-';

/** A file to read, or standard input. */
export interface InputFile {
  readonly path: string;
  /** Whether it was named itself; otherwise it was found in a folder, and may be there for something else. */
  readonly isNamed: boolean;
}

/** An input, or a part of one, that could not be checked. */
export interface Unusable {
  readonly file: string;
  readonly message: string;
}

/** Files to read, and the arguments that are none. */
export interface InputFiles {
  readonly files: readonly InputFile[];
  readonly unusable: readonly Unusable[];
  /** The number of files and folders that are left out on purpose. */
  readonly leftOut: number;
}

/** Tells whether a path is left out on purpose. */
export type LeavesOut = (path: string, isFolder: boolean) => boolean;

/** The names of a file of settings. */
export const SETTINGS_FILES = ['pod-rules.yaml', 'pod-rules.yml'];

/** The files that arguments stand for, each once, in the order of the arguments and then of the names. */
export function findInputFiles(inputs: readonly string[], leavesOut: LeavesOut = () => false): InputFiles {
  const search = new Search(leavesOut);
  for (const input of inputs) {
    search.add(input);
  }
  return { files: [...search.files.values()], unusable: search.unusable, leftOut: search.leftOut.size };
}

class Search {
  /** By their real paths, as links and arguments may lead to a file twice. */
  public readonly files = new Map<string, InputFile>();
  public readonly unusable: Unusable[] = [];
  public readonly leftOut = new Set<string>();
  private readonly folders = new Set<string>();

  public constructor(private readonly leavesOut: LeavesOut) {}

  public add(input: string): void {
    if (input === STDIN_ARGUMENT) {
      this.files.set(STDIN_ARGUMENT, { path: input, isNamed: true });
    } else if (isGlob(input) && !existsSync(input)) {
      this.addGlob(input);
    } else {
      this.visit(input, true);
    }
  }

  /** A glob that the shell has left as it is; a file like any in a folder may be among what it stands for. */
  private addGlob(glob: string): void {
    const paths = expandGlob(glob);
    for (const path of paths) {
      this.visit(path, false);
    }
    if (paths.length === 0) {
      this.unusable.push({ file: glob, message: 'no file matches' });
    }
  }

  private visit(path: string, isNamed: boolean): void {
    try {
      const stats = statSync(path);
      const real = realpathSync.native(path);
      if (this.leavesOut(path, stats.isDirectory())) {
        this.leftOut.add(real);
      } else if (stats.isDirectory()) {
        this.addFolder(path, real);
      } else if (isNamed || isManifest(path, stats)) {
        const before = this.files.get(real);
        this.files.set(real, { path: before?.path ?? path, isNamed: isNamed || before?.isNamed === true });
      }
    } catch (error) {
      if (!('syscall' in (error as Error))) {
        throw error;
      }
      this.unusable.push({ file: path, message: describeSystemError(error as Error) });
    }
  }

  private addFolder(path: string, real: string): void {
    if (this.folders.has(real)) {
      return;
    }
    this.folders.add(real);
    const entries = readdirSync(path, { withFileTypes: true }).filter(isWanted);
    for (const name of entries.map((entry) => entry.name).sort()) {
      this.visit(join(path, name), false);
    }
  }
}

/** Whether an entry of a folder is looked at: a broken link must not matter where its target would not be read. */
function isWanted(entry: Dirent): boolean {
  const { name } = entry;
  const isPassed = name === 'node_modules' || name.startsWith('.') || SETTINGS_FILES.includes(name);
  return !isPassed && (entry.isDirectory() || entry.isSymbolicLink() || hasManifestName(name));
}

function isManifest(path: string, stats: Stats): boolean {
  return stats.isFile() && hasManifestName(path);
}

function hasManifestName(name: string): boolean {
  return /\.(ya?ml|json)$/i.test(name);
}
