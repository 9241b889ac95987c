import { Severity } from '../finding';
import type { ManifestSet } from '../model/manifest-set';
import type { ObjectView } from '../model/object-view';
import type { Problem, Rule } from '../rule';
import { hasForeignKinds, isBudget, listProtectedPods } from './shared/disruption-budgets';

export const PDB_SELECTOR: Rule = {
  id: 'pdb-selector',
  severity: Severity.WARNING,
  catches: 'A PodDisruptionBudget that protects none of the pods that are applied with it.',
  consequence: 'A drain of nodes may take all pods of the workload at once.',
  fix: 'select the labels of the pod template',
  source: 'https://kubernetes.io/docs/tasks/run-application/configure-pdb/#specifying-a-poddisruptionbudget',
  checkObject: (object, set) => (isBudget(object) ? checkBudgetSelector(object, set) : []),
};

function checkBudgetSelector(budget: ObjectView, set: ManifestSet): Problem[] {
  const at = budget.spec.at('selector');
  if (
    set.listPodsBeside(budget).length === 0 ||
    hasForeignKinds(budget, set) ||
    listProtectedPods(budget, set).length > 0
  ) {
    return [];
  }
  const message = at.exists
    ? `the selector of the PodDisruptionBudget selects none of the pods that are applied with it`
    : 'the PodDisruptionBudget has no `selector`, and protects no pod';
  return [{ at, message }];
}
