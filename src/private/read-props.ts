import type { IConstruct } from 'constructs';
import { createError } from './errors';
import { findTypeReader } from './props-types';
import { Mistake } from './values';

/**
 * A copy of props as a user gave them, which plain JavaScript or another language may have passed: what is `undefined` or `null`
 * counts as left out, here and inside. Instances of classes are shared, as they are values themselves.
 *
 * @param type the struct of the public API that the props are
 * @param subject the thing whose props they are, where errors cannot tell by `where` alone: ` of container "app"`
 * @throws where they are no such props: one is missing, unknown or of another type
 */
export function readProps<T>(type: string, props: T, where: IConstruct | string, subject = ''): T {
  return read(type, props, (mistake) =>
    createError(where, mistake.describe(type.endsWith('Props') ? 'props' : 'options', '', subject)),
  );
}

/**
 * The same for an argument that stands by itself.
 *
 * @param type its type as in the table of `props-table.ts`, such as `LogFiles`, `string` or `SecretValue{}`
 * @param name its name, which errors use
 */
export function readArgument<T>(type: string, value: T, where: IConstruct | string, name: string): T {
  return read(type, value, (mistake) => createError(where, mistake.describe(name, name, '')));
}

/** The first thing that is wrong with each of these props, which somebody else has taken already. */
export function validateProps(type: string, props: object, subject: string): string[] {
  return validate(type, props, '', '', subject).length === 0
    ? []
    : Object.entries(props).flatMap(([name, value]) => validate(type, { [name]: value }, name, '', subject));
}

/** The first thing that is wrong with a value that somebody else has taken already. */
export function validateArgument(type: string, value: unknown, name: string, subject: string): string[] {
  return validate(type, value, name, name, subject);
}

function validate(type: string, value: unknown, name: string, prefix: string, subject: string): string[] {
  try {
    findTypeReader(type)(value);
    return [];
  } catch (error) {
    return [toMistake(error).describe(name, prefix, subject)];
  }
}

function read<T>(type: string, value: T, toError: (mistake: Mistake) => Error): T {
  try {
    return findTypeReader(type)(value) as T;
  } catch (error) {
    throw toError(toMistake(error));
  }
}

/** A mistake; anything else is a fault of ours, and thrown on. */
function toMistake(error: unknown): Mistake {
  if (error instanceof Mistake) {
    return error;
  }
  throw error;
}
