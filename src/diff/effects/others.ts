import { findMismatch } from '../../rules/model/label-selector';
import type { ObjectView } from '../../rules/model/object-view';
import { Effect } from '../report';
import type { Change, Explanation, World } from './change';
import { formatChange, joinWords } from './show';

/** The effect of kinds beside the pods, once they are changed. */
const SUMMARIES: Readonly<Record<string, (object: ObjectView, world: World) => string>> = {
  'autoscaling/HorizontalPodAutoscaler': (object) =>
    `scales ${describeScaled(object)} by it from its next look on, within seconds`,
  'policy/PodDisruptionBudget': (object, world) =>
    `counts for evictions, such as drains of nodes, of ${listSelected(object, 'selector', world)}; it does not slow rollouts`,
  'networking.k8s.io/NetworkPolicy': (object, world) =>
    `counts at once for connections of ${listSelected(object, 'podSelector', world)}; no pod is touched`,
  'networking.k8s.io/Ingress': () => 'routes requests by it once its controller has read it; no pod is touched',
  '/ServiceAccount': (object, world) => `counts for pods that start later${listAccountUsers(object, world)}`,
  '/LimitRange': () => 'counts for pods that start later; those that run stay',
  '/ResourceQuota': () => 'counts for pods that start later; those that run stay',
  '/Namespace': () => 'only its own metadata changes; policies that select namespaces by labels may select others now',
  'storage.k8s.io/StorageClass': () => 'counts for claims that are made later',
  'rbac.authorization.k8s.io/Role': () => 'counts at once for whom it is bound to; no pod is touched',
  'rbac.authorization.k8s.io/ClusterRole': () => 'counts at once for whom it is bound to; no pod is touched',
  'rbac.authorization.k8s.io/RoleBinding': () => 'counts at once for its subjects; no pod is touched',
  'rbac.authorization.k8s.io/ClusterRoleBinding': () => 'counts at once for its subjects; no pod is touched',
  'scheduling.k8s.io/PriorityClass': () => 'counts for pods that are made later',
};

/** The effect on an object that has no pod. */
export function explainOther(change: Change, world: World): Explanation {
  const name = `${change.group}/${change.kind}`;
  const isKnown = Object.keys(SUMMARIES).includes(name);
  const isMetadata = change.fields.every(({ keys: [part] }) => part === 'metadata');
  const summary =
    isMetadata && change.kind !== 'Namespace'
      ? 'only its own metadata changes'
      : isKnown
        ? SUMMARIES[name]!(change.next, world)
        : 'is changed; what that does is up to its controller';
  return { effect: Effect.APPLY, summary, reasons: change.fields.map(formatChange) };
}

function listSelected(object: ObjectView, field: string, { after }: World): string {
  const selector = object.spec.at(field);
  const pods = after.listPodsBeside(object).filter(({ labels }) => findMismatch(selector, labels) === undefined);
  const titles = [...new Set(pods.map(({ owner }) => owner.title))];
  return titles.length === 0 ? 'pods that are not in these manifests' : joinWords(titles);
}

function listAccountUsers(account: ObjectView, { after }: World): string {
  const users = after
    .listPodsBeside(account)
    .filter(({ spec }) => (spec.at('serviceAccountName').text ?? spec.at('serviceAccount').text) === account.name);
  return users.length === 0 ? '' : `, those of ${joinWords(users.map(({ owner }) => owner.title))}`;
}

/** The workload that an autoscaler scales, by its name. */
export function describeScaled({ spec }: ObjectView): string {
  const [kind, name] = ['kind', 'name'].map((field) => spec.at('scaleTargetRef', field).scalar ?? '(nothing)');
  return `${kind}/${name}`;
}
