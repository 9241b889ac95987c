import { memoizeByText } from './memo';

/** The places of pods in manifests of well-known kinds, by group and kind. */
const PLACES: Readonly<Record<string, string>> = {
  'core/Pod': '',
  'core/ReplicationController': 'spec.template',
  'core/PodTemplate': 'template',
  'apps/Deployment': 'spec.template',
  'apps/StatefulSet': 'spec.template',
  'apps/DaemonSet': 'spec.template',
  'apps/ReplicaSet': 'spec.template',
  'batch/Job': 'spec.template',
  'batch/CronJob': 'spec.jobTemplate.spec.template',
  'argoproj.io/Rollout': 'spec.template',
  'serving.knative.dev/Service': 'spec.template',
  'serving.knative.dev/Configuration': 'spec.template',
  'apps.openshift.io/DeploymentConfig': 'spec.template',
  'apps.kruise.io/CloneSet': 'spec.template',
  'apps.kruise.io/StatefulSet': 'spec.template',
  'apps.kruise.io/DaemonSet': 'spec.template',
  'apps.kruise.io/BroadcastJob': 'spec.template',
  'leaderworkerset.x-k8s.io/LeaderWorkerSet': 'spec.leaderWorkerTemplate.workerTemplate',
};

/** The path of the pod template in manifests of this kind, where it is known. */
export function tryFindPodPath(apiVersion: string, kind: string): string | undefined {
  const slash = apiVersion.indexOf('/');
  return PLACES[`${slash < 0 ? 'core' : apiVersion.slice(0, slash)}/${kind}`];
}

/** The part of a manifest at a path of fields. */
export function findAtPath(manifest: unknown, path: string): unknown {
  let part: any = manifest;
  for (const field of splitPath(path)) {
    part = part?.[field];
  }
  return part;
}

/** The fields of a path, one after the other. */
export const splitPath = memoizeByText((path: string): readonly string[] => path.split('.').filter(Boolean));
