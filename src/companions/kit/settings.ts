import { throwFirst } from '../../private/errors';
import { readArgument } from '../../private/read-props';
import { describeValue } from '../../private/values';
import { findCredential, showsCredential } from '../../software/credentials';

/** Settings of software, nested as in its configuration file. */
export type Settings = Readonly<Record<string, unknown>>;

/** The place of a value in settings: names of fields, numbers of items in a list. */
export type SettingPath = readonly (string | number)[];

/** Rules for checking the settings that a user gave. */
export interface SettingsRules {
  /** The class or factory that took the settings, which errors name. */
  readonly source: string;
  /** Noun for one setting in errors; `setting` where it is not given. */
  readonly noun?: string;
  /** Settings that are not the user's, in lower case, with what to do instead. */
  readonly reserved?: { readonly [path: string]: string };
  /** The problems of one value, in the words that follow its name; by default of what no configuration file holds. */
  readonly validate?: (value: unknown, path: SettingPath) => string[];
  /** Settings that are credentials although their names do not say so: a regular expression of the whole name. */
  readonly secret?: RegExp;
  /** The reference of the software to a credential: a regular expression; `${NAME}` where it is not given. */
  readonly reference?: string;
  /** Remedy for a credential; to pass it in `secrets` where it is not given. */
  readonly remedy?: string;
}

/** Rules for checking a component of the software, such as a plugin. Its settings have the source `<source>.<name>`. */
export interface ComponentRules extends SettingsRules {
  /** Phrase for its name in its documentation, such as `the name of a plugin`. */
  readonly called: string;
  /** The names that there may be; letters, digits and "_" where it is not given. */
  readonly names?: RegExp;
}

const NAMES = /^[a-z][a-z0-9_]*$/;

/**
 * A copy of settings that a user gave.
 *
 * @throws where one is reserved, is no plain data or shows a credential
 */
export function copySettings(rules: SettingsRules, settings: Settings): Settings {
  const copy = readArgument('any{}', settings, rules.source, 'settings');
  throwFirst(rules.source, validateSettings(rules, copy));
  return copy;
}

/**
 * A copy of the settings that a user gave a component.
 *
 * @throws as `copySettings` does, and where there is no component of this name
 */
export function copyComponentSettings(rules: ComponentRules, name: string, settings: Settings): Settings {
  const { source, called, names = NAMES } = rules;
  const problem = `${describeValue(name)} is not ${called}; pass it as its documentation does, in lower case`;
  throwFirst(source, typeof name === 'string' && names.test(name) ? [] : [problem]);
  return copySettings({ ...rules, source: `${source}.${name}` }, settings);
}

/** One field as nested settings: `auth.password` is a field of `auth`. */
export function toNestedSettings(path: string, value: unknown): Settings {
  return path.split('.').reduceRight((inner: unknown, name) => ({ [name]: inner }), value) as Settings;
}

/** Settings joined with others, which win, objects field by field. */
export function mergeSettings(one: Settings, other: Settings): Settings {
  const both = Object.entries(other).map(([name, value]) => {
    const known = one[name];
    return [name, isPlainObject(known) && isPlainObject(value) ? mergeSettings(known, value) : value] as const;
  });
  return { ...one, ...Object.fromEntries(both) };
}

/** The paths of all values in settings that are no objects with fields. */
export function listLeafPaths(settings: Settings): string[][] {
  return Object.entries(settings).flatMap(([name, value]) => {
    const inner = isPlainObject(value) ? listLeafPaths(value) : [];
    return inner.length > 0 ? inner.map((path) => [name, ...path]) : [[name]];
  });
}

/** The problem that a setting of this path is not the user's. */
export function validateReserved({ noun = 'setting', reserved = {} }: SettingsRules, path: string): string[] {
  const remedy = new Map(Object.entries(reserved)).get(path.toLowerCase());
  return remedy === undefined ? [] : [`${noun} "${path}" cannot be set here; ${remedy}`];
}

export function isPlainObject(value: unknown): value is Settings {
  return value !== null && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype;
}

function validateSettings(rules: SettingsRules, settings: Settings): string[] {
  const { noun = 'setting', validate = validatePlainData, reference, remedy = 'pass it in `secrets`' } = rules;
  const fields = listFields(settings);
  const taken = fields.map(({ path }) => path.filter((part) => typeof part === 'string').join('.'));
  const hidden = fields.find(
    ({ path, value }) => rules.secret?.test(String(path.at(-1))) && showsCredential('token', value, reference),
  );
  const shown = findCredential(settings, reference) ?? hidden?.path.join('.');
  return [
    ...taken.flatMap((path) => validateReserved(rules, path)),
    ...fields.flatMap(({ path, value }) =>
      validate(value, path).map((problem) => `${noun} "${path.join('.')}" ${problem}`),
    ),
    ...(shown === undefined
      ? []
      : [`${noun} "${shown}" is a credential, which would stand in a ConfigMap for all to read; ${remedy}`]),
  ];
}

/** All values in settings, an object before its fields and a list before its items. */
function listFields(value: unknown, path: SettingPath = []): { readonly path: SettingPath; readonly value: unknown }[] {
  const object = isPlainObject(value) ? Object.entries(value) : [];
  const inner = Array.isArray(value) ? [...value.entries()] : object;
  return inner.flatMap(([name, each]) => [
    { path: [...path, name], value: each },
    ...listFields(each, [...path, name]),
  ]);
}

function validatePlainData(value: unknown): string[] {
  const isPlain = value === null || ['string', 'boolean'].includes(typeof value) || Number.isFinite(value);
  return isPlain || Array.isArray(value) || isPlainObject(value)
    ? []
    : ['is no plain data; pass text, numbers, booleans, lists and objects of these'];
}
