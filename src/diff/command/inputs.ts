import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { UsageError } from '../../private/command-line';
import type { Unusable } from '../../rules/command/files';
import { readInput } from '../../rules/command/input';
import { readTerminalInput, type Terminal } from '../../rules/command/terminal';
import type { ObjectView } from '../../rules/model/object-view';
import type { DiffRequest, Side } from './arguments';
import { Repository } from './git';

/** The content of one side. */
export interface SideInput {
  readonly objects: readonly ObjectView[];
  readonly unusable: readonly Unusable[];
}

/** Reads both sides; what one of them lacks is told, and the rest is read all the same. */
export async function readSides(
  { old, next, isFromFork }: DiffRequest,
  terminal: Terminal,
): Promise<{ old: SideInput; next: SideInput }> {
  const isOfGit = old.revision !== undefined || next.revision !== undefined;
  const repository = isOfGit ? Repository.find() : undefined;
  const commits = [old, next].map(({ revision }) =>
    revision === undefined ? undefined : repository!.findCommit(revision),
  );
  const fork = isFromFork ? repository!.findFork(commits[0]!, commits[1]!) : commits[0];
  return {
    old: await readSide(old, fork, repository, terminal),
    next: await readSide(next, commits[1], repository, terminal),
  };
}

function readSide(
  side: Side,
  commit: string | undefined,
  repository: Repository | undefined,
  terminal: Terminal,
): Promise<SideInput> {
  return commit === undefined ? readTree(side, terminal) : readCommit(side, commit, repository!);
}

/** Files may hold no object: one that is emptied is a change, too. */
async function readTree({ paths, mayLack }: Side, terminal: Terminal): Promise<SideInput> {
  const { objects, unusable } = await readTerminalInput(paths, terminal, { isPartial: true });
  return { objects, unusable: mayLack ? unusable.filter(({ message }) => !isMissing(message)) : unusable };
}

function isMissing(message: string): boolean {
  return /^no such file|^no file matches/.test(message);
}

async function readCommit({ paths, mayLack }: Side, commit: string, repository: Repository): Promise<SideInput> {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-pod-patterns-'));
  try {
    const found = repository.extract(commit, paths, folder);
    if (found.missing.length > 0 && !mayLack) {
      throw new UsageError(`"${found.missing[0]}" is not in that revision`);
    }
    const { objects, unusable } = await readInput(found.paths, [], { isPartial: true });
    const toShown = (file: string) => repository.toShownPath(relative(folder, file).split(sep).join('/'));
    return {
      objects: objects.map((object) => {
        const { file } = object.source;
        return file === undefined ? object : object.inFile(toShown(file));
      }),
      unusable: unusable.map(({ file, message }) => ({ file: toShown(file), message })),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
