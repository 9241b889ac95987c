import { isAbsolute, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';

/** A file as seen from the working directory, which is where a repository stands when it is checked. */
export function toRelativePath(file: string): string {
  const path = isAbsolute(file) ? relative(process.cwd(), file) : relative('.', file);
  return path.split(sep).join('/');
}

/** The same as a URI, which is relative wherever that is possible. */
export function toUri(file: string): string {
  const path = toRelativePath(file);
  return isAbsolute(path) ? pathToFileURL(path).href : path.split('/').map(encodeURIComponent).join('/');
}
