import { describeChoices, throwFirst } from '../private/errors';
import { findNearest } from '../private/nearest';
import { omitUndefined } from '../private/own';
import { type Finding, type FindingPlace, Severity } from './finding';
import { coversField, listUnused, readSuppressions, type Suppression, UNUSED_RULE } from './ignore';
import { ManifestSet } from './model/manifest-set';
import type { ObjectView, Source } from './model/object-view';
import type { Place, Problem, Rule } from './rule';

/** A rule as the settings have it. */
interface ActiveRule {
  readonly rule: Rule;
  /** The severity that the settings give it. */
  readonly severity?: Severity;
}

/** So many objects are looked at by one rule before it is the turn of the next. */
const HANDFUL = 64;

const NOTHING: readonly Problem[] = [];

/** A problem that a rule finds in an object. */
interface ActiveProblem extends ActiveRule {
  readonly problem: Problem;
}

/** A finding, and what it was made of. */
export interface PlacedFinding {
  readonly finding: Finding;
  readonly object: ObjectView;
  readonly problem: Problem;
}

/**
 * Runs rules on objects and gives the findings object by object, suppressed ones included.
 *
 * @param set what the objects are applied together with, where that is more than themselves
 */
export function runRules(
  objects: readonly ObjectView[],
  rules: readonly Rule[],
  severities: Readonly<Record<string, Severity>> = {},
  set: ManifestSet = new ManifestSet(objects),
): Finding[] {
  return collectFindings(objects, rules, severities, set).map(({ finding }) => finding);
}

/** The same with the places. */
export function collectFindings(
  objects: readonly ObjectView[],
  rules: readonly Rule[],
  severities: Readonly<Record<string, Severity>> = {},
  set: ManifestSet = new ManifestSet(objects),
): PlacedFinding[] {
  const active = selectActiveRules(rules, severities);
  const problems = collectProblems(objects, set, active);
  return objects.flatMap((object, index) => toFindings(object, problems[index]!, active));
}

/** Validates that settings name rules and severities. */
export function validateSeverities(
  rules: readonly Rule[],
  severities: Readonly<Record<string, Severity>> = {},
): string[] {
  const ids = rules.map(({ id }) => id);
  return Object.entries(severities).flatMap(([id, severity]) =>
    ids.includes(id) ? validateSeverity(`severities["${id}"]`, severity) : [describeUnknownRule(id, ids)],
  );
}

function describeUnknownRule(id: string, ids: readonly string[]): string {
  const meant = findNearest(id, ids);
  return `\`severities\` names "${id}", which is no rule; ${meant ? `write "${meant}"` : 'docs/rules.md lists all rules'}`;
}

/** Validates that a setting is a severity. */
export function validateSeverity(setting: string, severity: Severity): string[] {
  const all = Object.values(Severity);
  return all.includes(severity)
    ? []
    : [`\`${setting}\` is "${severity}", which is no severity; pass another${describeChoices('known', all)}`];
}

function selectActiveRules(rules: readonly Rule[], severities: Readonly<Record<string, Severity>>): ActiveRule[] {
  throwFirst('PodRules', validateSeverities(rules, severities));
  return rules
    .map((rule) => ({ rule, severity: severities[rule.id] }))
    .filter(({ rule, severity }) => (severity ?? rule.severity) !== Severity.OFF);
}

/**
 * Collects the problems of each object, rule by rule over a handful of objects: one rule at a time is much quicker
 * than all at once, as long as the objects stay in the caches of the processor.
 */
function collectProblems(
  objects: readonly ObjectView[],
  set: ManifestSet,
  active: readonly ActiveRule[],
): ActiveProblem[][] {
  const found = objects.map((): ActiveProblem[] => []);
  for (let start = 0; start < objects.length; start += HANDFUL) {
    const end = Math.min(start + HANDFUL, objects.length);
    for (const { rule, severity } of active) {
      for (let index = start; index < end; index++) {
        for (const problem of runRule(rule, objects[index]!, set)) {
          found[index]!.push({ rule, severity, problem });
        }
      }
    }
  }
  return found;
}

function runRule(rule: Rule, object: ObjectView, set: ManifestSet): readonly Problem[] {
  if (object.unfinished !== undefined) {
    return NOTHING;
  }
  const about = rule.checkObject?.(object, set) ?? NOTHING;
  const inside = object.pod && rule.checkPod ? rule.checkPod(object.pod, set) : NOTHING;
  return about.length === 0 ? inside : [...about, ...inside];
}

function toFindings(
  object: ObjectView,
  problems: readonly ActiveProblem[],
  active: readonly ActiveRule[],
): PlacedFinding[] {
  const suppressions = object.unfinished === undefined ? readSuppressions(object) : [];
  const said = problems.filter((one) => !one.problem.yields || !isSaidByAnother(one, problems));
  return [...said, ...collectUnused(problems, suppressions, active)]
    .map((one) => toPlacedFinding(object, one, suppressions))
    .sort((a, b) => compareLines(a.finding, b.finding));
}

/** The problems of suppressions without effect, once all other rules have been heard. */
function collectUnused(
  problems: readonly ActiveProblem[],
  suppressions: readonly Suppression[],
  active: readonly ActiveRule[],
): ActiveProblem[] {
  const unused = suppressions.length === 0 ? undefined : active.find(({ rule }) => rule.id === UNUSED_RULE);
  if (!unused) {
    return [];
  }
  const found = problems.map(({ rule, problem }) => ({ rule: rule.id, at: problem.at }));
  const ids = active.map(({ rule }) => rule.id);
  return listUnused(suppressions, found, ids).map((problem) => ({ ...unused, problem }));
}

function toPlacedFinding(
  object: ObjectView,
  active: ActiveProblem,
  suppressions: readonly Suppression[],
): PlacedFinding {
  const { rule, problem } = active;
  const suppression = suppressions.find((entry) => coversField(entry, rule.id, problem.at));
  return { finding: toFinding(object, active, suppression), object, problem };
}

function isSaidByAnother(active: ActiveProblem, problems: readonly ActiveProblem[]): boolean {
  const { path } = active.problem.at;
  return problems.some(({ rule, problem }) => rule !== active.rule && problem.at.path === path);
}

function compareLines(a: { readonly line?: number }, b: { readonly line?: number }): number {
  return (a.line ?? 0) - (b.line ?? 0);
}

function toFinding(
  { kind, name, namespace, source }: ObjectView,
  { rule, severity, problem }: ActiveProblem,
  suppression?: Suppression,
): Finding {
  const { at, message, fix = rule.fix } = problem;
  const { file, construct } = source;
  const details = { kind: kind || undefined, name, namespace, file, construct, line: source.findLine?.(at.keys) };
  const places = problem.places?.map((place) => toPlace(place, source)).sort(compareLines);
  const suppressedBecause = suppression?.reason;
  return {
    rule: rule.id,
    severity: severity ?? problem.severity ?? rule.severity,
    message,
    fix,
    path: at.path,
    ...omitUndefined({ ...details, places, suppressedBecause }),
  };
}

function toPlace({ at, message }: Place, source: Source): FindingPlace {
  return { message, path: at.path, ...omitUndefined({ line: source.findLine?.(at.keys) }) };
}
