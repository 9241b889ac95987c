import { readFileSync } from 'node:fs';

/** The first child of a process, where it has any. */
export function childOf(pid: number): number | undefined {
  try {
    return Number.parseInt(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8'), 10) || undefined;
  } catch {
    return undefined; // it has ended
  }
}
