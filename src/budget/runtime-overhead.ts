import type { ObjectView } from '../rules/model/object-view';
import type { PodView } from '../rules/model/pod-view';
import { type Amounts, readAmountList } from './amounts';

/** The resources that the runtime of a pod takes beside its containers, and what is to be said of them. */
export interface RuntimeOverhead {
  /** Nothing where the pod's own field counts. */
  readonly amounts?: Amounts;
  /** Why the API server refuses the pod. */
  readonly refusal?: string;
  readonly note?: string;
}

/**
 * The overhead of a pod by its RuntimeClass, as the API server writes it into the pod.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/pod-overhead/
 */
export function findOverhead({ spec }: PodView, objects: readonly ObjectView[]): RuntimeOverhead {
  const name = spec.at('runtimeClassName').text;
  const stated = readAmountList(spec.at('overhead'));
  if (name === undefined || name === '') {
    const refusal = 'has `overhead` without a RuntimeClass that says so; remove it, or name the class';
    return stated.size > 0 ? { refusal } : {};
  }
  const found = objects.find((object) => isRuntimeClass(object) && object.name === name);
  if (!found) {
    const note = `RuntimeClass "${name}" is not among the manifests, so what it takes beside the containers is not counted`;
    return stated.size > 0 ? {} : { note };
  }
  const amounts = readAmountList(found.root.at('overhead', 'podFixed'));
  const refusal = `has another \`overhead\` than RuntimeClass "${name}"; remove it, as the API server writes it`;
  return stated.size > 0 && !hasSameAmounts(stated, amounts) ? { amounts, refusal } : { amounts };
}

function isRuntimeClass({ kind, apiVersion, unfinished }: ObjectView): boolean {
  return kind === 'RuntimeClass' && apiVersion.startsWith('node.k8s.io/') && unfinished === undefined;
}

function hasSameAmounts(a: Amounts, b: Amounts): boolean {
  return a.size === b.size && [...a].every(([name, amount]) => b.get(name) === amount);
}
