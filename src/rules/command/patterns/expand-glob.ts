import { type Dirent, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expandBraces, isGlob, renderGlob } from './glob';

/** The paths that a glob stands for, in the order of their names: `*` and `**` pass over hidden entries and node_modules. */
export function expandGlob(glob: string): string[] {
  const found = expandBraces(glob).flatMap((one) => {
    const steps = one.split('/');
    return one.startsWith('/') ? collectPaths('/', steps.slice(1)) : collectPaths('', steps);
  });
  return [...new Set(found)];
}

function collectPaths(base: string, steps: readonly string[]): string[] {
  const [step, ...rest] = steps;
  if (step === undefined) {
    return [base];
  }
  if (step === '**') {
    const below = listEntries(base).filter((entry) => entry.isDirectory());
    return [...collectPaths(base, rest), ...below.flatMap(({ name }) => collectPaths(join(base, name), steps))];
  }
  return listNames(base, step).flatMap((name) => collectPaths(join(base, name), rest));
}

function listNames(base: string, step: string): string[] {
  if (!isGlob(step)) {
    return existsSync(join(base, step)) ? [step] : [];
  }
  const expression = new RegExp(`^${renderGlob(step)}$`, 'su');
  return listEntries(base, step.startsWith('.'))
    .map(({ name }) => name)
    .filter((name) => expression.test(name));
}

function listEntries(folder: string, isHiddenWanted = false): Dirent[] {
  try {
    return readdirSync(folder || '.', { withFileTypes: true })
      .filter(({ name }) => name !== 'node_modules' && (isHiddenWanted || !name.startsWith('.')))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
}
