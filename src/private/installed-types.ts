import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type * as zlib from 'node:zlib';
import { memoizeByText } from './memo';

/** The types that jsii knows of a package, as far as they are read here. */
type Types = Readonly<
  Record<string, { readonly interfaces?: string[]; readonly properties?: { readonly name: string }[] }>
>;

const PACKAGES = ['cdk8s-plus-28', 'cdk8s'];

/**
 * Whether a struct of the cdk8s or cdk8s-plus that is installed has this prop: it may be newer than our table. A package whose types
 * cannot be read, as in a bundle, may have any. Takes long, and is asked for what would be an error otherwise.
 */
export function hasInstalledProp(struct: string, prop: string): boolean {
  return PACKAGES.some((name) => {
    const types = readInstalledTypes(name);
    return types === undefined || listProps(types, `${name}.${struct}`).includes(prop);
  });
}

/** Whether an enum of the cdk8s or cdk8s-plus that is installed has this value. */
export function hasInstalledValue(name: string, value: unknown): boolean {
  return PACKAGES.some((module) => Object.values(require(module)[name] ?? {}).includes(value));
}

function listProps(types: Types, name: string): string[] {
  const { interfaces = [], properties = [] } = types[name] ?? {};
  return [...properties.map((prop) => prop.name), ...interfaces.flatMap((base) => listProps(types, base))];
}

const readInstalledTypes = memoizeByText((name: string): Types | undefined => {
  try {
    const directory = dirname(require.resolve(`${name}/package.json`));
    const assembly = JSON.parse(readFileSync(join(directory, '.jsii'), 'utf8'));
    if (assembly.filename === undefined) {
      return assembly.types;
    }
    const { gunzipSync } = require('node:zlib') as typeof zlib; // takes long to load
    return JSON.parse(gunzipSync(readFileSync(join(directory, assembly.filename))).toString()).types;
  } catch {
    return undefined;
  }
});
