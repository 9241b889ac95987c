import { completeField, copyValue, ensureFields, type Fields, hasFields, listFieldSets } from '../json';
import { completeClaimSpec, completeSources } from './pod';

const RBAC = 'rbac.authorization.k8s.io';

const SCALE_UP = {
  stabilizationWindowSeconds: 0,
  selectPolicy: 'Max',
  policies: [
    { type: 'Pods', value: 4, periodSeconds: 15 },
    { type: 'Percent', value: 100, periodSeconds: 15 },
  ],
};
const SCALE_DOWN = { selectPolicy: 'Max', policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }] };

/** @see https://github.com/kubernetes/kubernetes/blob/v1.34.4/pkg/apis/autoscaling/v2/defaults.go */
export function completeAutoscaler(object: Fields): void {
  const spec = ensureFields(object, 'spec');
  completeField(spec, 'minReplicas', 1);
  const averageUtilization = spec.targetCPUUtilizationPercentage ?? 80;
  // What `autoscaling/v1` said in one field.
  delete spec.targetCPUUtilizationPercentage;
  const target = { type: 'Utilization', averageUtilization };
  completeField(spec, 'metrics', [{ type: 'Resource', resource: { name: 'cpu', target } }]);
  if (hasFields(spec.behavior)) {
    spec.behavior.scaleUp = { ...copyValue(SCALE_UP), ...spec.behavior.scaleUp };
    spec.behavior.scaleDown = { ...copyValue(SCALE_DOWN), ...spec.behavior.scaleDown };
  }
}

/** Keeps what stands in `stringData` in `data`, in Base64. */
export function completeSecret(object: Fields): void {
  completeField(object, 'type', 'Opaque');
  if (hasFields(object.stringData)) {
    const encoded = Object.entries(object.stringData).map(([key, text]) => [key, toBase64(text)]);
    object.data = { ...object.data, ...Object.fromEntries(encoded) };
    delete object.stringData;
  }
  omitBreaks(object.data);
}

/** The content of files that are no text. */
export function completeConfigMap(object: Fields): void {
  omitBreaks(object.binaryData);
}

/** Base64 may be broken into lines. */
function omitBreaks(data: unknown): void {
  for (const [key, text] of Object.entries(hasFields(data) ? data : {})) {
    if (typeof text === 'string') {
      (data as Fields)[key] = text.replace(/[\r\n]/g, '');
    }
  }
}

function toBase64(text: unknown): string {
  return Buffer.from(String(text)).toString('base64');
}

export function completeClaim(object: Fields): void {
  completeClaimSpec(object.spec);
  if (hasFields(object.spec)) {
    completeDataSource(object.spec);
  }
}

/** The source of the data of a claim has two names; by the old one the API server takes two kinds, and drops any other. */
function completeDataSource(spec: Fields): void {
  const isKnown = [',PersistentVolumeClaim', 'snapshot.storage.k8s.io,VolumeSnapshot'].includes(
    `${spec.dataSource?.apiGroup ?? ''},${spec.dataSource?.kind}`,
  );
  if (spec.dataSourceRef?.namespace !== undefined) {
    // Of another namespace only with a feature that is off.
    delete spec.dataSourceRef;
  }
  if (!isKnown && spec.dataSourceRef === undefined) {
    delete spec.dataSource;
  }
  if (spec.dataSource !== undefined) {
    completeField(spec, 'dataSourceRef', { ...spec.dataSource });
  } else if (hasFields(spec.dataSourceRef)) {
    spec.dataSource = { ...spec.dataSourceRef };
  }
}

export function completeVolume(object: Fields): void {
  const spec = ensureFields(object, 'spec');
  completeField(spec, 'persistentVolumeReclaimPolicy', 'Retain');
  completeField(spec, 'volumeMode', 'Filesystem');
  completeSources(spec);
}

export function completeStorageClass(object: Fields): void {
  completeField(object, 'reclaimPolicy', 'Delete');
  completeField(object, 'volumeBindingMode', 'Immediate');
}

export function completeNamespace(object: Fields): void {
  const metadata = ensureFields(object, 'metadata');
  if (metadata.name !== undefined) {
    ensureFields(metadata, 'labels')['kubernetes.io/metadata.name'] = metadata.name;
  }
}

export function completeBinding(object: Fields): void {
  completeField(ensureFields(object, 'roleRef'), 'apiGroup', RBAC);
  for (const subject of listFieldSets(object.subjects)) {
    if (subject.kind !== 'ServiceAccount') {
      completeField(subject, 'apiGroup', RBAC);
    }
  }
}

export function completePriorityClass(object: Fields): void {
  completeField(object, 'preemptionPolicy', 'PreemptLowerPriority');
}
