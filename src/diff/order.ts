import { Effect, type ObjectReport } from './report';

/** Kinds in the order in which they are made, each step after those before it; what stands nowhere comes last. */
const STEPS: readonly (readonly string[])[] = [
  ['Namespace', 'CustomResourceDefinition', 'PriorityClass', 'RuntimeClass', 'StorageClass', 'IngressClass'],
  ['ResourceQuota', 'LimitRange'],
  ['ServiceAccount', 'Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding'],
  ['ConfigMap', 'Secret', 'PersistentVolume', 'PersistentVolumeClaim'],
  ['NetworkPolicy', 'PodTemplate'],
  ['Pod', 'ReplicationController', 'ReplicaSet', 'Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob'],
  ['Service', 'Ingress', 'HorizontalPodAutoscaler', 'PodDisruptionBudget'],
];

/** The order in which things happen: what pods need, the pods, what leads to them; what goes comes last, the other way round. */
export function compareSteps(a: ObjectReport, b: ObjectReport): number {
  return findStep(a) - findStep(b);
}

function findStep({ kind, effect }: ObjectReport): number {
  const found = STEPS.findIndex((kinds) => kinds.includes(kind));
  const step = found < 0 ? STEPS.length : found;
  return effect === Effect.DELETE ? 2 * STEPS.length + 1 - step : step;
}
