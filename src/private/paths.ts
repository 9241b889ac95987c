import { posix } from 'node:path';

/** What a path in its one spelling has not. */
const OTHER_SPELLING = /^$|(^|\/)\.|\/\/|\/$/;

/** The path in its one spelling: no `//`, `.` or `..`, no slash at its end. */
export function normalise(path: string): string {
  if (!OTHER_SPELLING.test(path)) {
    return path;
  }
  const clean = posix.normalize(path);
  return clean.length > 1 ? clean.replace(/\/$/, '') : clean;
}

/** Whether `path` is `directory` itself or lies below it. */
export function covers(directory: string, path: string): boolean {
  const root = normalise(directory);
  const inner = normalise(path);
  return inner === root || inner.startsWith(root === '/' ? root : `${root}/`);
}

/** The path and the directories around it, from the inside out. */
export function aroundPath(path: string): string[] {
  const inner = normalise(path);
  const outer = posix.dirname(inner);
  return outer === inner ? [inner] : [inner, ...aroundPath(outer)];
}

/** What keeps a path from being a mount path, or undefined where nothing does. */
export function mountPathProblem(path: string): string | undefined {
  if (!path.startsWith('/')) {
    return 'is not absolute; begin it with "/"';
  }
  if (path.includes(':')) {
    return 'contains ":", which Kubernetes forbids in a mount path; choose another directory';
  }
  if (normalise(path) === '/') {
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
export function exampleOf(pattern: string): string {
  const name = pattern.replace(/\*+$/, '').replace(/\*/g, 'app').replace(/\?/g, 'x');
  return name || 'app';
}
