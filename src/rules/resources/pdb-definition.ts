import { isWholeNumber } from '../../private/values';
import { Severity } from '../finding';
import type { Field } from '../model/field';
import { checkForm, type Form } from '../model/field-form';
import type { Problem, Rule } from '../rule';
import { isBudget } from './shared/disruption-budgets';

/** The form of a budget beside its amounts; the selector is what `label-syntax` reads. */
const BUDGET: Form = { filled: ['unhealthyPodEvictionPolicy'] };

export const PDB_DEFINITION: Rule = {
  id: 'pdb-definition',
  severity: Severity.ERROR,
  catches: 'A PodDisruptionBudget with both of its amounts, or with an amount that is none.',
  consequence: 'The API server rejects it, and a drain of nodes may take all pods at once.',
  fix: 'write a whole number of pods, or a percentage from `0%` to `100%`',
  source: 'https://kubernetes.io/docs/tasks/run-application/configure-pdb/#specifying-a-poddisruptionbudget',
  checkObject: (object) =>
    isBudget(object) ? [...checkPodCounts(object.spec), ...checkForm(object.spec, BUDGET)] : [],
};

function checkPodCounts(spec: Field): Problem[] {
  const [kept, lost] = [spec.at('minAvailable'), spec.at('maxUnavailable')];
  return [
    ...(kept.exists && lost.exists
      ? [
          {
            at: lost,
            message: 'the PodDisruptionBudget has `minAvailable` and `maxUnavailable`, and only one is allowed',
            fix: 'remove one of the two',
          },
        ]
      : []),
    ...[kept, lost].flatMap(checkPodCount),
  ];
}

function checkPodCount(at: Field): Problem[] {
  const { number, text } = at;
  const isAmount = number === undefined ? text === undefined || /^(\d\d?|100)%$/.test(text) : isWholeNumber(number);
  return isAmount ? [] : [{ at, message: `\`${at.name}\` is ${number ?? `"${text}"`}, which is no amount of pods` }];
}
