import { type ParseArgsConfig, parseArgs } from 'node:util';
import { describeChoices } from './errors';
import { findNearest } from './nearest';

type Options = NonNullable<ParseArgsConfig['options']>;
type Parsed<T extends Options> = ReturnType<typeof parseArgs<{ options: T; allowPositionals: true }>>;

/** A call that cannot be carried out as it was written. */
export class UsageError extends Error {}

/** The options and words of a call. Throws a `UsageError` for options that are not among these, or lack a value. */
export function parseOptions<T extends Options>(args: readonly string[], options: T): Parsed<T> {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(toUsageMessage(error as Error, Object.keys(options)));
  }
}

/** Puts an error of `parseArgs` into the form of our commands. */
function toUsageMessage({ message }: Error, known: readonly string[]): string {
  const unknown = /^Unknown option '(-+)([^']*)'/.exec(message);
  if (!unknown) {
    return message.split('\n')[0]!.replace(/^O/, 'o').replace(/\.$/, '');
  }
  const meant = findNearest(unknown[2]!, known);
  return `unknown option "${unknown[1]}${unknown[2]}"${meant ? `; did you mean "--${meant}"?` : ''}`;
}

/** A value that is one of these. Throws a `UsageError` for others. */
export function parseChoice<T extends string>(option: string, value: string, choices: readonly T[]): T {
  const choice = choices.find((name) => name === value);
  if (choice === undefined) {
    throw new UsageError(`\`${option}\` cannot be "${value}"${describeChoices('known', choices)}`);
  }
  return choice;
}

/** Why a call to the system failed, without its code, its name and the path, which the reader knows. */
export function describeSystemError({ message }: Error): string {
  return message
    .split('\n')[0]!
    .replace(/^E[A-Z]+: /, '')
    .replace(/, \w+( '.*')?$/, '');
}
