import type { ManifestSet } from '../rules/model/manifest-set';
import type { ObjectView } from '../rules/model/object-view';

/**
 * The sentences about workloads whose requests a VerticalPodAutoscaler writes anew in each pod.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/autoscaling/vertical-pod-autoscale/
 */
export function describeVerticalScalers(set: ManifestSet): ReadonlyMap<ObjectView, string> {
  const entries = set.objects.filter(isWriting).flatMap((object): [ObjectView, string][] => {
    const reference = object.spec.at('targetRef');
    const target = set.find(reference.at('kind').text ?? '', reference.at('name').text, object);
    return target ? [[target, `${object.title} gives its pods other requests than are counted here`]] : [];
  });
  return new Map(entries);
}

/** Whether it does more than to recommend. */
function isWriting({ kind, apiVersion, spec, unfinished }: ObjectView): boolean {
  return (
    kind === 'VerticalPodAutoscaler' &&
    apiVersion.startsWith('autoscaling.k8s.io/') &&
    unfinished === undefined &&
    spec.at('updatePolicy', 'updateMode').text !== 'Off'
  );
}
