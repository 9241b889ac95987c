import { normalizePath } from '../../../private/paths';

/** The place at which a mount lands: a relative path counts from "/", as the kubelet reads it. */
export function normalizeMountPath(path: string): string {
  if (isDrive(path)) {
    return path.toLowerCase().replace(/[\\/]+$/, '');
  }
  const isPlain = path.startsWith('/') && !path.endsWith('/') && !path.includes('/.') && !path.includes('//');
  return isPlain ? path : normalizePath(`/${path}`);
}

/** Whether a path is one such as `C:\data`, which containers of Windows have. */
export function isDrive(path: string): boolean {
  return path[1] === ':' && /^[A-Za-z]/.test(path);
}

/** Whether a path leads upwards somewhere. */
export function isClimbing(path: string): boolean {
  return path.includes('..') && path.split('/').includes('..');
}
