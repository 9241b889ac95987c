import { memoizeByObject } from '../../../private/memo';
import type { Field } from '../../model/field';
import type { ManifestSet } from '../../model/manifest-set';
import type { ObjectView } from '../../model/object-view';

/** An autoscaler, and the bounds between which it keeps the number of pods. */
export interface Scaler {
  readonly object: ObjectView;
  readonly least: number;
  readonly most: number;
}

export function isAutoscaler({ kind, apiVersion }: ObjectView): boolean {
  return kind === 'HorizontalPodAutoscaler' && /^autoscaling\/v[12]$/.test(apiVersion);
}

/** The workload that a HorizontalPodAutoscaler scales, where it is in the set. */
export function findScaleTarget(object: ObjectView, set: ManifestSet): ObjectView | undefined {
  return isAutoscaler(object) ? findTarget(object, set, '') : undefined;
}

/** The autoscaler of a workload: one of Kubernetes, or of KEDA. */
export function findScaler(workload: ObjectView, set: ManifestSet): Scaler | undefined {
  return collectScalers(set).get(workload);
}

/** The least number of pods of a workload, where the set tells: without a number, something else may scale it. */
export function findFewestReplicas(workload: ObjectView, set: ManifestSet): number | undefined {
  return findScaler(workload, set)?.least ?? workload.spec.at('replicas').number;
}

/** The autoscalers of a set by what they scale. */
const collectScalers = memoizeByObject((set: ManifestSet): ReadonlyMap<ObjectView, Scaler> => {
  const scalers = set.objects.filter(({ unfinished }) => unfinished === undefined);
  const entries = scalers.flatMap((object): [ObjectView, Scaler][] => {
    const target = isScaledObject(object) ? findTarget(object, set, 'Deployment') : findScaleTarget(object, set);
    return target ? [[target, readScaler(object)]] : [];
  });
  return new Map(entries);
});

/** Whether it is an autoscaler of KEDA. */
export function isScaledObject({ kind, apiVersion }: ObjectView): boolean {
  return kind === 'ScaledObject' && apiVersion.startsWith('keda.sh/');
}

function findTarget(object: ObjectView, set: ManifestSet, kind: string): ObjectView | undefined {
  const target = object.spec.at('scaleTargetRef');
  return set.find(target.at('kind').text ?? kind, target.at('name').text, object);
}

/** A bound that an autoscaler does not state is 1; KEDA scales from none to a hundred. */
function readScaler(object: ObjectView): Scaler {
  const { spec } = object;
  const [least, most] = isScaledObject(object)
    ? [readPodNumber(spec.at('minReplicaCount'), 0), readPodNumber(spec.at('maxReplicaCount'), 100)]
    : [readPodNumber(spec.at('minReplicas'), 1), readPodNumber(spec.at('maxReplicas'), 1)];
  return { object, least, most: Math.max(least, most) };
}

/** A whole number of pods that stands in a field. */
export function readPodNumber({ number }: Field, otherwise: number): number {
  return number !== undefined && Number.isInteger(number) && number >= 0 ? number : otherwise;
}
