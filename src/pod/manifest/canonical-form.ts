import { toCanonicalQuantity } from '../../private/quantities';
import { type Container, HOST_NAMESPACES, listContainers, type PodTemplate } from './pod-template';
import type { Workload } from './rendered-workload';

/** Amounts by the name of the resource. */
type Amounts = Record<string, unknown>;

/**
 * Writes a workload as the API server keeps it: without the zeros that it drops, as they mean the same as nothing, and with amounts
 * such as `1Gi` for `1024Mi`. Otherwise `kubectl apply` of an unchanged file would send a patch each time, and say `configured`.
 *
 * @param existing names of the containers and volumes that are somebody else's, and stay as they are
 */
export function writeCanonically(manifest: Workload, template: PodTemplate, existing?: ReadonlySet<string>): void {
  const { spec } = template;
  for (const container of listContainers(spec)) {
    if (!existing?.has(container.name)) {
      writeResources(container.resources);
    }
  }
  for (const { name, emptyDir } of spec.volumes ?? []) {
    if (emptyDir?.sizeLimit !== undefined && !existing?.has(name)) {
      emptyDir.sizeLimit = toCanonicalQuantity(String(emptyDir.sizeLimit));
    }
  }
  if (!existing) {
    writeResources(spec.resources as Container['resources']);
    omitZeros(manifest, template);
  }
}

/** The names of the containers and volumes of a pod. */
export function collectNames({ spec }: PodTemplate): ReadonlySet<string> {
  return new Set([...listContainers(spec), ...(spec.volumes ?? [])].map(({ name }) => name));
}

function writeResources(resources: Container['resources']): void {
  writeAmounts(resources?.requests);
  writeAmounts(resources?.limits);
}

function writeAmounts(amounts: Amounts | undefined): void {
  for (const name of Object.keys(amounts ?? {})) {
    amounts![name] = toCanonicalQuantity(String(amounts![name]));
  }
}

/** Leaves out what cdk8s-plus always writes. */
function omitZeros(manifest: Workload, { spec }: PodTemplate): void {
  if (manifest.spec?.minReadySeconds === 0) {
    delete manifest.spec.minReadySeconds;
  }
  for (const field of HOST_NAMESPACES) {
    if (spec[field] === false) {
      delete spec[field];
    }
  }
  for (const { persistentVolumeClaim } of spec.volumes ?? []) {
    const source = persistentVolumeClaim as Record<string, unknown> | undefined;
    if (source?.readOnly === false) {
      delete source.readOnly;
    }
  }
}
