import { basename, resolve } from 'node:path';
import { parseChoice, parseOptions, UsageError } from '../private/command-line';
import { validateDns1035Label } from '../private/names';
import { findGeneration, GENERATION_NAMES, type Generation } from './generations';

const PIPELINES = ['github', 'gitlab', 'none'] as const;
export type Pipeline = (typeof PIPELINES)[number];

/** A project to write. */
export interface InitRequest {
  /** The folder, as it was typed. */
  readonly folder: string;
  readonly name: string;
  readonly pipeline: Pipeline;
  /** The generation of cdk8s-plus that the project uses. */
  readonly generation: Generation;
}

const OPTIONS = {
  name: { type: 'string' },
  'cdk8s-plus': { type: 'string' },
  pipeline: { type: 'string', default: 'github' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** Reads the arguments of a call: a project, or `help`. Throws a `UsageError` for those that mean nothing. */
export function readInitRequest(args: readonly string[]): InitRequest | 'help' {
  const { values, positionals } = parseOptions(args, OPTIONS);
  if (values.help) {
    return 'help';
  }
  const [folder = '.', ...others] = positionals;
  if (others.length > 0) {
    throw new UsageError(`takes one folder, not ${positionals.length}: ${positionals.join(', ')}`);
  }
  const pipeline = parseChoice('--pipeline', values.pipeline, PIPELINES);
  const generation = parseChoice('--cdk8s-plus', values['cdk8s-plus'] ?? findGeneration(), GENERATION_NAMES);
  return { folder, name: findName(values.name, folder), pipeline, generation };
}

/** The name names the chart, and with it a Service, which has the strictest names of all objects. */
function findName(given: string | undefined, folder: string): string {
  const name = given ?? basename(resolve(folder));
  const problem = validateDns1035Label(name);
  if (problem !== undefined) {
    throw new UsageError(
      given === undefined
        ? `the name of the folder, "${name}", ${problem} to name the project; pass \`--name\``
        : `\`--name\` "${name}" ${problem}`,
    );
  }
  return name;
}
