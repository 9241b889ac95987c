import type { Fields } from '../json';
import * as others from './others';
import { completePod } from './pod';
import { completeNetworkPolicy, completeService } from './services';
import * as workloads from './workloads';

/** The additions of the API server to objects, by their group and kind. */
const COMPLETIONS: Readonly<Record<string, (object: Fields) => void>> = {
  '/ConfigMap': others.completeConfigMap,
  '/Namespace': others.completeNamespace,
  '/PersistentVolume': others.completeVolume,
  '/PersistentVolumeClaim': others.completeClaim,
  '/Pod': completePod,
  '/PodTemplate': workloads.completePodTemplate,
  '/ReplicationController': workloads.completeReplicationController,
  '/Secret': others.completeSecret,
  '/Service': completeService,
  'apps/DaemonSet': workloads.completeDaemonSet,
  'apps/Deployment': workloads.completeDeployment,
  'apps/ReplicaSet': workloads.completeReplicaSet,
  'apps/StatefulSet': workloads.completeStatefulSet,
  'autoscaling/HorizontalPodAutoscaler': others.completeAutoscaler,
  'batch/CronJob': workloads.completeCronJob,
  'batch/Job': workloads.completeJob,
  'networking.k8s.io/NetworkPolicy': completeNetworkPolicy,
  'rbac.authorization.k8s.io/ClusterRoleBinding': others.completeBinding,
  'rbac.authorization.k8s.io/RoleBinding': others.completeBinding,
  'scheduling.k8s.io/PriorityClass': others.completePriorityClass,
  'storage.k8s.io/StorageClass': others.completeStorageClass,
};

/** Adds to an object what the API server adds to it; to one of a kind that nobody here knows, nothing. */
export function completeObject(object: Fields, group: string, kind: string): void {
  const name = `${group}/${kind}`;
  if (Object.keys(COMPLETIONS).includes(name)) {
    COMPLETIONS[name]!(object);
  }
}
