import type { ManifestSet } from '../../model/manifest-set';
import type { ObjectView } from '../../model/object-view';

const scalers = new WeakMap<ManifestSet, ReadonlyMap<ObjectView, ObjectView>>();

/** The workload that a HorizontalPodAutoscaler scales, where it is in the set. */
export function targetOf(object: ObjectView, set: ManifestSet): ObjectView | undefined {
  if (object.kind !== 'HorizontalPodAutoscaler' || !/^autoscaling\/v[12]$/.test(object.apiVersion)) {
    return undefined;
  }
  const target = object.spec.at('scaleTargetRef');
  return set.find(target.at('kind').text ?? '', target.at('name').text, object);
}

/** How many pods a workload has at least, where the set tells: without a number, somebody else may scale it. */
export function fewestReplicas(workload: ObjectView, set: ManifestSet): number | undefined {
  const scaler = scalersOf(set).get(workload);
  return scaler ? (scaler.spec.at('minReplicas').number ?? 1) : workload.spec.at('replicas').number;
}

/** The autoscalers of a set by what they scale. */
function scalersOf(set: ManifestSet): ReadonlyMap<ObjectView, ObjectView> {
  let found = scalers.get(set);
  if (!found) {
    found = new Map(
      set.objects.flatMap((object): [ObjectView, ObjectView][] => {
        const target = targetOf(object, set);
        return target ? [[target, object]] : [];
      }),
    );
    scalers.set(set, found);
  }
  return found;
}
