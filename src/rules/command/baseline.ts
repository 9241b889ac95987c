import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { describeSystemError, UsageError } from '../../private/command-line';
import { describeProblem } from '../report';
import { STDIN_NAME } from './input';
import { omitNumbers } from './stable-path';
import type { Verdict } from './verdict';

/** A finding as a baseline keeps it: whatever does not change when lines move. */
interface Entry {
  readonly rule: string;
  /** Kind and name; nothing for what is no object. */
  readonly object?: string;
  readonly namespace?: string;
  readonly path: string;
  readonly message: string;
  /** As seen from the folder of the baseline. */
  readonly file: string;
  /** The number of findings that are the same in all this. */
  readonly count?: number;
}

/** Changes when older versions of this command could not read the file. */
const SHAPE_VERSION = 1;

/** Findings that are known and do not count. */
export class Baseline {
  /** @throws a `UsageError` where the file cannot be read */
  public static read(file: string): Baseline {
    const text = readText(file);
    return new Baseline(file, text.split('\n'), parseEntries(text, file));
  }

  private readonly left = new Map<string, number>();

  private constructor(
    public readonly file: string,
    private readonly lines: readonly string[],
    private readonly entries: readonly Entry[],
  ) {
    for (const entry of entries) {
      const key = toKey(entry);
      this.left.set(key, (this.left.get(key) ?? 0) + (entry.count ?? 1));
    }
  }

  /** Whether a finding is known; each is counted once. */
  public take(verdict: Verdict): boolean {
    const key = toKey(toEntry(verdict, this.file));
    const left = this.left.get(key) ?? 0;
    this.left.set(key, left - 1);
    return left > 0;
  }

  /**
   * The entries that no finding took, with their lines.
   *
   * @param files those that were read: of others nothing is known, unless they are gone
   */
  public listLeft(files: Iterable<string>): { readonly line: number; readonly entry: Entry }[] {
    const seen = new Set([...files].map((file) => toInnerPath(file, this.file)));
    const isGone = ({ file }: Entry) => file !== STDIN_NAME && !existsSync(join(dirname(this.file), file));
    return this.entries
      .map((entry) => ({ entry, line: this.findLine(entry) }))
      .filter(({ entry }) => (this.left.get(toKey(entry)) ?? 0) > 0 && (seen.has(entry.file) || isGone(entry)));
  }

  /** The line of an entry, or of its message where the file has another layout than the one below. */
  private findLine(entry: Entry): number {
    const [whole, message] = [JSON.stringify(entry), JSON.stringify(entry.message)];
    const index = this.lines.findIndex((line) => line.startsWith(whole));
    return Math.max(index === -1 ? this.lines.findIndex((line) => line.includes(message)) : index, 0) + 1;
  }
}

/** Writes findings into a file, one a line, so that its changes can be read. */
export function writeBaseline(file: string, verdicts: readonly Verdict[]): void {
  const counts = new Map<string, Entry>();
  for (const verdict of verdicts) {
    const entry = toEntry(verdict, file);
    const before = counts.get(toKey(entry));
    counts.set(toKey(entry), before ? { ...before, count: (before.count ?? 1) + 1 } : entry);
  }
  const lines = [...counts.values()].map((entry) => JSON.stringify(entry)).sort();
  const text = `{\n"version": ${SHAPE_VERSION},\n"findings": [\n${lines.join(',\n')}\n]\n}\n`;
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new UsageError(`cannot write ${file}: ${describeSystemError(error as Error)}`);
  }
}

function parseEntries(text: string, file: string): Entry[] {
  const { version, findings } = parseJson(text);
  if (version !== SHAPE_VERSION || !Array.isArray(findings) || !findings.every(isEntry)) {
    throw new UsageError(`${file} is no baseline; write one with \`--write-baseline\``);
  }
  return findings;
}

function isEntry(entry: unknown): entry is Entry {
  const { rule, path, message, file } = (entry ?? {}) as Record<string, unknown>;
  return [rule, path, message, file].every((part) => typeof part === 'string');
}

function parseJson(text: string): { readonly version?: unknown; readonly findings?: unknown } {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${file}: ${describeSystemError(error as Error)}; \`--write-baseline\` writes it`);
  }
}

function toEntry(verdict: Verdict, baseline: string): Entry {
  const { rule, kind, name, namespace, path, stablePath = path, file = '' } = verdict;
  const object = kind === undefined && name === undefined ? undefined : `${kind ?? ''}/${name ?? ''}`;
  return {
    rule,
    object,
    namespace,
    path: omitNumbers(stablePath),
    message: omitNumbers(describeProblem(verdict)),
    file: toInnerPath(file, baseline),
  };
}

/** An object is the same in another file; what is none is known by its file. */
function toKey({ rule, object, namespace, path, message, file }: Entry): string {
  return JSON.stringify([rule, object ?? file, namespace, path, message]);
}

function toInnerPath(file: string, baseline: string): string {
  return file === STDIN_NAME
    ? file
    : relative(dirname(resolve(baseline)), resolve(file))
        .split(sep)
        .join('/');
}
