import type { IConstruct } from 'constructs';
import { createError } from './errors';
import { findTypeReader } from './props-types';
import { Mistake } from './values';

/**
 * A copy of props as a user gave them, which plain JavaScript or another language may have passed: what is `undefined` or `null`
 * counts as left out, here and inside. Instances of classes are shared, as they are values themselves.
 *
 * @param type the struct of the public API that the props are
 * @throws where they are no such props: one is missing, unknown or of another type
 */
export function readProps<T>(type: string, props: T, where: IConstruct | string): T {
  return readValue(type, props, where, type.endsWith('Props') ? 'props' : 'options', '');
}

/**
 * The same for an argument that stands by itself.
 *
 * @param type its type as in the table of `props-table.ts`, such as `LogFiles`, `string` or `SecretValue{}`
 * @param name its name, which errors use
 */
export function readArgument<T>(type: string, value: T, where: IConstruct | string, name: string): T {
  return readValue(type, value, where, name, name);
}

function readValue<T>(type: string, value: T, where: IConstruct | string, name: string, prefix: string): T {
  try {
    return findTypeReader(type)(value) as T;
  } catch (error) {
    throw error instanceof Mistake ? createError(where, error.describe(name, prefix)) : error;
  }
}
