import { posix } from 'node:path';
import { memoizeByText } from './memo';

/** The parts that a path in its one spelling does not have. */
const OTHER_SPELLING = /^$|(^|\/)\.|\/\/|\/$/;

/** One step of a pattern: any letters, or a test of one letter. */
type Step = '*' | ((letter: string) => boolean);

/** The path in its one spelling: no `//`, `.` or `..`, no slash at its end. */
export function normalizePath(path: string): string {
  if (!OTHER_SPELLING.test(path)) {
    return path;
  }
  const clean = posix.normalize(path);
  return clean.length > 1 ? clean.replace(/\/$/, '') : clean;
}

/** Whether `path` is `directory` itself or lies below it. */
export function containsPath(directory: string, path: string): boolean {
  const root = normalizePath(directory);
  const inner = normalizePath(path);
  return inner === root || inner.startsWith(root === '/' ? root : `${root}/`);
}

/** The path and the directories around it, from the inside out. */
export function listEnclosingPaths(path: string): string[] {
  const inner = normalizePath(path);
  const root = inner.startsWith('/') ? '/' : '.';
  const paths = inner === root ? [] : [inner];
  for (let end = inner.lastIndexOf('/'); end > 0; end = inner.lastIndexOf('/', end - 1)) {
    paths.push(inner.slice(0, end));
  }
  return [...paths, root];
}

/** The reason why a path cannot be a mount path, or undefined where there is none. */
export function validateMountPath(path: string): string | undefined {
  if (typeof path !== 'string' || !path.startsWith('/')) {
    return 'is not absolute; begin it with "/"';
  }
  if (path.includes(':')) {
    return 'contains ":", which Kubernetes forbids in a mount path; choose another directory';
  }
  if (normalizePath(path) === '/') {
    return 'would hide the whole file system of the image; mount a directory below "/"';
  }
  return undefined;
}

/** Whether a shell pattern matches a path; `*` takes no `/`, but `**` does. Takes time in proportion to both lengths. */
export function matchesPath(pattern: string, path: string): boolean {
  const parts = normalizePath(pattern).split('/');
  const names = normalizePath(path).split('/');
  return parts.includes('**')
    ? matchesPattern(pattern, path)
    : parts.length === names.length && parts.every((part, index) => matchesPattern(part, names[index]!));
}

/** Whether a shell pattern of `*`, `?` and `[...]` matches a text; `*` takes any letters. */
export function matchesPattern(pattern: string, text: string): boolean {
  const steps = parseSteps(pattern);
  let step = 0;
  let letter = 0;
  let star = -1;
  let taken = 0;
  while (letter < text.length) {
    const now = steps[step];
    if (now === '*') {
      star = step++;
      taken = letter;
    } else if (now?.(text[letter]!)) {
      step++;
      letter++;
    } else if (star >= 0) {
      step = star + 1;
      letter = ++taken;
    } else {
      return false;
    }
  }
  return steps.slice(step).every((rest) => rest === '*');
}

/** The directory of a pattern up to its first wildcard, and whether what follows may lie in directories below. */
export function toFixedDirectory(pattern: string): { readonly directory: string; readonly isDeep: boolean } {
  const wildcard = pattern.search(/[*?[{]/);
  const fixed = wildcard < 0 ? pattern : pattern.slice(0, wildcard);
  const directory = fixed.slice(0, fixed.lastIndexOf('/')) || '/';
  return { directory, isDeep: wildcard >= 0 && pattern.slice(wildcard).includes('/') };
}

/** A name that the pattern of `*` and `?` matches. */
export function toExampleName(pattern: string): string {
  const name = pattern.replace(/\*+$/, '').replace(/\*/g, 'app').replace(/\?/g, 'x');
  return name || 'app';
}

const parseSteps = memoizeByText((pattern: string): readonly Step[] => {
  const tokens = pattern.match(/\*+|\[!?[^\]]+\]|[\s\S]/g) ?? [];
  return tokens.map((token): Step => {
    if (token[0] === '*') {
      return '*';
    }
    return token === '?' ? () => true : token.length > 1 ? parseLetterSet(token) : (letter) => letter === token;
  });
});

/** `[abc]`, `[a-z]` or `[!a]`. */
function parseLetterSet(token: string): (letter: string) => boolean {
  const isNot = token[1] === '!' && token !== '[!]';
  const ranges = token.slice(isNot ? 2 : 1, -1).match(/[\s\S]-[\s\S]|[\s\S]/g) ?? [];
  return (letter) => isNot !== ranges.some((range) => letter >= range[0]! && letter <= range[range.length - 1]!);
}
