import type { ManifestSet } from '../rules/model/manifest-set';
import type { ObjectView } from '../rules/model/object-view';
import { findScaleTarget } from '../rules/resources/shared/autoscaling';
import { readCount } from './pod-count';

/** The bounds between which something changes the number of pods. */
export interface Scaler {
  readonly least: number;
  readonly most: number;
}

/** The bounds of all workloads of a set that an autoscaler scales: one of Kubernetes, or of KEDA. */
export function collectBounds(set: ManifestSet): ReadonlyMap<ObjectView, Scaler> {
  const entries = set.objects
    .filter(({ unfinished }) => unfinished === undefined)
    .flatMap((object): [ObjectView, Scaler][] => {
      const target = isScaledObject(object) ? findKedaTarget(object, set) : findScaleTarget(object, set);
      return target ? [[target, readBounds(object)]] : [];
    });
  return new Map(entries);
}

function isScaledObject({ kind, apiVersion }: ObjectView): boolean {
  return kind === 'ScaledObject' && apiVersion.startsWith('keda.sh/');
}

function findKedaTarget(object: ObjectView, set: ManifestSet): ObjectView | undefined {
  const target = object.spec.at('scaleTargetRef');
  return set.find(target.at('kind').text ?? 'Deployment', target.at('name').text, object);
}

/** A bound that an autoscaler does not state is 1; KEDA scales from none to a hundred. */
function readBounds(object: ObjectView): Scaler {
  const { spec } = object;
  const [least, most] = isScaledObject(object)
    ? [readCount(spec.at('minReplicaCount'), 0), readCount(spec.at('maxReplicaCount'), 100)]
    : [readCount(spec.at('minReplicas'), 1), readCount(spec.at('maxReplicas'), 1)];
  return { least: least!, most: Math.max(least!, most!) };
}
