import { Severity } from '../finding';
import type { Field } from '../model/field';
import { findMismatch, type Mismatch, readLabel, selectsAll } from '../model/label-selector';
import type { PodView } from '../model/pod-view';
import type { Problem, Rule } from '../rule';

const KINDS = ['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet'];

/** The kind whose selector is labels and nothing else, those of the pods where it has none. */
const PLAIN = 'ReplicationController';

export const WORKLOAD_SELECTOR: Rule = {
  id: 'workload-selector',
  severity: Severity.ERROR,
  catches: 'A workload whose selector is empty, or does not select the pods of its own template.',
  consequence: 'The API server rejects the workload.',
  fix: 'give the pod template the labels that `spec.selector` names',
  source: 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#selector',
  checkPod: (pod) => {
    const { kind, isJob, spec } = pod.owner;
    const isManual = isJob && spec.at('manualSelector').isTrue;
    return KINDS.includes(kind) || isManual
      ? checkWorkloadSelector(pod)
      : kind === PLAIN
        ? checkPlainSelector(pod)
        : [];
  },
};

function checkWorkloadSelector({ owner, template, labels }: PodView): Problem[] {
  const selector = owner.spec.at('selector');
  if (!selector.isObject || !template.isObject) {
    return [];
  }
  if (selectsAll(selector)) {
    if (owner.source.isKustomized) {
      return [];
    }
    const fix = 'name the labels of the pod template under `matchLabels`';
    return [{ at: selector, message: `the selector of the ${owner.kind} is empty`, fix }];
  }
  const mismatch = findMismatch(selector, labels);
  return mismatch === undefined ? [] : describeMismatch(mismatch, labels);
}

function checkPlainSelector({ owner, template, labels }: PodView): Problem[] {
  const wanted = owner.spec
    .at('selector')
    .fields.find((label) => readLabel(label) !== undefined && readLabel(labels.at(label.name)) !== readLabel(label));
  return wanted && template.isObject
    ? describeMismatch({ label: wanted.name, wanted: `"${readLabel(wanted)}"` }, labels)
    : [];
}

function describeMismatch(mismatch: Mismatch, labels: Field): Problem[] {
  const at = labels.at(mismatch.label);
  // Where it is no text, `field-type` says so.
  if (at.exists && at.text === undefined) {
    return [];
  }
  const found = at.exists ? `"${at.text}"` : 'none';
  const message = `the selector wants label "${mismatch.label}" to be ${mismatch.wanted}, but the pod template has ${found}`;
  return [{ at, message }];
}
