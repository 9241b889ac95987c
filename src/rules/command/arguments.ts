import type { ParseArgsConfig } from 'node:util';
import { parseChoice, parseOptions, UsageError } from '../../private/command-line';
import { describeChoices } from '../../private/errors';
import { findNearest } from '../../private/nearest';
import { NEWEST } from '../data/kubernetes-fields';
import { Severity } from '../finding';
import { RULES } from '../list';
import type { Rule } from '../rule';
import type { Upgrade } from './upgrade';
import { parseVersionOption } from './version-option';

export const FORMATS = ['text', 'json', 'sarif', 'github', 'junit'] as const;
export type FormatName = (typeof FORMATS)[number];

/** The formats that can show numbers in place of findings. */
const SUMMARY_FORMATS: readonly string[] = ['text', 'json'];

/** The action that a call asks for. */
export type Request =
  | { readonly action: 'help' | 'version' | 'list' }
  | { readonly action: 'explain'; readonly rule: Rule }
  | Check;

/** To check inputs. */
export interface Check {
  readonly action: 'check';
  /** Files, folders, globs and `-`. */
  readonly inputs: readonly string[];
  readonly format: FormatName;
  /** Whether the numbers of findings are shown in their place. */
  readonly isSummary: boolean;
  /** The least severity that is shown. */
  readonly limit: Severity;
  /** The least severity that fails a call. */
  readonly failOn: FailOn;
  readonly severities: Readonly<Record<string, Severity>>;
  /** The file of the settings; `false` for none, and nothing for those that are found. */
  readonly config?: string | false;
  /** The minor version of Kubernetes that the manifests are for; nothing for that of the settings, or the newest. */
  readonly kubernetes?: number;
  /** The versions before and after an upgrade, where only what changes with it is wanted. */
  readonly upgrade?: Upgrade;
  readonly baseline?: string;
  readonly writesBaseline: boolean;
  /** Whether the inputs are only a part of what is applied together. */
  readonly isPartial: boolean;
}

const LIMITS = [Severity.ERROR, Severity.WARNING, Severity.INFO] as const;
export type FailOn = (typeof LIMITS)[number] | 'never';

const OPTIONS = {
  format: { type: 'string', default: 'text' },
  summary: { type: 'boolean', default: false },
  severity: { type: 'string', default: Severity.INFO },
  'fail-on': { type: 'string' },
  set: { type: 'string', multiple: true, default: [] },
  config: { type: 'string' },
  'no-config': { type: 'boolean', default: false },
  kubernetes: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
  baseline: { type: 'string' },
  'write-baseline': { type: 'boolean', default: false },
  partial: { type: 'boolean', default: false },
  list: { type: 'boolean' },
  explain: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const satisfies ParseArgsConfig['options'];

type Values = ReturnType<typeof parseOptions<typeof OPTIONS>>['values'];

/** Reads the arguments of a call. Throws a `UsageError` for those that mean nothing. */
export function readRequest(args: readonly string[]): Request {
  const { values, positionals } = parseOptions(args, OPTIONS);
  for (const action of ['help', 'version', 'list'] as const) {
    if (values[action]) {
      return { action };
    }
  }
  return values.explain === undefined
    ? toCheck(values, positionals)
    : { action: 'explain', rule: findRule(values.explain) };
}

function toCheck(values: Values, inputs: readonly string[]): Check {
  assertCombination(values);
  const limit = parseChoice('--severity', values.severity, LIMITS);
  return {
    action: 'check',
    inputs,
    format: parseChoice('--format', values.format, FORMATS),
    isSummary: values.summary,
    limit,
    failOn: parseChoice('--fail-on', values['fail-on'] ?? limit, [...LIMITS, 'never']),
    severities: Object.fromEntries(values.set.map(parseSetting)),
    config: values['no-config'] ? false : values.config,
    ...readVersions(values),
    baseline: values.baseline,
    writesBaseline: values['write-baseline'],
    isPartial: values.partial,
  };
}

function readVersions({ kubernetes, from, to }: { kubernetes?: string; from?: string; to?: string }) {
  return {
    ...(kubernetes !== undefined && { kubernetes: parseVersionOption('--kubernetes', kubernetes) }),
    ...(from !== undefined && {
      upgrade: {
        from: parseVersionOption('--from', from),
        to: to === undefined ? NEWEST : parseVersionOption('--to', to),
      },
    }),
  };
}

/** Refuses options of which one says what another denies. */
function assertCombination(values: Values): void {
  const problems = [
    [values['no-config'] && values.config !== undefined, '`--config` and `--no-config` exclude each other'],
    [values.to !== undefined && values.from === undefined, '`--to` needs `--from <version>`'],
    [values.kubernetes !== undefined && values.from !== undefined, '`--kubernetes` and `--from` exclude each other'],
    [values['write-baseline'] && values.baseline === undefined, '`--write-baseline` needs `--baseline <file>`'],
    [
      values.summary && !SUMMARY_FORMATS.includes(values.format),
      `\`--summary\` cannot be shown as "${values.format}"${describeChoices('known', SUMMARY_FORMATS)}`,
    ],
  ] as const;
  const [problem] = problems.filter(([isWrong]) => isWrong);
  if (problem) {
    throw new UsageError(problem[1]);
  }
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
