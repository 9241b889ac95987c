import { type ParseArgsConfig, parseArgs } from 'node:util';
import { describeChoices } from '../../private/errors';
import { findNearest } from '../../private/nearest';
import { Severity } from '../finding';
import { RULES } from '../list';
import type { Rule } from '../rule';

export const FORMATS = ['text', 'json', 'sarif', 'github'] as const;
export type FormatName = (typeof FORMATS)[number];

/** The action that a call asks for. */
export type Request =
  | { readonly action: 'help' | 'version' | 'list' }
  | { readonly action: 'explain'; readonly rule: Rule }
  | Check;

/** To check inputs. */
export interface Check {
  readonly action: 'check';
  /** Files, folders and `-`. */
  readonly inputs: readonly string[];
  readonly format: FormatName;
  /** The least severity that is reported. */
  readonly limit: Severity;
  readonly severities: Readonly<Record<string, Severity>>;
}

/** A call that cannot be carried out as it was written. */
export class UsageError extends Error {}

export const USAGE = `Usage: pod-rules [options] [file|folder|-]...

Says what is wrong with Kubernetes manifests of pods with several containers. Reads YAML and JSON from files, from folders
(*.yaml, *.yml and *.json) and from standard input. All inputs are one set: objects may refer to each other.

Options:
  --format text|json|sarif|github  how findings are shown (default: text)
  --severity error|warning|info    the least severity that is reported (default: info)
  --set <rule>=<severity>          another severity for a rule: error, warning, info or off; may be repeated
  --list                           shows all rules
  --explain <rule>                 shows all about one rule
  --help, -h                       shows this
  --version                        shows the version

Exit code: 0 nothing found, 1 findings, 2 an input or option that cannot be used.

A finding that is meant to be is suppressed by an annotation of the object or of its pod template, with a reason:
  cdk8s-pod-patterns/ignore: "<rule>: <reason>; <rule>: <reason>"
`;

const OPTIONS = {
  format: { type: 'string', default: 'text' },
  severity: { type: 'string', default: Severity.INFO },
  set: { type: 'string', multiple: true, default: [] },
  list: { type: 'boolean' },
  explain: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const satisfies ParseArgsConfig['options'];

/** Reads the arguments of a call. Throws a `UsageError` for those that mean nothing. */
export function readRequest(args: readonly string[]): Request {
  const { values, positionals } = parseOptions(args);
  for (const action of ['help', 'version', 'list'] as const) {
    if (values[action]) {
      return { action };
    }
  }
  return values.explain === undefined
    ? {
        action: 'check',
        inputs: positionals,
        format: parseChoice('--format', values.format, FORMATS),
        limit: parseChoice('--severity', values.severity, [Severity.ERROR, Severity.WARNING, Severity.INFO]),
        severities: Object.fromEntries(values.set.map(parseSetting)),
      }
    : { action: 'explain', rule: findRule(values.explain) };
}

function parseOptions(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new UsageError(toUsageMessage(error as Error));
  }
}

/** Puts an error of `parseArgs` into the form of this command. */
function toUsageMessage({ message }: Error): string {
  const unknown = /^Unknown option '(-+)([^']*)'/.exec(message);
  if (!unknown) {
    return message.split('\n')[0]!.replace(/^O/, 'o').replace(/\.$/, '');
  }
  const meant = findNearest(unknown[2]!, Object.keys(OPTIONS));
  return `unknown option "${unknown[1]}${unknown[2]}"${meant ? `; did you mean "--${meant}"?` : ''}`;
}

function parseChoice<T extends string>(option: string, value: string, choices: readonly T[]): T {
  const choice = choices.find((name) => name === value);
  if (choice === undefined) {
    throw new UsageError(`\`${option}\` cannot be "${value}"${describeChoices('known', choices)}`);
  }
  return choice;
}

function parseSetting(text: string): [rule: string, severity: Severity] {
  const [, rule, severity] = /^([^=]+)=(.*)$/.exec(text) ?? [];
  if (rule === undefined || severity === undefined) {
    throw new UsageError(`\`--set\` takes "<rule>=<severity>", not "${text}"`);
  }
  return [findRule(rule).id, parseChoice(`--set ${rule}`, severity, Object.values(Severity))];
}

function findRule(id: string): Rule {
  const rule = RULES.find((candidate) => candidate.id === id);
  if (!rule) {
    const ids = RULES.map((candidate) => candidate.id);
    const meant = findNearest(id, ids);
    throw new UsageError(`"${id}" is no rule; ${meant ? `did you mean "${meant}"?` : '`--list` shows all rules'}`);
  }
  return rule;
}
