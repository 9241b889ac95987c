import { memoizeByObject } from '../../../private/memo';
import { findMismatch } from '../../model/label-selector';
import type { ManifestSet } from '../../model/manifest-set';
import type { ObjectView } from '../../model/object-view';
import type { PodView } from '../../model/pod-view';

export function isBudget({ kind, apiVersion }: ObjectView): boolean {
  return kind === 'PodDisruptionBudget' && apiVersion === 'policy/v1';
}

/** Whether objects of other kinds than those of Kubernetes stand in the namespace of an object. */
export function hasForeignKinds({ namespace }: ObjectView, set: ManifestSet): boolean {
  return collectForeignNamespaces(set).has(namespace ?? '');
}

/** The pods in the set that a budget protects; one without labels protects all of its namespace. */
export function listProtectedPods(budget: ObjectView, set: ManifestSet): readonly PodView[] {
  const selector = budget.spec.at('selector');
  if (!selector.isObject) {
    return [];
  }
  const key = JSON.stringify([budget.source.file, budget.root.at('metadata', 'namespace').value, selector.value]);
  const answers = collectAnswers(set);
  const known = answers.get(key) ?? findProtectedPods(budget, set);
  answers.set(key, known);
  return known;
}

/** The pods of a set by the selectors of budgets, as far as they have been asked for: many may be the same. */
const collectAnswers = memoizeByObject((_: ManifestSet) => new Map<string, readonly PodView[]>());

function findProtectedPods(budget: ObjectView, set: ManifestSet): readonly PodView[] {
  const selector = budget.spec.at('selector');
  const labels = selector.at('matchLabels');
  const pods = labels.names.length > 0 ? set.listPodsWith(labels, budget) : set.listPodsBeside(budget);
  return pods.filter((pod) => findMismatch(selector, pod.labels) === undefined);
}

/** The namespaces of a set that hold kinds which are not of Kubernetes: their controllers may make pods too. */
const collectForeignNamespaces = memoizeByObject(({ objects }: ManifestSet): ReadonlySet<string> => {
  const foreign = objects.filter(({ isBuiltIn }) => !isBuiltIn);
  return new Set(foreign.map(({ namespace = '' }) => namespace));
});
