import { formatCount } from '../../rules/report';
import { Effect } from '../report';
import type { FieldChange } from '../stored/compare';
import { type Change, type Explanation, findPodKeys, listBelow, type World } from './change';
import { explainTemplate } from './reasons';
import { findReplicas } from './rollout';
import { formatChange } from './show';
import { explainDataLoss } from './storage';

/** The way to change what never changes. */
export function explainReplacement(change: Change, refused: readonly FieldChange[], world: World): Explanation {
  const keys = findPodKeys(change.next);
  const inside = keys === undefined ? [] : listBelow(refused, keys).filter(isOfPod);
  const beside = refused.filter((field) => !listBelow([field], keys ?? ['']).some(isOfPod));
  const reasons = [...explainTemplate(inside, change.next, world), ...beside.map(formatChange)].map((reason) =>
    isShrink(change, refused) ? reason : `${reason} (immutable)`,
  );
  return {
    effect: Effect.REPLACE,
    summary: describeReplacement(change, refused),
    reasons: [...reasons, ...listOthers(change, refused, world)],
    notes: listConsequences(change, world),
  };
}

/** Whether a field is one of a pod, on the way from its template. */
function isOfPod({ keys: [part] }: FieldChange): boolean {
  return part === 'spec' || part === 'metadata';
}

/** Whether a claim is to be smaller: it may only grow. */
function isShrink({ kind }: Change, refused: readonly FieldChange[]): boolean {
  return kind === 'PersistentVolumeClaim' && refused.every(({ keys }) => keys[keys.length - 1] === 'storage');
}

function describeReplacement(change: Change, refused: readonly FieldChange[]): string {
  const { group, kind } = change;
  const start = '`kubectl apply` is refused';
  switch (`${group}/${kind}`) {
    case '/ConfigMap':
    case '/Secret':
      return `${start}: it is deleted and made again, or gets another name`;
    case '/PersistentVolumeClaim':
      return isShrink(change, refused)
        ? `${start}: a claim never shrinks`
        : `${start}: a claim is only changed by a new one`;
    case 'apps/StatefulSet':
      return `${start}: it is deleted with \`--cascade=orphan\`, which leaves its pods and claims, and made again`;
    case 'batch/Job':
      return `${start}: it is deleted and made again, and so runs again`;
    case '/Pod':
      return `${start}: the pod ends, and a new one starts`;
    default:
      return `${start}: it is deleted and made again`;
  }
}

function listOthers(change: Change, refused: readonly FieldChange[], world: World): string[] {
  const keys = findPodKeys(change.next);
  const isRefused = ({ keys: own }: FieldChange) => refused.some((field) => field.keys.join('\n') === own.join('\n'));
  const rest = change.fields.filter((field) => !isRefused(field));
  return keys === undefined || keys.length === 0 ? [] : explainTemplate(listBelow(rest, keys), change.next, world);
}

function listConsequences(change: Change, world: World): string[] {
  const { kind, group, old } = change;
  switch (`${group}/${kind}`) {
    case 'apps/Deployment':
    case 'apps/ReplicaSet': {
      const { most } = findReplicas(change, world);
      return most === 0
        ? []
        : [
            `its ${formatCount(most, 'pod')} ${most === 1 ? 'ends' : 'end'} with it: nothing serves until new ones are ready`,
          ];
    }
    case 'apps/DaemonSet':
      return ['its pods end with it on all nodes, until new ones are ready'];
    case 'apps/StatefulSet':
      return listBelow(change.fields, ['spec', 'volumeClaimTemplates']).length > 0
        ? ['claims that exist stay as they are: a changed template counts for those of new pods alone']
        : [];
    case '/Service':
      return ['it gets a new address, unless it states one'];
    case '/PersistentVolumeClaim':
    case '/PersistentVolume':
      return explainDataLoss(old, world);
    default:
      return [];
  }
}
