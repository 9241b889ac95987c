import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findPackageFolder } from '../private/package-folder';

/** The generations of cdk8s-plus for which there is a package, the oldest first, with the lowest release that each takes. */
export const GENERATIONS = { 28: '2.5.6', 33: '2.5.57', 34: '2.0.54' } as const;

export type Generation = `${keyof typeof GENERATIONS}`;
export const GENERATION_NAMES = Object.keys(GENERATIONS) as Generation[];

/** The parts of package.json that are read here. */
interface PackageDescription {
  readonly name: string;
  readonly version: string;
  readonly peerDependencies: Readonly<Record<string, string>>;
}

/** The generation that this package is made for, or the newest where it is the package without a number. */
export function findGeneration(): Generation {
  const { name } = readDescription();
  return (
    GENERATION_NAMES.find((generation) => name.endsWith(`-${generation}`)) ??
    GENERATION_NAMES[GENERATION_NAMES.length - 1]!
  );
}

/** The name of the package for a generation. */
export function toPackageName(generation: Generation): string {
  const [first] = GENERATION_NAMES;
  return `cdk8s-pod-patterns${generation === first ? '' : `-${generation}`}`;
}

/** The packages that a project of a generation imports, with the versions that it may have. */
export function listDependencies(generation: Generation): Record<string, string> {
  const { version, peerDependencies } = readDescription();
  const { cdk8s, constructs } = peerDependencies;
  return {
    cdk8s: cdk8s!,
    [`cdk8s-plus-${generation}`]: `^${GENERATIONS[generation]}`,
    [toPackageName(generation)]: `^${version}`,
    constructs: constructs!,
  };
}

function readDescription(): PackageDescription {
  return JSON.parse(readFileSync(join(findPackageFolder(), 'package.json'), 'utf8'));
}
