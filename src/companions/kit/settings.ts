import { copyOf } from '../../private/copies';
import { failure } from '../../private/errors';
import { credentialIn } from './credentials';

/** Settings of software, nested as in its configuration file. */
export type Settings = Readonly<Record<string, unknown>>;

/** How settings that a user gave are checked. */
export interface SettingsRules {
  /** What errors call the settings: the factory that took them. */
  readonly kind: string;
  /** How errors call one setting. */
  readonly noun: string;
  /** Settings that are not the user's, with what to do instead. */
  readonly reserved: { readonly [name: string]: string };
  /** How the software refers to a credential: a regular expression; `${NAME}` where it is not given. */
  readonly reference?: string;
  /** Where a credential belongs; in `secrets` where it is not given. */
  readonly remedy?: string;
}

/**
 * A copy of settings that a user gave.
 *
 * @throws where one is reserved, is no plain data or shows a credential
 */
export function settingsOf(rules: SettingsRules, settings: Settings): Settings {
  const { kind, noun, reserved, reference, remedy = 'pass it in `secrets`' } = rules;
  const taken = Object.keys(settings).find((name) => Object.keys(reserved).includes(name));
  if (taken !== undefined) {
    throw failure(kind, `${noun} "${taken}" cannot be set here; ${reserved[taken]}`);
  }
  const odd = unwritable(settings);
  if (odd !== undefined) {
    throw failure(kind, `${noun} "${odd}" is no plain data; pass text, numbers, booleans, lists and objects of these`);
  }
  const shown = credentialIn(settings, reference);
  if (shown !== undefined) {
    throw failure(
      kind,
      `${noun} "${shown}" is a credential, which would stand in a ConfigMap for all to read; ${remedy}`,
    );
  }
  return copyOf(settings);
}

/**
 * Two parts of one configuration, objects joined field by field.
 *
 * @throws where both set one field
 */
export function joined(kind: string, noun: string, one: Settings, other: Settings): Settings {
  const path = clash(one, other);
  if (path !== undefined) {
    throw failure(kind, `${noun} "${path}" stands in two places; pass it once`);
  }
  return join(one, other);
}

/** One field as nested settings: `auth.password` is a field of `auth`. */
export function nested(path: string, value: unknown): Settings {
  return path.split('.').reduceRight((inner: unknown, name) => ({ [name]: inner }), value) as Settings;
}

/** The settings that have a value. */
export function stated(settings: Settings): Settings {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}

function join(one: Settings, other: Settings): Settings {
  const both = Object.entries(other).map(([name, value]) => {
    const known = one[name];
    return [name, isObject(known) && isObject(value) ? join(known, value) : value] as const;
  });
  return { ...one, ...Object.fromEntries(both) };
}

function clash(one: Settings, other: Settings): string | undefined {
  for (const name of Object.keys(other).filter((candidate) => Object.keys(one).includes(candidate))) {
    const [known, value] = [one[name], other[name]];
    const inner = isObject(known) && isObject(value) ? clash(known, value) : '';
    if (inner !== undefined) {
      return inner ? `${name}.${inner}` : name;
    }
  }
  return undefined;
}

/** The path of the first value that no configuration file can hold. */
function unwritable(value: unknown, path: readonly string[] = []): string | undefined {
  if (Array.isArray(value) || isObject(value)) {
    const inner = Object.entries(value).map(([name, each]) => unwritable(each, [...path, name]));
    return inner.find((found) => found !== undefined);
  }
  const isPlain = value === null || ['string', 'boolean'].includes(typeof value) || Number.isFinite(value);
  return isPlain ? undefined : path.join('.');
}

function isObject(value: unknown): value is Settings {
  return value !== null && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype;
}
