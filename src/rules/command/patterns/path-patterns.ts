import { renderGlob } from './glob';

/** One pattern, read. */
interface PathPattern {
  readonly isNegated: boolean;
  readonly isForFolders: boolean;
  readonly expression: RegExp;
}

/** Patterns of paths with the meaning of `.gitignore`: https://git-scm.com/docs/gitignore#_pattern_format */
export class PathPatterns {
  /** From the last to the first, as the last one that matches counts. */
  private readonly patterns: readonly PathPattern[];
  /** The answers for folders: files of one folder are asked for one after the other. */
  private readonly folders = new Map<string, boolean>();

  public constructor(lines: readonly string[]) {
    this.patterns = lines.flatMap((line) => parsePathPattern(line) ?? []).reverse();
  }

  /** Whether there are any. */
  public get isEmpty(): boolean {
    return this.patterns.length === 0;
  }

  /**
   * Whether the last pattern that matches takes a path in; what stands in a folder that is taken in is so, too.
   *
   * @param path as seen from where the patterns stand, with `/`
   */
  public has(path: string, isFolder = false): boolean {
    const cut = path.lastIndexOf('/');
    return (cut > 0 && this.hasFolder(path.slice(0, cut))) || this.matchesItself(path, isFolder);
  }

  private hasFolder(path: string): boolean {
    const known = this.folders.get(path);
    const answer = known ?? this.has(path, true);
    this.folders.set(path, answer);
    return answer;
  }

  private matchesItself(path: string, isFolder: boolean): boolean {
    const last = this.patterns.find(
      ({ isForFolders, expression }) => (isFolder || !isForFolders) && expression.test(path),
    );
    return last !== undefined && !last.isNegated;
  }
}

function parsePathPattern(line: string): PathPattern | undefined {
  const [, mark, body] = /^(!?)([\s\S]*)$/.exec(line.startsWith('#') ? '' : omitSpaces(line))!;
  const isForFolders = body!.endsWith('/');
  const pattern = isForFolders ? body!.slice(0, -1) : body!;
  return pattern === ''
    ? undefined
    : { isNegated: mark === '!', isForFolders, expression: new RegExp(`^${renderPathPattern(pattern)}$`, 'su') };
}

/** Spaces at the end do not count, unless the last of them is quoted. */
function omitSpaces(line: string): string {
  return line.replace(/(?<!\\) +$/, '');
}

/** A pattern with a slash counts from where it stands, one without it for a name in any folder. */
function renderPathPattern(pattern: string): string {
  if (!pattern.includes('/')) {
    return `(?:.*/)?${renderGlob(pattern)}`;
  }
  const steps = pattern.replace(/^\//, '').split('/');
  return steps.map((step, index) => renderStep(step, index, steps.length)).join('');
}

function renderStep(step: string, index: number, count: number): string {
  const isLast = index === count - 1;
  if (!/^\*\*+$/.test(step)) {
    return isLast ? renderGlob(step) : `${renderGlob(step)}/`;
  }
  return isLast ? '.+' : '(?:.*/)?';
}
