import { type Dirent, readdirSync, realpathSync, type Stats, statSync } from 'node:fs';
import { join } from 'node:path';

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
}

/** The files that arguments stand for, each once, in the order of the arguments and then of the names. */
export function findInputFiles(inputs: readonly string[]): InputFiles {
  const search = new Search();
  for (const input of inputs) {
    search.add(input);
  }
  return { files: [...search.files.values()], unusable: search.unusable };
}

class Search {
  /** By their real paths, as links and arguments may lead to a file twice. */
  public readonly files = new Map<string, InputFile>();
  public readonly unusable: Unusable[] = [];
  private readonly folders = new Set<string>();

  public add(input: string): void {
    if (input === STDIN_ARGUMENT) {
      this.files.set(STDIN_ARGUMENT, { path: input, isNamed: true });
    } else {
      this.visit(input, true);
    }
  }

  private visit(path: string, isNamed: boolean): void {
    try {
      const stats = statSync(path);
      const real = realpathSync(path);
      if (stats.isDirectory()) {
        this.addFolder(path, real);
      } else if (isNamed || isManifest(path, stats)) {
        const before = this.files.get(real);
        this.files.set(real, { path: before?.path ?? path, isNamed: isNamed || before?.isNamed === true });
      }
    } catch (error) {
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
  const isPassed = name === 'node_modules' || name.startsWith('.');
  return !isPassed && (entry.isDirectory() || entry.isSymbolicLink() || hasManifestName(name));
}

function isManifest(path: string, stats: Stats): boolean {
  return stats.isFile() && hasManifestName(path);
}

function hasManifestName(name: string): boolean {
  return /\.(ya?ml|json)$/i.test(name);
}

/** Why a call to the system failed, without its code, its name and the path, which the reader knows. */
export function describeSystemError({ message }: Error): string {
  return message
    .split('\n')[0]!
    .replace(/^E[A-Z]+: /, '')
    .replace(/, \w+( '.*')?$/, '');
}
