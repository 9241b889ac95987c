import type { Field } from './model/field';
import type { ObjectView } from './model/object-view';

/** The annotation that suppresses findings: `<rule>: <reason>; <rule>: <reason>`. */
export const IGNORE_ANNOTATION = 'cdk8s-pod-patterns/ignore';

/** The rule about the annotation itself, which it cannot suppress. */
export const SUPPRESSION_RULE = 'suppression';

/** A semicolon, but not one in the middle of a reason. */
const SEPARATOR = /;(?=\s*(?:[a-z0-9-]+\s*(?::|;|$)|;|$))/;

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

/** The suppression that covers a field, if there is one with a reason. */
export function findSuppression(
  rule: string,
  at: Field,
  suppressions: readonly Suppression[],
): Suppression | undefined {
  return suppressions.find(
    (entry) => entry.rule === rule && rule !== SUPPRESSION_RULE && entry.reason !== '' && isWithin(at, entry.scope),
  );
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
