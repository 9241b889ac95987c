import { spawnSync } from 'node:child_process';
import { mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { UsageError } from '../../private/command-line';

/** More than this of a repository is not read. */
const MAX_BYTES = 2 ** 30;

/** Manifests, and what tells of them: kustomizations, and the charts of Helm. */
const WANTED = /\.(?:ya?ml|json)$|(?:^|\/)Kustomization$/i;

/** The modes of files; links and submodules are none. */
const FILE = /^100\d{3} blob ([0-9a-f]+)\t([\s\S]+)$/;

/** A repository of git, as seen from a folder in it. */
export class Repository {
  /** The repository around the working directory. */
  public static find(): Repository {
    const root = tryRun(['rev-parse', '--show-toplevel'])
      ?.toString('utf8')
      .replace(/\r?\n$/, '');
    if (root === undefined) {
      throw new UsageError('this is no repository of git, so it has no revisions; compare files or folders');
    }
    return new Repository(realpathSync(root));
  }

  private constructor(private readonly root: string) {}

  /** The commit that a name of git means. */
  public findCommit(revision: string): string {
    // What begins so would be an option of git.
    const found = revision.startsWith('-')
      ? undefined
      : tryRun(['rev-parse', '--verify', '--quiet', `${revision}^{commit}`]);
    if (found === undefined) {
      throw new UsageError(`"${revision}" is no revision of this repository${explainHistory(this.root)}`);
    }
    return found.toString('utf8').trim();
  }

  /** The commit that two others come from. */
  public findFork(a: string, b: string): string {
    const found = tryRun(['merge-base', a, b]);
    if (found === undefined) {
      throw new UsageError(`the two revisions have no commit in common${explainHistory(this.root)}`);
    }
    return found.toString('utf8').trim();
  }

  /**
   * Writes the files of a commit below some paths into a folder, as they stand in the repository, and gives the paths there that are
   * not missing.
   */
  public extract(commit: string, paths: readonly string[], folder: string): { paths: string[]; missing: string[] } {
    mkdirSync(join(folder, '.git'), { recursive: true });
    const files = this.listFiles(commit);
    const wanted = paths.map((path) => ({ path, below: this.toTreePath(path) }));
    const isBelow = (file: string, below: string) => below === '' || file === below || file.startsWith(`${below}/`);
    const found = wanted.filter(({ below }) => [...files.keys()].some((file) => isBelow(file, below)));
    const named = new Set(wanted.map(({ below }) => below));
    const read = [...files].filter(
      ([file]) =>
        named.has(file) || (WANTED.test(file) && (isAside(file) || found.some(({ below }) => isBelow(file, below)))),
    );
    this.writeFiles(read, folder);
    return {
      paths: found.map(({ below }) => join(folder, below)),
      missing: wanted.filter((one) => !found.includes(one)).map(({ path }) => path),
    };
  }

  /** The path of a file as it is seen from the working directory. */
  public toShownPath(file: string): string {
    return relative(realpathSync('.'), join(this.root, file)) || file;
  }

  /** All files of a commit, with their objects. */
  private listFiles(commit: string): Map<string, string> {
    const lines = run(['ls-tree', '-r', '-z', '--full-tree', commit]).toString('utf8').split('\0');
    return new Map(
      lines.flatMap((line) => {
        const [, object, file] = FILE.exec(line) ?? [];
        return object === undefined ? [] : [[file!, object] as const];
      }),
    );
  }

  private toTreePath(path: string): string {
    const below = relative(this.root, resolve(realpathSync('.'), path));
    if (below === '..' || below.startsWith(`..${sep}`)) {
      throw new UsageError(`"${path}" lies outside of the repository, so git knows nothing of it`);
    }
    return below.split(sep).join('/');
  }

  private writeFiles(files: readonly (readonly [file: string, object: string])[], folder: string): void {
    const answer = run(['cat-file', '--batch'], files.map(([, object]) => `${object}\n`).join(''));
    let start = 0;
    for (const [file] of files) {
      const end = answer.indexOf(10, start);
      const size = Number(answer.toString('utf8', start, end).split(' ')[2]);
      const path = join(folder, ...file.split('/'));
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, answer.subarray(end + 1, end + 1 + size));
      start = end + 1 + size + 1;
    }
  }
}

/** Files that say what others are. */
function isAside(file: string): boolean {
  return /(?:^|\/)(?:kustomization\.ya?ml|Kustomization|Chart\.yaml)$/.test(file);
}

/** CI servers fetch one commit, unless they are told otherwise. */
function explainHistory(root: string): string {
  const isShallow = tryRun(['rev-parse', '--is-shallow-repository'], root)?.toString('utf8').trim() === 'true';
  return isShallow ? '; its history is cut off, so fetch all of it (`fetch-depth: 0` of actions/checkout)' : '';
}

function tryRun(args: readonly string[], cwd?: string): Buffer | undefined {
  const { status, stdout, error } = spawnSync('git', [...args], { cwd, maxBuffer: MAX_BYTES });
  if (error) {
    throw new UsageError(`git cannot be run (${error.message}), so there are no revisions; compare files or folders`);
  }
  return status === 0 ? stdout : undefined;
}

function run(args: readonly string[], input = ''): Buffer {
  const { status, stdout, stderr } = spawnSync('git', [...args], { input, maxBuffer: MAX_BYTES });
  if (status !== 0) {
    throw new UsageError(`git ${args[0]} failed: ${String(stderr).trim().split('\n')[0]}`);
  }
  return stdout;
}
