import { completeField, ensureFields, type Fields, findValue, hasFields, listFieldSets } from '../json';
import {
  completeContainer,
  completeFieldReference,
  completeRequests,
  completeResourceReference,
  findPullPolicy,
} from './containers';

/** 0644, which files of a volume have. */
const FILE_MODE = 0o644;

const HOUR = 3600;

/** The additions of the API server to sources of volumes that have nothing to do with pods. */
const SOURCES: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  iscsi: { iscsiInterface: 'default' },
  rbd: { pool: 'rbd', user: 'admin', keyring: '/etc/ceph/keyring' },
  azureDisk: { cachingMode: 'ReadWrite', fsType: 'ext4', readOnly: false, kind: 'Shared' },
  scaleIO: { storageMode: 'ThinProvisioned', fsType: 'xfs' },
  secret: { defaultMode: FILE_MODE },
  configMap: { defaultMode: FILE_MODE },
  downwardAPI: { defaultMode: FILE_MODE },
  projected: { defaultMode: FILE_MODE },
};

/**
 * Adds to the specification of a pod what the API server adds, in a template or in a pod.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.34.4/pkg/apis/core/v1/defaults.go
 */
export function completePodSpec(spec: Fields): void {
  completeField(spec, 'dnsPolicy', 'ClusterFirst');
  completeField(spec, 'restartPolicy', 'Always');
  completeField(spec, 'schedulerName', 'default-scheduler');
  completeField(spec, 'terminationGracePeriodSeconds', 30);
  ensureFields(spec, 'securityContext');
  completeServiceAccount(spec);
  listFieldSets(spec.volumes).forEach(completeVolume);
  for (const container of listContainers(spec)) {
    completeContainer(container);
  }
}

/** The containers of all kinds. */
export function listContainers(spec: Fields): Fields[] {
  return ['initContainers', 'containers', 'ephemeralContainers'].flatMap((name) => listFieldSets(spec[name]));
}

/** Adds to a pod that no controller makes what the API server adds. */
export function completePod(pod: Fields): void {
  const spec = ensureFields(pod, 'spec');
  completePodSpec(spec);
  completeField(spec, 'enableServiceLinks', true);
  // By admission, as of every pod.
  completeField(spec, 'serviceAccountName', 'default');
  for (const container of ['initContainers', 'containers'].flatMap((name) => listFieldSets(spec[name]))) {
    completeRequests(container);
    if (spec.hostNetwork === true) {
      completeHostPorts(container);
    }
  }
}

/** The old name of `serviceAccountName` says the same. */
function completeServiceAccount(spec: Fields): void {
  const account = spec.serviceAccountName ?? spec.serviceAccount;
  if (account !== undefined) {
    spec.serviceAccountName = account;
    delete spec.serviceAccount;
  }
}

function completeHostPorts(container: Fields): void {
  for (const port of listFieldSets(container.ports)) {
    completeField(port, 'hostPort', port.containerPort);
  }
}

function completeVolume(volume: Fields): void {
  const sources = Object.keys(volume).filter((name) => name !== 'name');
  if (sources.length === 0) {
    volume.emptyDir = {};
  }
  completeSources(volume);
  for (const source of listFieldSets(findValue(volume, 'projected', 'sources'))) {
    listItems(source.downwardAPI).forEach(completeItem);
    if (hasFields(source.serviceAccountToken)) {
      completeField(source.serviceAccountToken, 'expirationSeconds', HOUR);
    }
  }
  listItems(volume.downwardAPI).forEach(completeItem);
  if (hasFields(volume.image)) {
    completeField(volume.image, 'pullPolicy', findPullPolicy(volume.image.reference));
  }
  completeClaimSpec(findValue(volume, 'ephemeral', 'volumeClaimTemplate', 'spec'));
}

/** Adds to the source of a volume what the API server adds, whether of a pod or of the cluster. */
export function completeSources(volume: Fields): void {
  for (const [name, fields] of Object.entries(SOURCES)) {
    const source = volume[name];
    for (const [field, value] of hasFields(source) ? Object.entries(fields) : []) {
      completeField(source, field, value);
    }
  }
  if (hasFields(volume.hostPath) && volume.hostPath.type === undefined) {
    volume.hostPath.type = '';
  }
}

function listItems(source: unknown): Fields[] {
  return listFieldSets(findValue(source, 'items'));
}

function completeItem(item: Fields): void {
  completeFieldReference(item.fieldRef);
  completeResourceReference(item.resourceFieldRef);
}

/** The specification of a claim. */
export function completeClaimSpec(spec: unknown): void {
  if (hasFields(spec)) {
    completeField(spec, 'volumeMode', 'Filesystem');
  }
}
