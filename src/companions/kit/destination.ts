import type * as kplus from 'cdk8s-plus-28';
import { throwFirst } from '../../private/errors';
import { omitUndefined } from '../../private/own';
import { readArgument } from '../../private/read-props';
import { findCredential } from '../../software/credentials';
import {
  type ComponentRules,
  copyComponentSettings,
  isPlainObject,
  listLeafPaths,
  mergeSettings,
  type Settings,
  toNestedSettings,
  validateReserved,
} from './settings';

/** Values from Secrets, by the settings that they are for. */
export type Secrets = { readonly [setting: string]: kplus.SecretValue };

/** The receiver that an agent sends its records to: an output, a sink or an exporter. */
export interface Destination {
  readonly name: string;
  readonly settings: Settings;
  /** Values from Secrets, which are in no configuration. */
  readonly secrets: Secrets;
  readonly style: SettingStyle;
}

/**
 * Meaning of a dot in the name of a setting: in a `nested` one it parts an object from its field, in a `dotted` one it does
 * so too but stays as it is written, in a `plain` one it is a sign like others, and case means nothing.
 */
export type SettingStyle = 'nested' | 'dotted' | 'plain';

/** Rules for checking the destinations of one agent. */
export interface DestinationRules extends ComponentRules {
  readonly style: SettingStyle;
  /**
   * Writes a text of an option so that the software reads the same, and replaces no variable in it; gives nothing where
   * that cannot be said. Texts stay as they are where it is not given.
   */
  readonly toLiteral?: (text: string) => string | undefined;
}

/** The parts of a destination that a factory makes of its options. */
export interface DestinationParts {
  /** Settings that the user may not set again; those without a value are left open. */
  readonly own?: Settings;
  /** Settings that hold where neither factory nor user says anything else. */
  readonly defaults?: Settings;
  /** Credentials, by the settings that they are for. */
  readonly credentials?: { readonly [setting: string]: kplus.SecretValue | undefined };
  /** Two options of which none does without the other. */
  readonly pair?: { readonly [option: string]: kplus.SecretValue | undefined };
}

/** The additions of a user to the options of a factory. */
export interface DestinationOptions {
  readonly settings?: Settings;
  readonly secrets?: Secrets;
}

/** A name, followed by those of fields after dots. */
const SECRET = /^[A-Za-z_][\w-]*(\.[A-Za-z_][\w-]*)*$/;

/**
 * A destination. What the factory has set and what the user adds never contradict each other in silence.
 *
 * @throws where they do, half of a pair is missing, or a setting is not one of the user's
 */
export function toDestination(
  rules: DestinationRules,
  name: string,
  parts: DestinationParts,
  options: DestinationOptions = {},
): Destination {
  const { source, style } = rules;
  throwFirst(`${source}.${name}`, validateOptions(rules, options));
  const literal = toLiterals(rules, name, parts.own ?? {});
  const own = copyComponentSettings(rules, name, omitUndefined(literal));
  const added = options.settings === undefined ? {} : copyComponentSettings(rules, name, options.settings);
  const set = new Set(Object.keys({ ...own, ...added }).map((setting) => setting.toLowerCase()));
  const defaults = Object.entries(parts.defaults ?? {}).filter(([setting]) => !set.has(setting.toLowerCase()));
  const settings = omitUndefined(mergeSettings({ ...literal, ...Object.fromEntries(defaults), ...own }, added));
  const { secrets: more = {} } = options;
  const secrets = [
    omitUndefined(parts.credentials ?? {}),
    readArgument('SecretValue{}', more, `${source}.${name}`, 'secrets'),
  ];
  throwFirst(`${source}.${name}`, [
    ...validatePair(parts.pair ?? {}),
    ...validateAddition(rules, own, added),
    ...validateSecrets(
      rules,
      settings,
      secrets.flatMap((each) => Object.keys(each)),
    ),
  ]);
  return { name, settings, secrets: Object.assign({}, ...secrets), style };
}

/** The settings of a destination, with references in the places of its credentials. */
export function toSettingsWithReferences(
  { settings, secrets, style }: Destination,
  toReference: (setting: string) => unknown,
): Settings {
  const references = Object.keys(secrets).map((setting) =>
    style === 'nested' ? toNestedSettings(setting, toReference(setting)) : { [setting]: toReference(setting) },
  );
  return references.reduce(mergeSettings, settings);
}

/** The settings that a factory makes of options: their texts mean what they say. */
function toLiterals(
  { source, toLiteral = (text) => text }: DestinationRules,
  name: string,
  settings: Settings,
): Settings {
  const convert = (value: unknown, path: readonly string[]): unknown => {
    if (typeof value === 'string') {
      const text = toLiteral(value);
      const problem = `setting "${path.join('.')}" would be "${value}" with a variable in it, and the text of an option stands for itself; pass the setting in \`settings\`, which may refer to variables, and leave the option out`;
      throwFirst(`${source}.${name}`, text === undefined ? [problem] : []);
      return text;
    }
    if (Array.isArray(value)) {
      return value.map((item) => convert(item, path));
    }
    return isPlainObject(value) ? convertFields(value, path) : value;
  };
  const convertFields = (fields: Settings, path: readonly string[]): Settings =>
    Object.fromEntries(Object.entries(fields).map(([field, value]) => [field, convert(value, [...path, field])]));
  return convertFields(settings, []);
}

/** Finds the option of a factory, by the name that its caller wrote, that would show a credential. */
function validateOptions({ source }: DestinationRules, options: object): string[] {
  const texts = Object.entries(options).filter(([, value]) => [value].flat().every((item) => typeof item === 'string'));
  const shown = findCredential(Object.fromEntries(texts), '(?!)');
  return shown === undefined
    ? []
    : [
        `\`${shown}\` is a credential, which would stand in a ConfigMap for all to read; describe the whole output with \`${source}.of\`, and pass the setting in its \`secrets\``,
      ];
}

function validatePair(pair: { readonly [option: string]: unknown }): string[] {
  const [one, other] = Object.keys(pair);
  const given = Object.values(pair).filter((value) => value !== undefined);
  return given.length === 1 ? [`one of \`${one}\` and \`${other}\` is missing; pass both or neither`] : [];
}

function validateAddition({ source, style }: DestinationRules, own: Settings, more: Settings): string[] {
  const set = listPaths(style, own);
  const again = listPaths(style, more).find((path) => set.some((other) => overlapsPath(path, other)));
  return again
    ? [
        `setting "${again.join('.')}" is set by the output itself; leave it out, or describe the whole output with \`${source}.of\``,
      ]
    : [];
}

function validateSecrets(rules: DestinationRules, settings: Settings, secrets: readonly string[]): string[] {
  const paths = secrets.map((secret) => toPath(rules.style, secret));
  const others = [...listPaths(rules.style, settings), ...paths];
  return secrets.flatMap((secret, index) => {
    const [path, parts] = [paths[index]!, secret.split('.')];
    const other = others.find((each) => each !== path && overlapsPath(each, path))?.join('.');
    const also = other === secret ? '' : `, also as "${other}"`;
    return [
      ...(SECRET.test(secret)
        ? []
        : [`secret "${secret}" is not the name of a setting; pass one such as "password" or "auth.password"`]),
      ...parts.flatMap((_, last) => validateReserved(rules, parts.slice(0, last + 1).join('.'))),
      ...(other === undefined ? [] : [`setting "${secret}" stands in two places${also}; pass it once`]),
    ];
  });
}

function listPaths(style: SettingStyle, settings: Settings): string[][] {
  return style === 'nested' ? listLeafPaths(settings) : Object.keys(settings).map((name) => toPath(style, name));
}

function toPath(style: SettingStyle, name: string): string[] {
  return style === 'plain' ? [name.toLowerCase()] : name.split('.');
}

/** Whether one path is the other, or leads to it. */
function overlapsPath(one: readonly string[], other: readonly string[]): boolean {
  return one.slice(0, other.length).every((name, index) => name === other[index]);
}
