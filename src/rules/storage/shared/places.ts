import { normalise } from '../../../private/paths';

/** Where a mount lands: a relative path counts from "/", as the kubelet reads it. */
export function placeOf(path: string): string {
  if (isDrive(path)) {
    return path.toLowerCase().replace(/[\\/]+$/, '');
  }
  const isPlain = path.startsWith('/') && !path.endsWith('/') && !path.includes('/.') && !path.includes('//');
  return isPlain ? path : normalise(`/${path}`);
}

/** Whether a path is one such as `C:\data`, which containers of Windows have. */
export function isDrive(path: string): boolean {
  return path[1] === ':' && /^[A-Za-z]/.test(path);
}
