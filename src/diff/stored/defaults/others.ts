import { completeField, copyValue, ensureFields, type Fields, hasFields, listObjects } from '../json';
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

/** What stands in `stringData` is kept in `data`, in Base64. */
export function completeSecret(object: Fields): void {
  completeField(object, 'type', 'Opaque');
  if (hasFields(object.stringData)) {
    const encoded = Object.entries(object.stringData).map(([key, text]) => [key, encode(text)]);
    object.data = { ...object.data, ...Object.fromEntries(encoded) };
    delete object.stringData;
  }
}

function encode(text: unknown): string {
  return Buffer.from(String(text)).toString('base64');
}

export function completeClaim(object: Fields): void {
  completeClaimSpec(object.spec);
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
  for (const subject of listObjects(object.subjects)) {
    if (subject.kind !== 'ServiceAccount') {
      completeField(subject, 'apiGroup', RBAC);
    }
  }
}

export function completePriorityClass(object: Fields): void {
  completeField(object, 'preemptionPolicy', 'PreemptLowerPriority');
}
