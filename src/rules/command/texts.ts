import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findPackageFolder } from '../../private/package-folder';
import { IGNORE_ANNOTATION } from '../ignore';
import { RULE_GROUPS, RULES } from '../list';
import type { Rule } from '../rule';

/** The version of this package. */
export function readVersion(): string {
  return JSON.parse(readFileSync(join(findPackageFolder(), 'package.json'), 'utf8')).version;
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
