import { ContainerHandle } from './container-handle';
import { formatManifests } from './manifest-yaml';
import { Manifests } from './manifests';
import { PodHandle } from './pod-handle';

/**
 * Prints manifests in snapshots as YAML, in one order of fields: `expect.addSnapshotSerializer(manifestSerializer)`. It takes
 * `Manifests`, a manifest, a list of nothing but manifests, a pod and a container, and leaves all other values alone.
 */
export const manifestSerializer = {
  /** Whether this is a value that it prints. */
  test(value: unknown): boolean {
    return isHandle(value) || isManifest(value) || isManifestList(value);
  },

  /** The value as YAML; inside another value after a `---`. */
  serialize(value: any, _config: unknown, indentation = ''): string {
    const yaml = formatManifests(toDocuments(value)).trimEnd();
    return indentation === '' ? yaml : `---\n${yaml}`.replace(/\n(?!\n)/g, `\n${indentation}  `);
  },
};

function toDocuments(value: any): unknown[] {
  if (value instanceof Manifests) {
    return value.all();
  }
  return isHandle(value) ? [(value as PodHandle | ContainerHandle).manifest] : [value].flat();
}

function isHandle(value: unknown): value is Manifests | PodHandle | ContainerHandle {
  return value instanceof Manifests || value instanceof PodHandle || value instanceof ContainerHandle;
}

function isManifestList(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0 && value.every(isManifest);
}

/** A reference to an object has `apiVersion` and `kind` too; an object has `metadata` besides. */
function isManifest(value: any): boolean {
  return (
    typeof value?.apiVersion === 'string' &&
    typeof value.kind === 'string' &&
    (typeof value.metadata === 'object' || Array.isArray(value.items))
  );
}
