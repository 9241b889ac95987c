// The functions of `node:path` that rules call, for paths of POSIX.

function normalizeParts(path) {
  const parts = [];
  for (const part of path.split('/')) {
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') {
      parts.pop();
    } else if (part === '..' ? !path.startsWith('/') : part !== '' && part !== '.') {
      parts.push(part);
    }
  }
  return parts.join('/');
}

export function normalize(path) {
  const [root, rest] = [path.startsWith('/') ? '/' : '', normalizeParts(path)];
  const end = path.endsWith('/') && rest !== '' ? '/' : '';
  return root + rest + end || (path.endsWith('/') ? './' : '.');
}

export function join(...parts) {
  const path = parts.filter((part) => part !== '').join('/');
  return path === '' ? '.' : normalize(path);
}

/** There is no working directory, so relative paths are those below the root. */
export function resolve(...parts) {
  const from = parts.findLastIndex((part) => part.startsWith('/'));
  return `/${normalizeParts(`/${parts.slice(Math.max(from, 0)).join('/')}`)}`;
}

export function dirname(path) {
  const whole = path.replace(/\/+$/, '');
  const end = whole.lastIndexOf('/');
  const isTop = end <= 0 || (end === 1 && path.startsWith('/'));
  return isTop ? (path.startsWith('/') ? (end === 1 ? '//' : '/') : end === -1 ? '.' : '/') : whole.slice(0, end);
}

export function basename(path, extension = '') {
  const name = /([^/]*)\/*$/.exec(path)[1];
  return name !== extension && name.endsWith(extension) ? name.slice(0, name.length - extension.length) : name;
}

export const posix = { normalize, join, resolve, dirname, basename };
