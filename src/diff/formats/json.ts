import type { Unusable } from '../../rules/command/files';
import type { Verdict } from '../../rules/command/verdict';
import { type DiffReport, Effect } from '../report';
import { formatPath } from '../stored/compare';

/** The version of this form; fields may be added to it, and none goes or changes. */
const VERSION = 1;

/** For programs: all that is known. */
export function formatDiffJson(report: DiffReport, unusable: readonly Unusable[]): string {
  const { objects, unchanged, begun, ceased, passedOver } = report;
  const summary = Object.values(Effect).map((effect) => [
    effect,
    objects.filter((object) => object.effect === effect).length,
  ]);
  const shown = {
    version: VERSION,
    summary: { ...Object.fromEntries(summary), unchanged },
    objects: objects.map(({ fields, ...object }) => ({
      ...object,
      fields: fields.map(({ keys, ...change }) => ({ path: formatPath(keys), ...change })),
    })),
    findings: { begun: begun.map(toFound), ceased: ceased.map(toFound) },
    passedOver,
    unusable,
  };
  return `${JSON.stringify(shown, null, 2)}\n`;
}

function toFound({ rule, severity, message, fix, path, kind, name, namespace, file, line }: Verdict) {
  return { rule, severity, message, fix, path, kind, name, namespace, file, line };
}
