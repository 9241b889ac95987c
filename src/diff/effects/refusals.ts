import { toNanos } from '../../private/quantities';
import type { FieldChange } from '../stored/compare';
import { formatPath } from '../stored/compare';
import { type Fields, findValue, isSame, toItems } from '../stored/json';
import { type Change, listBelow } from './change';
import { findPodRefusals } from './pod-refusals';

/** The fields that never change, by group and kind; those below them neither. */
const IMMUTABLE: Readonly<Record<string, readonly string[]>> = {
  '/PersistentVolume': ['spec.volumeMode'],
  '/ResourceQuota': ['spec.scopes'],
  '/Secret': ['type'],
  'apps/DaemonSet': ['spec.selector'],
  'apps/Deployment': ['spec.selector'],
  'apps/ReplicaSet': ['spec.selector'],
  'networking.k8s.io/IngressClass': ['spec.controller'],
  'node.k8s.io/RuntimeClass': ['handler'],
  'rbac.authorization.k8s.io/ClusterRoleBinding': ['roleRef'],
  'rbac.authorization.k8s.io/RoleBinding': ['roleRef'],
  'scheduling.k8s.io/PriorityClass': ['value', 'preemptionPolicy'],
  'storage.k8s.io/StorageClass': ['provisioner', 'parameters', 'reclaimPolicy', 'volumeBindingMode'],
};

/** The fields of the `spec` of a StatefulSet that may change, with the minor version since which. */
const STATEFUL_SET: Readonly<Record<string, number>> = {
  replicas: 0,
  template: 0,
  updateStrategy: 0,
  persistentVolumeClaimRetentionPolicy: 0,
  minReadySeconds: 0,
  ordinals: 0,
  revisionHistoryLimit: 33,
};

const JOB = ['selector', 'completionMode', 'podFailurePolicy', 'backoffLimitPerIndex', 'managedBy', 'successPolicy'];

/** The fields of a template that may change while its Job is suspended, and has never run. */
const SUSPENDED = [
  'spec.nodeSelector',
  'spec.tolerations',
  'spec.schedulingGates',
  'spec.affinity.nodeAffinity',
  'metadata',
];

/** The minor version from which the resources of a suspended Job may change, too. */
const SUSPENDED_RESOURCES = 36;
const RESOURCES = /^spec\.(?:containers|initContainers)\[[^\]]*\]\.resources\b/;

/** The fields of a PersistentVolume that say where its data is. */
const VOLUME_SETTINGS = [
  ...['capacity', 'accessModes', 'claimRef', 'persistentVolumeReclaimPolicy', 'storageClassName', 'mountOptions'],
  ...['volumeMode', 'nodeAffinity', 'volumeAttributesClassName'],
];

/** The changes that the API server refuses, so that the object has to be made again. */
export function listRefused(change: Change): FieldChange[] {
  const name = `${change.group}/${change.kind}`;
  const paths = Object.keys(IMMUTABLE).includes(name) ? IMMUTABLE[name]! : [];
  const fixed = paths.flatMap((path) => listAt(change.fields, path));
  return [...fixed, ...listSpecial(change, name)];
}

function listAt(fields: readonly FieldChange[], path: string): FieldChange[] {
  const keys = path.split('.');
  return fields.filter((field) => keys.every((key, index) => field.keys[index] === key));
}

function listSpecial(change: Change, name: string): FieldChange[] {
  switch (name) {
    case 'apps/StatefulSet':
      return listStatefulSet(change);
    case 'batch/Job':
      return listJob(change);
    case '/ConfigMap':
    case '/Secret':
      return listSealed(change);
    case '/PersistentVolumeClaim':
      return change.fields.filter((field) => isRefusedForClaim(field));
    case '/PersistentVolume':
      return change.fields.filter(
        ({ keys: [part, field = ''] }) => part === 'spec' && !VOLUME_SETTINGS.includes(field),
      );
    case '/Service':
      return listService(change);
    case '/Pod':
      return findPodRefusals(change);
    case '/ReplicationController':
      return listMismatched(change);
    default:
      return [];
  }
}

function listStatefulSet({ fields, next }: Change): FieldChange[] {
  return fields.filter(({ keys: [part, field = ''] }) => {
    const since = Object.keys(STATEFUL_SET).includes(field) ? STATEFUL_SET[field]! : Number.POSITIVE_INFINITY;
    return part === 'spec' && next.kubernetes < since;
  });
}

function listJob({ fields, before, after, next }: Change): FieldChange[] {
  const isIndexed = findValue(after, 'spec', 'completionMode') === 'Indexed';
  const isTandem = isIndexed && findValue(after, 'spec', 'completions') === findValue(after, 'spec', 'parallelism');
  const isSuspended = findValue(before, 'spec', 'suspend') === true;
  return fields.filter(({ keys }) => {
    const [part, field = '', ...rest] = keys;
    if (part !== 'spec') {
      return false;
    }
    const inPod = formatPath(rest);
    const isScheduling = SUSPENDED.some((path) => `${inPod}.`.startsWith(`${path}.`));
    const isFree = isSuspended && (isScheduling || (next.kubernetes >= SUSPENDED_RESOURCES && RESOURCES.test(inPod)));
    return JOB.includes(field) || (field === 'completions' && !isTandem) || (field === 'template' && !isFree);
  });
}

/** ConfigMaps and Secrets that are `immutable`. */
function listSealed({ fields, before }: Change): FieldChange[] {
  return before.immutable === true
    ? fields.filter(({ keys: [part] }) => ['immutable', 'data', 'binaryData'].includes(part ?? ''))
    : [];
}

/** A claim that is bound may only grow, and get another class of attributes. */
function isRefusedForClaim({ keys, old, next }: FieldChange): boolean {
  const path = formatPath(keys);
  if (path === 'spec.resources.requests.storage' && old !== undefined && next !== undefined) {
    const [before, after] = [toNanos(old), toNanos(next)];
    return before === undefined || after === undefined || after < before;
  }
  if (path === 'spec.storageClassName' && old === undefined) {
    return false;
  }
  return (
    keys[0] === 'spec' &&
    path !== 'spec.volumeAttributesClassName' &&
    !(path === 'spec.volumeName' && old === undefined)
  );
}

/** Labels that the selector of a ReplicationController, which it once took from them, no longer finds. */
function listMismatched({ fields, after }: Change): FieldChange[] {
  const [selector, labels] = [
    findValue(after, 'spec', 'selector'),
    findValue(after, 'spec', 'template', 'metadata', 'labels'),
  ];
  const isFound = Object.entries(selector ?? {}).every(([name, value]) => findValue(labels, name) === value);
  return isFound ? [] : listAt(fields, 'spec.template.metadata');
}

function listService({ fields, before, after }: Change): FieldChange[] {
  const types = [before, after].map((stored) => findValue(stored, 'spec', 'type'));
  if (types.includes('ExternalName')) {
    return [];
  }
  const addresses = listBelow(fields, ['spec']).filter(({ keys: [field = ''] }) =>
    ['clusterIP', 'clusterIPs'].includes(field),
  );
  const classes = listAt(fields, 'spec.loadBalancerClass').filter(
    () => types[0] === 'LoadBalancer' && types[1] === types[0],
  );
  if (classes.length > 0) {
    return classes;
  }
  const isStated = isAddressChange(before.spec, after.spec);
  return isStated ? addresses.slice(0, 1).map((change) => ({ ...change, keys: ['spec', ...change.keys] })) : [];
}

/** The first address of a Service stays what it is; one that is not stated is the cluster's choice. */
function isAddressChange(before: Fields, after: Fields): boolean {
  const [old, next] = [before, after].map(({ clusterIP, clusterIPs }) => clusterIP ?? toItems(clusterIPs)[0]);
  return next !== undefined && !isSame(old, next);
}
