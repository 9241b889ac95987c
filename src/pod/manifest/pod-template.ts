import { findAtPath, tryFindPodPath } from '../../private/pod-places';

/** `kubectl logs` and `kubectl exec` pick this container where none is named. */
export const DEFAULT_CONTAINER = 'kubectl.kubernetes.io/default-container';

/** The fields by which a pod shares a namespace of its node. A pod with users of its own has none of them. */
export const HOST_NAMESPACES = ['hostNetwork', 'hostPID', 'hostIPC'];

/**
 * The parts of a rendered pod template that the kernel reads and completes: plain data as Kubernetes takes it.
 * Fields that are not named here pass through untouched.
 */
export interface PodTemplate {
  metadata?: { annotations?: Record<string, string>; [field: string]: unknown };
  spec: PodSpec;
}

/** The rendered `spec` of a pod. */
export interface PodSpec {
  containers: Container[];
  initContainers?: Container[];
  volumes?: { name: string; emptyDir?: Record<string, unknown>; [source: string]: unknown }[];
  securityContext?: Record<string, unknown>;
  terminationGracePeriodSeconds?: number;
  [field: string]: unknown;
}

/** A rendered container. */
export interface Container {
  name: string;
  restartPolicy?: string;
  ports?: { containerPort: number; name?: string; protocol?: string; hostPort?: number; hostIP?: string }[];
  env?: { name: string; value?: unknown; valueFrom?: unknown }[];
  volumeMounts?: { name: string; mountPath: string; readOnly?: boolean; subPath?: string }[];
  securityContext?: Record<string, unknown>;
  lifecycle?: Record<string, unknown>;
  resources?: { requests?: Record<string, unknown>; limits?: Record<string, unknown> };
  startupProbe?: Probe;
  livenessProbe?: Probe;
  readinessProbe?: Probe;
  [field: string]: unknown;
}

/** A rendered probe. */
export interface Probe {
  httpGet?: { port: number | string };
  tcpSocket?: { port: number | string };
  [field: string]: unknown;
}

/** The pod template inside a rendered object: at this path, or where objects of its kind have it. */
export function findPodTemplate(manifest: any, path?: string): PodTemplate {
  const known = path ?? tryFindPodPath(String(manifest.apiVersion), manifest.kind) ?? 'spec.template';
  return findAtPath(manifest, known) as PodTemplate;
}

/** The annotations of a rendered pod, to be added to. */
export function ensureAnnotations(template: PodTemplate): Record<string, string> {
  template.metadata ??= {};
  template.metadata.annotations ??= {};
  return template.metadata.annotations;
}

/** All containers of a rendered pod, in the order in which they start. */
export function listContainers(spec: PodSpec): Container[] {
  return [...(spec.initContainers ?? []), ...spec.containers];
}

/** The same data with the keys of every object in alphabetical order, as cdk8s writes them. */
export function sortKeys<T>(data: T): T {
  if (data === null || typeof data !== 'object') {
    return data;
  }
  if (Array.isArray(data)) {
    return data.map(sortKeys) as T;
  }
  const sorted: Record<string, unknown> = {};
  for (const key of listSortedKeys(data)) {
    const value = (data as Record<string, unknown>)[key];
    if (value !== undefined) {
      sorted[key] = sortKeys(value);
    }
  }
  return sorted as T;
}

/** Sorting is dear, and most of what cdk8s has rendered is in order. */
function listSortedKeys(data: object): string[] {
  const keys = Object.keys(data);
  for (let index = 1; index < keys.length; index++) {
    if (keys[index - 1]! > keys[index]!) {
      return keys.sort();
    }
  }
  return keys;
}

/** Data as JSON in which the order of keys does not show. */
export function formatSorted(data: unknown): string {
  return JSON.stringify(sortKeys(data));
}
