import { posix } from 'node:path';

/** The parts that a path in its one spelling does not have. */
const OTHER_SPELLING = /^$|(^|\/)\.|\/\/|\/$/;

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
  const outer = posix.dirname(inner);
  return outer === inner ? [inner] : [inner, ...listEnclosingPaths(outer)];
}

/** The reason why a path cannot be a mount path, or undefined where there is none. */
export function validateMountPath(path: string): string | undefined {
  if (!path.startsWith('/')) {
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

/** Whether a file name is matched by a shell pattern of `*`, `?` and `[...]`. */
export function matchesPattern(pattern: string, name: string): boolean {
  const expression = pattern.replace(/\[(!?)([^\]]+)\]|[^\w]/g, (token, not, set) => {
    if (set !== undefined) {
      return `[${not ? '^' : ''}${set.replace(/[\\^]/g, '\\$&')}]`;
    }
    return token === '*' ? '.*' : token === '?' ? '.' : `\\${token}`;
  });
  return new RegExp(`^${expression}$`).test(name);
}

/** A name that the pattern of `*` and `?` matches. */
export function toExampleName(pattern: string): string {
  const name = pattern.replace(/\*+$/, '').replace(/\*/g, 'app').replace(/\?/g, 'x');
  return name || 'app';
}
