import { choices, failure } from '../private/errors';
import { nearest } from '../private/nearest';
import { type Finding, Severity } from './finding';
import { type Suppression, suppressionOf, suppressionsOf } from './ignore';
import { ManifestSet } from './model/manifest-set';
import type { ObjectView } from './model/object-view';
import type { Problem, Rule } from './rule';

/** A rule as the settings have it. */
interface ActiveRule {
  readonly rule: Rule;
  readonly severity: Severity;
}

/** So many objects are looked at by one rule before it is the turn of the next. */
const HANDFUL = 64;

const NOTHING: readonly Problem[] = [];

/** What a rule has against an object. */
interface ActiveProblem extends ActiveRule {
  readonly problem: Problem;
}

/**
 * What rules have against objects, suppressed findings included, object by object.
 *
 * @param set what the objects are applied together with, where that is more than themselves
 */
export function findingsOf(
  objects: readonly ObjectView[],
  rules: readonly Rule[],
  severities: Readonly<Record<string, Severity>> = {},
  set: ManifestSet = new ManifestSet(objects),
): Finding[] {
  const problems = problemsOf(objects, set, activeRules(rules, severities));
  return objects.flatMap((object, index) => findingsFrom(object, problems[index]!));
}

/** Throws where settings name no rule, or no severity. */
export function checkSeverities(rules: readonly Rule[], severities: Readonly<Record<string, Severity>> = {}): void {
  for (const [id, severity] of Object.entries(severities)) {
    checkSetting(id, severity, rules);
  }
}

function activeRules(rules: readonly Rule[], severities: Readonly<Record<string, Severity>>): ActiveRule[] {
  checkSeverities(rules, severities);
  return rules
    .map((rule) => ({ rule, severity: severities[rule.id] ?? rule.severity }))
    .filter(({ severity }) => severity !== Severity.OFF);
}

function checkSetting(id: string, severity: Severity, rules: readonly Rule[]): void {
  const ids = rules.map((rule) => rule.id);
  if (!ids.includes(id)) {
    const meant = nearest(id, ids);
    throw failure(
      'PodRules',
      `\`severities\` names "${id}", which is no rule; ${meant ? `write "${meant}"` : 'docs/rules.md lists all rules'}`,
    );
  }
  checkSeverity(`severities["${id}"]`, severity);
}

/** Throws where a setting is no severity. */
export function checkSeverity(setting: string, severity: Severity): void {
  const known = Object.values(Severity);
  if (!known.includes(severity)) {
    throw failure(
      'PodRules',
      `\`${setting}\` is "${severity}", which is no severity; pass another${choices('known', known)}`,
    );
  }
}

/**
 * What rules have against each object. Rule by rule over a handful of objects: one rule at a time is much quicker than all at
 * once, as long as the objects stay in the caches of the processor.
 */
function problemsOf(
  objects: readonly ObjectView[],
  set: ManifestSet,
  active: readonly ActiveRule[],
): ActiveProblem[][] {
  const found = objects.map((): ActiveProblem[] => []);
  for (let start = 0; start < objects.length; start += HANDFUL) {
    const end = Math.min(start + HANDFUL, objects.length);
    for (const { rule, severity } of active) {
      for (let index = start; index < end; index++) {
        for (const problem of problemsOfRule(rule, objects[index]!, set)) {
          found[index]!.push({ rule, severity, problem });
        }
      }
    }
  }
  return found;
}

function problemsOfRule(rule: Rule, object: ObjectView, set: ManifestSet): readonly Problem[] {
  const about = rule.object?.(object, set) ?? NOTHING;
  const inside = object.pod && rule.pod ? rule.pod(object.pod, set) : NOTHING;
  return about.length === 0 ? inside : [...about, ...inside];
}

function findingsFrom(object: ObjectView, problems: readonly ActiveProblem[]): Finding[] {
  const suppressions = problems.length > 0 ? suppressionsOf(object) : [];
  return problems
    .map(({ rule, severity, problem }) =>
      findingOf(object, rule, severity, problem, suppressionOf(rule.id, problem.at, suppressions)),
    )
    .sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
}

function findingOf(
  { kind, name, namespace, source }: ObjectView,
  rule: Rule,
  severity: Severity,
  { at, message, fix = rule.fix }: Problem,
  suppression?: Suppression,
): Finding {
  const { file, construct } = source;
  const details = { kind: kind || undefined, name, namespace, file, construct, line: source.lineOf?.(at.keys) };
  const suppressedBecause = suppression?.reason;
  const known = Object.entries({ ...details, suppressedBecause }).filter(([, value]) => value !== undefined);
  return { rule: rule.id, severity, message, fix, path: at.path, ...Object.fromEntries(known) };
}
