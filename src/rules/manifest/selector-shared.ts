import { groupBy } from '../../private/lists';
import { memoizeByObject } from '../../private/memo';
import { Severity } from '../finding';
import type { ManifestSet } from '../model/manifest-set';
import type { ObjectView } from '../model/object-view';
import type { Rule } from '../rule';

const KINDS: ReadonlySet<string> = new Set(['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet']);

export const SELECTOR_SHARED: Rule = {
  id: 'selector-shared',
  severity: Severity.WARNING,
  catches: 'Two workloads with one selector.',
  consequence: 'Budgets, autoscalers and kubectl count the pods of both as those of each.',
  fix: 'give the pods of each workload a label of its own, and select it',
  source: 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#selector',
  checkObject: (object, set) => {
    const key = toSelectorKey(object);
    const all = key === undefined ? [] : (collectSelectors(set).get(key) ?? []);
    const other =
      all.length > 1 ? all.slice(0, all.indexOf(object)).find((candidate) => isOther(candidate, object)) : undefined;
    const message = `its selector is also that of ${other?.title}`;
    return other ? [{ at: object.spec.at('selector'), message }] : [];
  },
};

function isOther(a: ObjectView, b: ObjectView): boolean {
  return !(a.kind === b.kind && a.name === b.name);
}

const collectSelectors = memoizeByObject(
  ({ objects }: ManifestSet): ReadonlyMap<string | undefined, readonly ObjectView[]> => groupBy(objects, toSelectorKey),
);

/** The selector of a workload, with where it counts: those of other files may be alternatives. */
function toSelectorKey(object: ObjectView): string | undefined {
  const { kind, isBuiltIn, spec, namespace, source, unfinished } = object;
  if (!KINDS.has(kind) || !isBuiltIn || unfinished !== undefined || source.isKustomized) {
    return undefined;
  }
  const selector = spec.at('selector');
  const labels = selector.at('matchLabels').fields.map(({ name, scalar }) => `${name}=${scalar}`);
  const isPlain = labels.length > 0 && !selector.at('matchExpressions').exists;
  return isPlain ? JSON.stringify([namespace, source.file, ...labels.sort()]) : undefined;
}
