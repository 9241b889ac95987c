import type { IConstruct } from 'constructs';
import { findOwner } from './errors';
import { isPlainObject } from './values';

/** Settings by their keys; an object of plain data holds settings itself. */
export type Settings = Readonly<Record<string, unknown>>;

const NONE: Settings = {};

/** The settings of each construct that has any, and the first of those below it that have read them. */
const settings = new WeakMap<IConstruct, Settings>();
const readers = new WeakMap<IConstruct, IConstruct>();

/**
 * Adds settings of a construct, which hold for all below it.
 *
 * @returns the keys that have another value there already, in which case nothing is added
 */
export function addSettings(scope: IConstruct, added: Settings): string[] {
  const known = settings.get(scope) ?? NONE;
  const contradictions = findContradictions(known, added);
  if (contradictions.length === 0) {
    settings.set(scope, mergeSettings(known, added));
  }
  return contradictions;
}

/** The settings that hold for a construct: key by key those of the nearest construct that has any. */
export function collectSettings(construct: IConstruct): Settings {
  return mergeScopes(construct.node.scopes);
}

/** The same for one that keeps what it reads, so that all constructs above it must have their settings by then. */
export function readSettingsOnce(construct: IConstruct): Settings {
  const { scopes } = construct.node;
  for (const scope of scopes) {
    if (!readers.has(scope)) {
      readers.set(scope, construct);
    }
  }
  return mergeScopes(scopes);
}

/** The path of a construct that has read the settings of this one and keeps them, where there is any. */
export function findReader(scope: IConstruct): string | undefined {
  const reader = readers.get(scope);
  return reader && findOwner(reader).node.path;
}

function mergeScopes(scopes: readonly IConstruct[]): Settings {
  return scopes.reduce((far, scope) => {
    const near = settings.get(scope);
    return near ? mergeSettings(far, near) : far;
  }, NONE);
}

function mergeSettings(far: Settings, near: Settings): Settings {
  const merged: Record<string, unknown> = { ...far };
  for (const [key, value] of Object.entries(near)) {
    const other = merged[key];
    merged[key] = isPlainObject(value) && isPlainObject(other) ? mergeSettings(other, value) : value;
  }
  return merged;
}

function findContradictions(known: Settings, added: Settings): string[] {
  return Object.entries(added).flatMap(([key, value]) => {
    const other = known[key];
    if (isPlainObject(value) && isPlainObject(other)) {
      return findContradictions(other, value).map((inner) => `${key}.${inner}`);
    }
    return other === undefined || other === value || JSON.stringify(other) === JSON.stringify(value) ? [] : [key];
  });
}
