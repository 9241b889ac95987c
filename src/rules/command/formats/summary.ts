import { isAtLeast, type Severity } from '../../finding';
import type { Outcome } from '../check';
import { type Format, formatSummary } from './format';
import { escapeControls } from './text';

/** The numbers of one rule. */
export interface RuleCount {
  readonly rule: string;
  /** The worst of its findings. */
  readonly severity: Severity;
  readonly findings: number;
  readonly suppressed: number;
}

/** Numbers in place of findings, for people: one line for each rule that finds anything. */
export const formatTextSummary: Format = function* (outcome) {
  const counts = countByRule(outcome);
  const width = Math.max(0, ...counts.map(({ findings }) => String(findings).length));
  for (const { rule, severity, findings, suppressed } of counts) {
    const more = suppressed > 0 ? ` (${suppressed} suppressed)` : '';
    yield `  ${String(findings).padStart(width)}  ${severity.padEnd('warning'.length)}  ${rule}${more}\n`;
  }
  yield `${counts.length > 0 ? '\n' : ''}${escapeControls(formatSummary(outcome))}\n`;
};

/** The rules that find anything, the worst and then the most frequent first. */
export function countByRule({ findings, suppressed }: Outcome): RuleCount[] {
  const counts = new Map<string, RuleCount>();
  for (const { rule, severity, suppressedBecause } of [...findings, ...suppressed]) {
    const before = counts.get(rule) ?? { rule, severity, findings: 0, suppressed: 0 };
    const field = suppressedBecause === undefined ? 'findings' : 'suppressed';
    const worst = isAtLeast(severity, before.severity) ? severity : before.severity;
    counts.set(rule, { ...before, severity: worst, [field]: before[field] + 1 });
  }
  return [...counts.values()].sort(compareCounts);
}

function compareCounts(a: RuleCount, b: RuleCount): number {
  const isWorse = Number(isAtLeast(b.severity, a.severity)) - Number(isAtLeast(a.severity, b.severity));
  return isWorse || b.findings - a.findings || (a.rule < b.rule ? -1 : 1);
}
