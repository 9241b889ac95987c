import { memoizeByObject } from '../../../private/memo';
import type { ManifestSet } from '../../model/manifest-set';
import type { ObjectView } from '../../model/object-view';

export function isAutoscaler({ kind, apiVersion }: ObjectView): boolean {
  return kind === 'HorizontalPodAutoscaler' && /^autoscaling\/v[12]$/.test(apiVersion);
}

/** The workload that a HorizontalPodAutoscaler scales, where it is in the set. */
export function findScaleTarget(object: ObjectView, set: ManifestSet): ObjectView | undefined {
  if (!isAutoscaler(object)) {
    return undefined;
  }
  const target = object.spec.at('scaleTargetRef');
  return set.find(target.at('kind').text ?? '', target.at('name').text, object);
}

/** The least number of pods of a workload, where the set tells: without a number, something else may scale it. */
export function findFewestReplicas(workload: ObjectView, set: ManifestSet): number | undefined {
  const scaler = collectScalers(set).get(workload);
  return scaler ? (scaler.spec.at('minReplicas').number ?? 1) : workload.spec.at('replicas').number;
}

/** The autoscalers of a set by what they scale. */
const collectScalers = memoizeByObject((set: ManifestSet): ReadonlyMap<ObjectView, ObjectView> => {
  const entries = set.objects.flatMap((object): [ObjectView, ObjectView][] => {
    const target = findScaleTarget(object, set);
    return target ? [[target, object]] : [];
  });
  return new Map(entries);
});
