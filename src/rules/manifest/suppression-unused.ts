import { Severity } from '../finding';
import { IGNORE_ANNOTATION, UNUSED_RULE } from '../ignore';
import type { Rule } from '../rule';

/** Found by the engine, which alone knows what the other rules found. */
export const SUPPRESSION_UNUSED: Rule = {
  id: UNUSED_RULE,
  severity: Severity.WARNING,
  catches: `An annotation \`${IGNORE_ANNOTATION}\`, an exemption of \`pod-rules.yaml\` or an entry of a baseline that suppresses nothing (any more).`,
  consequence: 'It hides the next fault of its kind, with a reason that was given for another.',
  fix: 'take it away',
  source: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations/',
};
