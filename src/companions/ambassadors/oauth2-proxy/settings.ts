import { createError } from '../../../private/errors';
import { showsCredential } from '../../kit/credentials';

/** Options that hold keys, beside those whose name says that they are secret. */
const KEYS = ['jwt-key', 'signature-key'];

/** Whether the value of an option must not stand in a manifest. */
export function isSecret(option: string, value: string): boolean {
  return !/^(true|false)$/.test(value) && (KEYS.includes(option) || showsCredential(option, value, '(?!)'));
}

/**
 * Fails where free-form options are none, or where one of them shows a credential.
 *
 * @param source who was given them
 * @param prop the prop that holds them
 * @param settings the options by name
 * @param remedy where a credential belongs
 */
export function assertSettings(
  source: string,
  prop: string,
  settings: { readonly [option: string]: string },
  remedy: string,
): void {
  for (const [option, value] of Object.entries(settings)) {
    assertOption(source, prop, option);
    if (isSecret(option, value)) {
      throw createError(
        source,
        `\`${prop}\` shows a credential in "${option}", and everybody who may read the pod could read it; ${remedy}`,
      );
    }
  }
}

/** Fails where this is not the name of an option. */
export function assertOption(source: string, prop: string, option: string): void {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(option)) {
    throw createError(
      source,
      `\`${prop}\` has "${option}", which is no option of OAuth2 Proxy; write its name as in "cookie-expire"`,
    );
  }
}
