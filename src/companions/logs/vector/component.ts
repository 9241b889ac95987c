import { createError } from '../../../private/errors';

const TYPE = /^[a-z][a-z0-9_]*$/;

/**
 * A reference of the configuration to a value of a secrets backend.
 *
 * @see https://vector.dev/docs/reference/configuration/secrets/
 */
export const SECRET_REFERENCE = String.raw`SECRET\[\w+\.[\w.]+\]`;

/**
 * The type of a component.
 *
 * @throws where it cannot be one
 */
export function ensureComponentType(source: string, type: string): string {
  if (!TYPE.test(type)) {
    throw createError(
      source,
      `"${type}" is not the type of a component; pass it as its documentation does, in lower case`,
    );
  }
  return type;
}
