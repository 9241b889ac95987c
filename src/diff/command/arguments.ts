import { parseChoice, parseOptions, UsageError } from '../../private/command-line';
import { parseVersionOption } from '../../rules/command/version-option';
import { Effect } from '../report';

export const FORMATS = ['text', 'json', 'markdown'] as const;
export type FormatName = (typeof FORMATS)[number];

/** The change that fails a call; `any`, unless said otherwise. */
export const FAILURES = ['any', 'down', 'replace', 'never'] as const;
export type Failure = (typeof FAILURES)[number];

/** One of the two sets of manifests: paths of the working tree, or of a commit. */
export interface Side {
  readonly paths: readonly string[];
  /** The commit, by any name that git has for it; nothing for the working tree. */
  readonly revision?: string;
  /** Whether a path may be missing, as it may have come or gone. */
  readonly mayLack: boolean;
}

/** The two sides of a call, and the way to show how they differ. */
export interface DiffRequest {
  readonly old: Side;
  readonly next: Side;
  /** Whether the old commit is the one that both have in common. */
  readonly isFromFork: boolean;
  readonly format: FormatName;
  readonly failOn: Failure;
  readonly kubernetes?: number;
}

const OPTIONS = {
  format: { type: 'string', default: 'text' },
  'fail-on': { type: 'string', default: 'any' },
  kubernetes: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** Reads the arguments of a call; nothing where it asks for help. Throws a `UsageError` for those that mean nothing. */
export function readDiffRequest(args: readonly string[]): DiffRequest | undefined {
  const { values, before, after } = parse(args);
  if (values.help) {
    return undefined;
  }
  const version = values.kubernetes !== undefined && {
    kubernetes: parseVersionOption('--kubernetes', values.kubernetes),
  };
  return {
    ...(after ? readRevisions(before, after) : readOperands(before)),
    format: parseChoice('--format', values.format, FORMATS),
    failOn: parseChoice('--fail-on', values['fail-on'], FAILURES),
    ...version,
  };
}

/** The options, the words before `--`, and those behind it; nothing there where there is no `--`. */
function parse(args: readonly string[]) {
  const end = args.indexOf('--');
  const [head, after] = end < 0 ? [args, undefined] : [args.slice(0, end), args.slice(end + 1)];
  const { values, positionals } = parseOptions(head, OPTIONS);
  return { values, before: positionals, after };
}

/** `OLD NEW`: files, folders, `-` and `<revision>:<path>`. */
function readOperands(words: readonly string[]): Pick<DiffRequest, 'old' | 'next' | 'isFromFork'> {
  const [old, next] = words;
  if (old === undefined || next === undefined || words.length > 2) {
    throw new UsageError(
      `two sets of manifests are compared, not ${words.length}; write \`OLD NEW\`, or revisions of git and \`--\` before their paths`,
    );
  }
  if (old === '-' && next === '-') {
    throw new UsageError('standard input can be one of the two, not both');
  }
  return { old: toSide(old), next: toSide(next), isFromFork: false };
}

/** A path that has no colon in its first step, or one of a commit. */
function toSide(word: string): Side {
  const [, revision, path] = /^([^:]{2,}):(.*)$/s.exec(word) ?? [];
  return revision === undefined || /[/\\]$/.test(revision)
    ? { paths: [word], mayLack: false }
    : { paths: [path === '' ? '.' : path!], revision, mayLack: false };
}

/** `<revision> [<revision>] -- <path>...`, as `git diff` has it. */
function readRevisions(
  words: readonly string[],
  paths: readonly string[],
): Pick<DiffRequest, 'old' | 'next' | 'isFromFork'> {
  const [, first, dots, second] = /^(.*?)(\.{2,3})(.*)$/.exec(words[0] ?? '') ?? [];
  const [old, next] = dots === undefined ? words : [first || 'HEAD', second || 'HEAD'];
  const expected = dots === undefined ? 2 : 1;
  if (old === undefined || words.length > expected) {
    throw new UsageError(
      'one or two revisions of git stand before `--`, as in `main -- k8s/`, `main HEAD -- k8s/` or `main...HEAD -- k8s/`',
    );
  }
  const all = { paths: paths.length > 0 ? paths : ['.'], mayLack: true };
  return {
    old: { ...all, revision: old },
    next: { ...all, ...(next !== undefined && { revision: next }) },
    isFromFork: dots === '...',
  };
}

/** Whether an effect fails a call. */
export function failsDiff(effect: Effect, failOn: Failure): boolean {
  const effects: Readonly<Record<Failure, readonly Effect[]>> = {
    any: Object.values(Effect),
    down: [Effect.REPLACE, Effect.DOWN],
    replace: [Effect.REPLACE],
    never: [],
  };
  return effects[failOn].includes(effect);
}
