import { copyData } from '../../private/copies';
import { createError } from '../../private/errors';
import { findCredential } from './credentials';

/** Settings of software, nested as in its configuration file. */
export type Settings = Readonly<Record<string, unknown>>;

/** Rules for checking the settings that a user gave. */
export interface SettingsRules {
  /** The factory that took the settings, which errors name. */
  readonly source: string;
  /** Noun for one setting in errors. */
  readonly noun: string;
  /** Settings that are not the user's, with what to do instead. */
  readonly reserved: { readonly [name: string]: string };
  /** The reference of the software to a credential: a regular expression; `${NAME}` where it is not given. */
  readonly reference?: string;
  /** Remedy for a credential; to pass it in `secrets` where it is not given. */
  readonly remedy?: string;
}

/**
 * A copy of settings that a user gave.
 *
 * @throws where one is reserved, is no plain data or shows a credential
 */
export function copySettings(rules: SettingsRules, settings: Settings): Settings {
  const { source, noun, reserved, reference, remedy = 'pass it in `secrets`' } = rules;
  const taken = Object.keys(settings).find((name) => Object.keys(reserved).includes(name));
  if (taken !== undefined) {
    throw createError(source, `${noun} "${taken}" cannot be set here; ${reserved[taken]}`);
  }
  const odd = findUnwritable(settings);
  if (odd !== undefined) {
    throw createError(
      source,
      `${noun} "${odd}" is no plain data; pass text, numbers, booleans, lists and objects of these`,
    );
  }
  const shown = findCredential(settings, reference);
  if (shown !== undefined) {
    throw createError(
      source,
      `${noun} "${shown}" is a credential, which would stand in a ConfigMap for all to read; ${remedy}`,
    );
  }
  return copyData(settings);
}

/**
 * Two parts of one configuration, objects joined field by field.
 *
 * @throws where both set one field
 */
export function joinSettings(source: string, noun: string, one: Settings, other: Settings): Settings {
  const path = findClash(one, other);
  if (path !== undefined) {
    throw createError(source, `${noun} "${path}" stands in two places; pass it once`);
  }
  return mergeSettings(one, other);
}

/** One field as nested settings: `auth.password` is a field of `auth`. */
export function toNestedSettings(path: string, value: unknown): Settings {
  return path.split('.').reduceRight((inner: unknown, name) => ({ [name]: inner }), value) as Settings;
}

/** The settings that have a value. */
export function omitUndefined(settings: Settings): Settings {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}

function mergeSettings(one: Settings, other: Settings): Settings {
  const both = Object.entries(other).map(([name, value]) => {
    const known = one[name];
    return [name, isPlainObject(known) && isPlainObject(value) ? mergeSettings(known, value) : value] as const;
  });
  return { ...one, ...Object.fromEntries(both) };
}

function findClash(one: Settings, other: Settings): string | undefined {
  for (const name of Object.keys(other).filter((candidate) => Object.keys(one).includes(candidate))) {
    const [known, value] = [one[name], other[name]];
    const inner = isPlainObject(known) && isPlainObject(value) ? findClash(known, value) : '';
    if (inner !== undefined) {
      return inner ? `${name}.${inner}` : name;
    }
  }
  return undefined;
}

/** The path of the first value that no configuration file can hold. */
function findUnwritable(value: unknown, path: readonly string[] = []): string | undefined {
  if (Array.isArray(value) || isPlainObject(value)) {
    const inner = Object.entries(value).map(([name, each]) => findUnwritable(each, [...path, name]));
    return inner.find((found) => found !== undefined);
  }
  const isPlain = value === null || ['string', 'boolean'].includes(typeof value) || Number.isFinite(value);
  return isPlain ? undefined : path.join('.');
}

function isPlainObject(value: unknown): value is Settings {
  return value !== null && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype;
}
