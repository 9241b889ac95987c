import type { ObjectView } from '../../rules/model/object-view';
import { formatCount } from '../../rules/report';
import { Effect } from '../report';
import { findValue } from '../stored/json';
import { findGroup, toStored } from '../stored/stored-object';
import type { Explanation, World } from './change';
import { listConfigUses } from './configs';
import { describeScaled } from './others';
import { findReach } from './services';
import { formatWord, joinWords } from './show';
import { explainDataLoss } from './storage';

/** The effect of a new object. */
export function explainCreation(object: ObjectView, world: World): Explanation {
  return { effect: Effect.CREATE, summary: describeCreation(object, world) };
}

function describeCreation(object: ObjectView, world: World): string {
  const stored = toStored(object);
  const replicas = findValue(stored, 'spec', 'replicas');
  switch (`${findGroup(object)}/${object.kind}`) {
    case 'apps/Deployment':
    case 'apps/StatefulSet':
    case 'apps/ReplicaSet':
      return `is new: starts ${formatCount(toCount(replicas), 'pod')}`;
    case 'apps/DaemonSet':
      return 'is new: starts a pod on each node that it fits';
    case '/Pod':
      return object.root.at('metadata', 'name').exists
        ? 'is new: starts'
        : 'is made anew at each `kubectl create`; `kubectl apply` does not take `generateName`';
    case 'batch/Job':
      return 'is new: runs once';
    case 'batch/CronJob':
      return `is new: runs by schedule "${formatWord(findValue(stored, 'spec', 'schedule'))}"`;
    case '/Service':
      return `is new${describeReach(object, world)}`;
    case 'autoscaling/HorizontalPodAutoscaler':
      return `is new: decides on the number of pods of ${describeScaled(object)}`;
    default:
      return 'is new';
  }
}

/** A number of pods; none where it is no number. */
function toCount(replicas: unknown): number {
  return typeof replicas === 'number' ? replicas : 0;
}

function describeReach(service: ObjectView, world: World): string {
  const targets = [...new Set(findReach(service, world.after).values())];
  return targets.length === 0 ? '' : `: leads to ${joinWords(targets)}`;
}

/** The things that go with an object. */
export function explainDeletion(object: ObjectView, world: World): Explanation {
  const notes = [...explainDataLoss(object, world), ...explainUsers(object, world)];
  return { effect: Effect.DELETE, summary: describeDeletion(object), notes };
}

function describeDeletion(object: ObjectView): string {
  const replicas = findValue(toStored(object), 'spec', 'replicas');
  switch (`${findGroup(object)}/${object.kind}`) {
    case 'apps/Deployment':
    case 'apps/StatefulSet':
    case 'apps/ReplicaSet':
      return replicas === 0
        ? 'is gone; it had no pods'
        : `is gone, and its ${formatCount(toCount(replicas), 'pod')} with it`;
    case 'apps/DaemonSet':
      return 'is gone, and its pods on all nodes with it';
    case '/Pod':
      return 'is gone';
    case 'batch/Job':
      return 'is gone, and its pods with it, even if they run';
    case 'batch/CronJob':
      return 'is gone, and its Jobs with it, even if they run';
    case '/Namespace':
      return 'is gone, and all that is in it';
    case 'autoscaling/HorizontalPodAutoscaler':
      return 'is gone; its workload keeps the number of pods that it has, unless it states one';
    case 'policy/PodDisruptionBudget':
      return 'is gone; nothing holds back evictions of its pods any more';
    case '/Service':
      return 'is gone; who calls it finds nobody';
    default:
      return 'is gone';
  }
}

/** Pods that need a ConfigMap or Secret that is gone. */
function explainUsers(object: ObjectView, world: World): string[] {
  if (object.kind !== 'ConfigMap' && object.kind !== 'Secret') {
    return [];
  }
  const users = listConfigUses(object, world).map(({ owner }) => owner.title);
  return users.length === 0
    ? []
    : [
        `${joinWords([...new Set(users)])} still ${users.length === 1 ? 'uses' : 'use'} it: running pods keep it, new ones do not start`,
      ];
}
