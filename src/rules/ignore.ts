import type { Field } from './model/field';
import type { ObjectView } from './model/object-view';
import type { Problem } from './rule';

/** The annotation that suppresses findings: `<rule>: <reason>; <rule>: <reason>`. */
export const IGNORE_ANNOTATION = 'cdk8s-pod-patterns/ignore';

/** The rule about the annotation itself, which it cannot suppress. */
export const SUPPRESSION_RULE = 'suppression';

/** The rule about suppressions that suppress nothing. */
export const UNUSED_RULE = 'suppression-unused';

/** The rules about suppressions, which these do not count for. */
const SPECIAL_RULES = [SUPPRESSION_RULE, UNUSED_RULE];

/** A semicolon before what is or looks like the name of a rule, but not one in the middle of a reason. */
const SEPARATOR = /;(?=\s*(?:(?:[a-z0-9-]+|\*|[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)+)\s*(?::|;|$)|;|$))/;

/** One entry of the annotation. */
export interface Suppression {
  /** The annotation. */
  readonly at: Field;
  readonly rule: string;
  /** The reason; empty where none is given. */
  readonly reason: string;
  /** The part that it covers: the object, or the pod template that carries the annotation. */
  readonly scope: Field;
}

/** Reads the suppressions from the annotations of an object and of its pod template. */
export function readSuppressions({ root, pod }: ObjectView): Suppression[] {
  const scopes = pod && pod.template !== root ? [root, pod.template] : [root];
  return scopes.flatMap((scope) => {
    const at = scope.at('metadata', 'annotations', IGNORE_ANNOTATION);
    return parseSuppressions(at.text ?? '').map(([rule, reason]) => ({ at, rule, reason, scope }));
  });
}

/** Whether a suppression covers what a rule has against a field; one without a reason covers nothing. */
export function coversField({ rule, reason, scope }: Suppression, id: string, at: Field): boolean {
  return rule === id && rule !== SUPPRESSION_RULE && reason !== '' && isWithin(at, scope);
}

/**
 * The suppressions of an object that cover none of these problems.
 *
 * @param active the rules that are run: what suppresses another may be needed again
 */
export function listUnused(
  suppressions: readonly Suppression[],
  problems: readonly { readonly rule: string; readonly at: Field }[],
  active: readonly string[],
): Problem[] {
  return suppressions
    .filter(({ rule, reason }) => reason !== '' && active.includes(rule) && !SPECIAL_RULES.includes(rule))
    .filter((entry) => !problems.some(({ rule, at }) => coversField(entry, rule, at)))
    .map(({ at, rule }) => ({ at, message: `rule "${rule}" finds nothing here that this would suppress` }));
}

function parseSuppressions(text: string): [rule: string, reason: string][] {
  return text
    .split(SEPARATOR)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
    .map((entry) => {
      const [rule = '', ...reason] = entry.split(':');
      return [rule.trim(), reason.join(':').trim()];
    });
}

function isWithin(field: Field, scope: Field): boolean {
  const inner = field.keys;
  return scope.keys.every((key, index) => inner[index] === key);
}
