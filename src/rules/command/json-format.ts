import { type Finding, Severity } from '../finding';
import type { Format } from './outcome';

/** Grows when a field of the shape below changes its meaning or goes away; new fields may come at any time. */
const SHAPE_VERSION = 1;

/**
 * For programs:
 *
 * ```
 * {
 *   "version": 1,
 *   "summary": { "errors", "warnings", "infos", "suppressed", "objects": numbers },
 *   "findings": [{ "rule", "severity", "message", "fix", "path", "kind"?, "name"?, "namespace"?, "file", "line" }],
 *   "suppressed": [the same with "suppressedBecause"],
 *   "unusable": [{ "file", "message" }]
 * }
 * ```
 */
export const formatJson: Format = function* ({ findings, suppressed, objects, unusable }) {
  const count = (wanted: Severity): number => findings.filter(({ severity }) => severity === wanted).length;
  const summary = {
    errors: count(Severity.ERROR),
    warnings: count(Severity.WARNING),
    infos: count(Severity.INFO),
    suppressed: suppressed.length,
    objects,
  };
  yield `{\n  "version": ${SHAPE_VERSION},\n  "summary": ${JSON.stringify(summary)},\n`;
  yield* formatList('findings', findings);
  yield ',\n';
  yield* formatList('suppressed', suppressed);
  yield ',\n';
  yield* formatList('unusable', unusable);
  yield '\n}\n';
};

function* formatList(name: string, items: readonly (Finding | object)[]): Generator<string> {
  yield `  "${name}": [`;
  for (const [index, item] of items.entries()) {
    yield `${index === 0 ? '' : ','}\n    ${JSON.stringify(item)}`;
  }
  yield items.length === 0 ? ']' : '\n  ]';
}
