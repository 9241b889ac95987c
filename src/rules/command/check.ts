import { runRules } from '../engine';
import { isAtLeast } from '../finding';
import { RULES } from '../list';
import type { ObjectView } from '../model/object-view';
import { PodRulesReport } from '../report';
import type { Check } from './arguments';
import { Excerpts } from './excerpts';
import type { Input } from './input';
import type { Outcome, Unusable } from './outcome';

/** Checks all that was read as one set. */
export function checkManifests(input: Input, { limit, severities }: Pick<Check, 'limit' | 'severities'>): Outcome {
  const report = new PodRulesReport(runRules(input.objects, RULES, severities));
  const excerpts = new Excerpts(input.documents);
  return {
    findings: report.atLeast(limit),
    suppressed: report.suppressed.filter(({ severity }) => isAtLeast(severity, limit)),
    objects: input.objects.filter(({ root }) => root.isObject).length,
    passedOver: input.passedOver,
    unusable: [...input.unusable, ...input.objects.flatMap(findUnreadable)],
    findText: (file, line) => excerpts.findText(file, line),
  };
}

/** A document that is no YAML: none of its objects could be checked, whatever the settings say of the finding. */
function findUnreadable({ source, root }: ObjectView): Unusable[] {
  const { file = '', error } = source;
  return error === undefined ? [] : [{ file, message: `line ${source.findLine?.(root.keys)}: ${error}` }];
}
