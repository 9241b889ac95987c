import { Severity } from '../../finding';
import { failsCheck, type Outcome } from '../check';
import type { Verdict } from '../verdict';
import type { Format } from './format';
import { countByRule } from './summary';

/** Grows when a field of the shape below changes its meaning or goes away; new fields may come at any time. */
const SHAPE_VERSION = 1;

/**
 * For programs:
 *
 * ```
 * {
 *   "version": 1,
 *   "summary": { "errors", "warnings", "infos", "suppressed", "objects", "failing": numbers },
 *   "findings": [{ "rule", "severity", "message", "fix", "path", "kind"?, "name"?, "namespace"?, "file", "line", "template"? }],
 *   "suppressed": [the same with "suppressedBecause" and "suppressedBy": "annotation", "exemption" or "baseline"],
 *   "omissions": [{ "reason", "kind"?, "name"?, "file", "line" }],
 *   "unusable": [{ "file", "message" }]
 * }
 * ```
 */
export const formatJson: Format = function* (outcome) {
  yield renderHead(outcome);
  yield* formatList('findings', outcome.findings.map(toPublicFinding));
  yield ',\n';
  yield* formatList('suppressed', outcome.suppressed.map(toPublicFinding));
  yield ',\n';
  yield* formatList('omissions', outcome.omissions);
  yield ',\n';
  yield* formatList('unusable', outcome.unusable);
  yield '\n}\n';
};

/** The same with numbers in place of findings: `"rules": [{ "rule", "severity", "findings", "suppressed" }]`. */
export const formatJsonSummary: Format = function* (outcome) {
  yield renderHead(outcome);
  yield* formatList('rules', countByRule(outcome));
  yield ',\n';
  yield* formatList('unusable', outcome.unusable);
  yield '\n}\n';
};

function renderHead({ findings, suppressed, all, checked, failOn }: Outcome): string {
  const count = (wanted: Severity): number => findings.filter(({ severity }) => severity === wanted).length;
  const summary = {
    errors: count(Severity.ERROR),
    warnings: count(Severity.WARNING),
    infos: count(Severity.INFO),
    suppressed: suppressed.length,
    objects: checked.length,
    failing: all.filter((verdict) => failsCheck(verdict, failOn)).length,
  };
  return `{\n  "version": ${SHAPE_VERSION},\n  "summary": ${JSON.stringify(summary)},\n`;
}

function toPublicFinding({ stablePath, ...finding }: Verdict): object {
  return finding;
}

function* formatList(name: string, items: readonly object[]): Generator<string> {
  yield `  "${name}": [`;
  for (const [index, item] of items.entries()) {
    yield `${index === 0 ? '' : ','}\n    ${JSON.stringify(item)}`;
  }
  yield items.length === 0 ? ']' : '\n  ]';
}
