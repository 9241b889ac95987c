import type { Field } from '../../model/field';
import type { PodView } from '../../model/pod-view';
import { OS_LABELS } from '../../model/windows';

/**
 * Whether two workloads come to the same nodes, as far as is known: they choose the same, or one of them is on each node that
 * fits, and fits all that the other one chooses.
 */
export function isOnSameNodes(a: PodView, b: PodView): boolean {
  return hasAllNodes(a, b) || hasAllNodes(b, a) || toChoice(a) === toChoice(b);
}

/** Whether a DaemonSet is on all nodes of another workload: it asks for no more, and bears no fewer taints. */
function hasAllNodes(wide: PodView, narrow: PodView): boolean {
  const labels = new Map(listNodeLabels(narrow));
  return (
    wide.owner.kind === 'DaemonSet' &&
    wide.isWindows === narrow.isWindows &&
    listNodeLabels(wide).every(([name, value]) => labels.get(name) === value) &&
    ['affinity', 'nodeName'].every((name) => !wide.spec.at(name).exists || isEqual(wide.spec, narrow.spec, name)) &&
    bearsTaints(wide, listTolerations(narrow))
  );
}

/** The nodes that a pod may come to, as a text that is the same for the same nodes. */
function toChoice(pod: PodView): string {
  const { spec } = pod;
  return JSON.stringify([pod.isWindows, listNodeLabels(pod), spec.at('affinity').value, spec.at('nodeName').value]);
}

/** The labels of its nodes but that of their system, which is Linux unless a pod says otherwise. */
function listNodeLabels({ spec }: PodView): [name: string, value: string | undefined][] {
  return spec
    .at('nodeSelector')
    .fields.filter(({ name }) => !OS_LABELS.includes(name))
    .map(({ name, text }): [string, string | undefined] => [name, text])
    .sort(([one], [two]) => (one < two ? -1 : 1));
}

function bearsTaints(pod: PodView, tolerations: readonly string[]): boolean {
  const own = listTolerations(pod);
  return own.includes('{"operator":"Exists"}') || tolerations.every((toleration) => own.includes(toleration));
}

function listTolerations({ spec }: PodView): string[] {
  return spec.at('tolerations').items.map(({ value }) => JSON.stringify(value));
}

function isEqual(one: Field, two: Field, name: string): boolean {
  return JSON.stringify(one.at(name).value) === JSON.stringify(two.at(name).value);
}
