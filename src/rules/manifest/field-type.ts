import { findNearest } from '../../private/nearest';
import { Severity } from '../finding';
import type { Field } from '../model/field';
import { checkSchema, type SchemaProblem } from '../model/schema';
import type { Problem, Rule } from '../rule';

/** More of a value than this is not shown. */
const MAX_SHOWN = 40;

export const FIELD_TYPE: Rule = {
  id: 'field-type',
  severity: Severity.ERROR,
  catches:
    'A value of the wrong type, such as an environment variable that is a number, or one that is not among the values allowed.',
  consequence: 'The API server rejects the object.',
  fix: 'write a value of the type that the field takes',
  source: 'https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation',
  checkObject: (object) =>
    checkSchema(object)
      .filter(({ fault }) => fault === 'type')
      .map(toTypeProblem),
};

function toTypeProblem({ at, expected, isUnreadable = false }: SchemaProblem): Problem {
  const isText = expected.length === 1 && expected[0] === 'a string';
  const message = `\`${at.path}\` is ${describeFound(at)}, but must be ${expected.map((value) => value || '""').join(' or ')}`;
  if (isText && !at.isObject && !Array.isArray(at.value)) {
    return { at, message, fix: `put it in quotes: "${at.value}"` };
  }
  return { at, message, yields: isUnreadable, fix: describeFix(at.text, expected) };
}

function describeFix(text: string | undefined, expected: readonly string[]): string | undefined {
  const isQuoted =
    (expected.includes('a number') && /^-?\d+$/.test(text ?? '')) ||
    (expected.includes('true or false') && /^(true|false)$/.test(text ?? ''));
  const words = expected.filter((value) => value && !value.includes(' '));
  const meant = findNearest(text ?? '', words);
  return isQuoted ? `write it without quotes: ${text}` : meant && `write "${meant}"`;
}

function describeFound({ value, isObject }: Field): string {
  if (isObject) {
    return 'an object';
  }
  return Array.isArray(value) ? 'a list' : JSON.stringify(value).slice(0, MAX_SHOWN);
}
