import { Severity } from '../finding';
import { findMismatch, selectsAll } from '../model/label-selector';
import type { PodView } from '../model/pod-view';
import type { Problem, Rule } from '../rule';

const KINDS = ['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet'];

export const WORKLOAD_SELECTOR: Rule = {
  id: 'workload-selector',
  severity: Severity.ERROR,
  catches: 'A workload whose selector is empty, or does not select the pods of its own template.',
  consequence: 'The API server rejects the workload.',
  fix: 'give the pod template the labels that `spec.selector` names',
  source: 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#selector',
  checkPod: (pod) => (KINDS.includes(pod.owner.kind) ? checkWorkloadSelector(pod) : []),
};

function checkWorkloadSelector({ owner, template, labels }: PodView): Problem[] {
  const selector = owner.spec.at('selector');
  if (!selector.isObject || !template.isObject) {
    return [];
  }
  if (selectsAll(selector)) {
    const fix = 'name the labels of the pod template under `matchLabels`';
    return [{ at: selector, message: `the selector of the ${owner.kind} is empty`, fix }];
  }
  const mismatch = findMismatch(selector, labels);
  if (mismatch === undefined) {
    return [];
  }
  const at = labels.at(mismatch.label);
  // Where it is no text, `field-type` says so.
  if (at.exists && at.text === undefined) {
    return [];
  }
  const found = at.exists ? `"${at.text}"` : 'none';
  const message = `the selector wants label "${mismatch.label}" to be ${mismatch.wanted}, but the pod template has ${found}`;
  return [{ at, message }];
}
