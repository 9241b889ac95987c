import type { PodTemplate } from './pod-template';
import type { Workload } from './rendered-workload';

const HOST_NAMESPACES = ['hostNetwork', 'hostPID', 'hostIPC'];

/**
 * Leaves out the values that cdk8s-plus always writes and the API server drops, as they mean the same as nothing. With them
 * `kubectl apply` of an unchanged file would send a patch each time, and say `configured`.
 */
export function omitZeroValues(manifest: Workload, { spec }: PodTemplate): void {
  if (manifest.spec?.minReadySeconds === 0) {
    delete manifest.spec.minReadySeconds;
  }
  for (const field of HOST_NAMESPACES) {
    if (spec[field] === false) {
      delete spec[field];
    }
  }
  for (const volume of spec.volumes ?? []) {
    omitFalse(volume.persistentVolumeClaim as Record<string, unknown> | undefined);
  }
}

function omitFalse(source: Record<string, unknown> | undefined): void {
  if (source?.readOnly === false) {
    delete source.readOnly;
  }
}
