import { showsCredential } from '../../software/credentials';

/** Rules for checking the arguments that a user adds to those of a companion. */
export interface ArgumentRules {
  /** Name of the container of the companion. */
  readonly name: string;
  /** Flags that are not the user's, without dashes before them. */
  readonly own: readonly string[];
  /** Flags that one letter stands for. */
  readonly letters?: { readonly [letter: string]: string };
  /** Remedy for a credential among the arguments. */
  readonly remedy: string;
}

/** The name of a flag, whether it is switched on or off. */
export function toFlagName(argument: string): string {
  return argument.replace(/^--?(no-)?/, '').replace(/=.*$/s, '');
}

/** Finds what is wrong with the arguments that a user adds: no flags, what the companion says itself, or credentials. */
export function validateArguments(rules: ArgumentRules, args: readonly string[] = []): string[] {
  return args.flatMap((argument) => validateArgument(rules, argument));
}

function validateArgument({ name, own, letters = {}, remedy }: ArgumentRules, argument: string): string[] {
  if (!/^--?[a-z]/i.test(argument)) {
    return [`argument "${argument}" of "${name}" is no flag; pass each as \`--flag=value\``];
  }
  const long = argument.startsWith('--') ? undefined : letters[argument[1]!];
  const flag = long ?? toFlagName(argument);
  const [shown] = long === undefined ? argument.split('=') : [argument.slice(0, 2)];
  const value = argument.slice(argument.indexOf('=') + 1);
  if (showsCredential(flag, value)) {
    return [`argument "${shown}" of "${name}" would show a credential to all who may read the pod; ${remedy}`];
  }
  return own.includes(flag)
    ? [`argument "${shown}" of "${name}" is set by the companion itself; leave it out, or use its prop`]
    : [];
}
