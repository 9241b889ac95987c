import { describeChoices } from '../../../private/errors';
import { findNearest } from '../../../private/nearest';
import type { Field } from '../../model/field';
import type { Schema } from './schema';

/** Something in settings that cannot be, and where. */
export interface SettingsProblem {
  readonly at: Field;
  readonly message: string;
}

const TYPES: Readonly<Record<string, { readonly is: (field: Field) => boolean; readonly words: string }>> = {
  object: { is: (field) => field.isObject, words: 'keys with values' },
  array: { is: (field) => Array.isArray(field.value), words: 'a list' },
  string: { is: (field) => field.text !== undefined && field.text !== '', words: 'a text' },
};

/** Checks data whose scalars are all texts against a schema. */
export function checkSchema(field: Field, schema: Schema): SettingsProblem[] {
  const choices = schema.anyOf ?? [schema];
  const chosen = choices.find((choice) => TYPES[readType(choice)]!.is(field));
  if (!chosen) {
    const wanted = choices.map((choice) => TYPES[readType(choice)]!.words).join(' or ');
    return [{ at: field, message: `${showPath(field)} takes ${wanted}, not ${describeFound(field)}` }];
  }
  return CHECKS[readType(chosen)]!(field, { examples: schema.examples, ...chosen });
}

const CHECKS: Readonly<Record<string, (field: Field, schema: Schema) => SettingsProblem[]>> = {
  object: checkProperties,
  array: checkItems,
  string: checkText,
};

/** The type of a value as it is written: what may be a text or a number is written as a text. */
function readType({ type }: Schema): string {
  return typeof type === 'string' ? type : type![0]!;
}

function checkProperties(field: Field, schema: Schema): SettingsProblem[] {
  const missing = (schema.required ?? []).filter((name) => !field.at(name).exists);
  return [
    ...field.fields.flatMap((inner) => checkProperty(inner, schema)),
    ...missing.map((name) => ({ at: field, message: `${showPath(field)} lacks \`${name}\`` })),
    ...(field.names.length < (schema.minProperties ?? 0)
      ? [{ at: field, message: `${showPath(field)} is empty; it takes ${listNames(schema)}` }]
      : []),
  ];
}

function checkProperty(field: Field, schema: Schema): SettingsProblem[] {
  const known = schema.propertyNames?.enum ?? Object.keys(schema.properties ?? {});
  const { name } = field;
  if (!known.includes(name)) {
    return [{ at: field, message: `unknown key \`${field.path}\`${describeNearest(name, known)}` }];
  }
  return checkSchema(field, schema.properties?.[name] ?? (schema.additionalProperties as Schema));
}

function checkItems(field: Field, { items, minItems = 0 }: Schema): SettingsProblem[] {
  return field.items.length < minItems
    ? [{ at: field, message: `${showPath(field)} is an empty list` }]
    : field.items.flatMap((item) => checkSchema(item, items!));
}

function checkText(field: Field, { enum: known, pattern = '', examples = [] }: Schema): SettingsProblem[] {
  const { text = '' } = field;
  if (known && !known.includes(text)) {
    return [{ at: field, message: `${showPath(field)} cannot be "${text}"${describeNearest(text, known)}` }];
  }
  if (!new RegExp(pattern, 'u').test(text)) {
    const example = examples.length > 0 ? `; write it as in ${JSON.stringify(examples[0])}` : '';
    return [{ at: field, message: `${showPath(field)} cannot be "${text}"${example}` }];
  }
  return [];
}

function describeNearest(name: string, known: readonly string[]): string {
  const meant = findNearest(name, known);
  return meant === undefined ? describeChoices('known', known) : `; did you mean "${meant}"?`;
}

function describeFound(field: Field): string {
  const isNothing = !field.exists || field.text === '';
  return isNothing ? 'nothing' : Object.values(TYPES).find(({ is }) => is(field))!.words;
}

function listNames({ properties = {} }: Schema): string {
  return Object.keys(properties)
    .map((name) => `\`${name}\``)
    .join(', ');
}

function showPath({ path }: Field): string {
  return path === '' ? 'the file' : `\`${path}\``;
}
