import { createError } from '../../private/errors';
import { findQueryCredential, showsCredential } from './credentials';

/** Rules for checking the arguments that a user adds to those of a companion. */
export interface ArgumentRules {
  /** Class of the companion, which errors name. */
  readonly source: string;
  /** Name of its container. */
  readonly name: string;
  /** Flags that are not the user's, without dashes before them. */
  readonly own: readonly string[];
  /** Flags that one letter stands for. */
  readonly letters?: { readonly [letter: string]: string };
  /** Flags that hold a credential, beside those whose names say so. */
  readonly secret?: readonly string[];
  /** Remedy for a credential among the arguments. */
  readonly remedy: string;
}

/** The name of a flag, whether it is switched on or off. */
export function toFlagName(argument: string): string {
  return argument.replace(/^--?(no-)?/, '').replace(/=.*$/s, '');
}

/**
 * A copy of the arguments that a user adds to those of a companion.
 *
 * @throws where one is no flag, contradicts the companion or shows a credential
 */
export function copyArguments(rules: ArgumentRules, more: readonly string[] = []): string[] {
  for (const argument of more) {
    const problem = validateArgument(rules, argument);
    if (problem) {
      throw createError(rules.source, problem);
    }
  }
  return [...more];
}

function validateArgument({ name, own, letters = {}, secret = [], remedy }: ArgumentRules, argument: string) {
  if (!/^--?[a-z]/i.test(argument)) {
    return `argument "${argument}" of "${name}" is no flag; pass each as \`--flag=value\``;
  }
  const long = argument.startsWith('--') ? undefined : letters[argument[1]!];
  const flag = long ?? toFlagName(argument);
  const [shown] = long === undefined ? argument.split('=') : [argument.slice(0, 2)];
  const value = argument.slice(argument.indexOf('=') + 1);
  if (secret.includes(flag) || showsCredential(flag, value) || findQueryCredential(value)) {
    return `argument "${shown}" of "${name}" would show a credential to all who may read the pod; ${remedy}`;
  }
  return own.includes(flag)
    ? `argument "${shown}" of "${name}" is set by the companion itself; leave it out, or use its prop`
    : undefined;
}
