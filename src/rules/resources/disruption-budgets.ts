import { mismatchOf } from '../model/label-selector';
import type { ManifestSet } from '../model/manifest-set';
import type { ObjectView } from '../model/object-view';
import type { PodView } from '../model/pod-view';

/** What a set has in one namespace. */
interface Content {
  readonly pods: readonly PodView[];
  /** Whether there are kinds that are not of Kubernetes: their controllers may make pods too. */
  readonly hasForeignKinds: boolean;
}

const contents = new WeakMap<ManifestSet, ReadonlyMap<string, Content>>();
const NOTHING: Content = { pods: [], hasForeignKinds: false };

export function isBudget({ kind, apiVersion }: ObjectView): boolean {
  return kind === 'PodDisruptionBudget' && apiVersion === 'policy/v1';
}

/** What the set has beside an object in its namespace. */
export function contentBeside({ namespace }: ObjectView, set: ManifestSet): Content {
  let found = contents.get(set);
  if (!found) {
    found = contentOf(set);
    contents.set(set, found);
  }
  return found.get(namespace ?? '') ?? NOTHING;
}

/** The pods in the set that a budget protects; one without labels protects all of its namespace. */
export function protectedPods(budget: ObjectView, set: ManifestSet): readonly PodView[] {
  const selector = budget.spec.at('selector');
  if (!selector.isObject) {
    return [];
  }
  const labels = selector.at('matchLabels');
  const pods = labels.names.length > 0 ? set.podsWith(labels, budget) : contentBeside(budget, set).pods;
  return pods.filter((pod) => mismatchOf(selector, pod.labels) === undefined);
}

function contentOf({ objects }: ManifestSet): ReadonlyMap<string, Content> {
  const found = new Map<string, { pods: PodView[]; hasForeignKinds: boolean }>();
  for (const { namespace = '', pod, apiVersion } of objects) {
    const content = found.get(namespace) ?? { pods: [], hasForeignKinds: false };
    found.set(namespace, content);
    content.hasForeignKinds ||= isForeign(apiVersion);
    if (pod) {
      content.pods.push(pod);
    }
  }
  return found;
}

function isForeign(apiVersion: string): boolean {
  const group = apiVersion.includes('/') ? apiVersion.split('/')[0]! : '';
  return group.includes('.') && !group.endsWith('.k8s.io');
}
