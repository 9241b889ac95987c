import { findNearest } from '../../private/nearest';
import { IGNORE_ANNOTATION } from '../ignore';
import { RULE_GROUPS, RULES } from '../list';
import type { Rule } from '../rule';

/** The rule of this name, or the name that is most likely meant. */
export function findRule(id: string): { readonly rule?: Rule; readonly meant?: string } {
  const rule = RULES.find((candidate) => candidate.id === id);
  const ids = RULES.map((candidate) => candidate.id);
  return rule ? { rule } : { meant: findNearest(id, ids) };
}

/** All rules by group, each with its severity and what it catches. */
export function renderRuleList(): string {
  const width = Math.max(...RULES.map(({ id }) => id.length));
  const line = ({ id, severity, catches }: Rule): string =>
    `  ${id.padEnd(width)}  ${severity.padEnd('warning'.length)}  ${catches}\n`;
  const groups = Object.entries(RULE_GROUPS).filter(([, rules]) => rules.length > 0);
  return groups.map(([group, rules]) => `${group}\n${rules.map(line).join('')}`).join('\n');
}

/** All about one rule. */
export function explainRule({ id, severity, catches, consequence, fix, source }: Rule): string {
  const group = Object.keys(RULE_GROUPS).find((name) => RULE_GROUPS[name]!.some((rule) => rule.id === id));
  return `${id} (${severity}, ${group})

Catches:   ${catches}
Otherwise: ${consequence}
Fix:       ${fix}
Source:    ${source}

Where it is meant to be, suppress it with a reason, on the object or on its pod template:
  metadata:
    annotations:
      ${IGNORE_ANNOTATION}: "${id}: <reason>"

Everywhere:
  pod-rules --set ${id}=off
`;
}
