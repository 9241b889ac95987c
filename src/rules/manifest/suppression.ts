import { findNearest } from '../../private/nearest';
import { Severity } from '../finding';
import { IGNORE_ANNOTATION, readSuppressions, SUPPRESSION_RULE, type Suppression } from '../ignore';
import type { Problem, Rule } from '../rule';

/** The rule about suppressions itself, which must know what rules there are. */
export function createSuppressionRule(ids: () => readonly string[]): Rule {
  return {
    id: SUPPRESSION_RULE,
    severity: Severity.ERROR,
    catches: `An annotation \`${IGNORE_ANNOTATION}\` that gives no reason, or names no rule.`,
    consequence: 'Nobody can tell later whether the finding may come back, so it is not suppressed.',
    fix: `write \`${IGNORE_ANNOTATION}: "<rule>: <reason>; <rule>: <reason>"\``,
    source: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations/',
    checkObject: (object) => readSuppressions(object).flatMap((suppression) => checkSuppression(suppression, ids())),
  };
}

function checkSuppression({ at, rule, reason }: Suppression, ids: readonly string[]): Problem[] {
  if (!ids.includes(rule)) {
    const meant = findNearest(rule, ids);
    return [{ at, message: `"${rule}" is no rule${meant ? `; did you mean "${meant}"?` : ''}` }];
  }
  if (rule === SUPPRESSION_RULE) {
    return [{ at, message: `rule "${rule}" cannot be suppressed` }];
  }
  return reason === '' ? [{ at, message: `rule "${rule}" is suppressed without a reason` }] : [];
}
