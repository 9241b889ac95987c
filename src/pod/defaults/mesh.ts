import type { Container } from '../manifest/pod-template';
import { hasFeature, NATIVE_SIDECARS, validateFeature } from './kubernetes';
import type { MeshSoftware } from './mesh-software';
import type { PodDefaultsOptions } from './pod-defaults';
import { listOwn, type RenderedPod } from './rendered-pod';

const JOBS = ['Job', 'CronJob'];

/** The needs of a pod from the proxy of a mesh, before it starts and after the main container has stopped. */
export interface MeshNeeds extends Flushing {
  /** Init containers, with the hosts outside of the pod that they wait for. */
  readonly awaited: readonly { readonly container: string; readonly host: string }[];
}

/** The sidecars of a pod that need time after the main container has stopped. */
export interface Flushing {
  /** Names of the native ones. */
  readonly native: readonly string[];
  /** Time from the deletion of the pod to the end of the classic ones, where there are any. */
  readonly classicSeconds?: number;
}

/** The proxy of a mesh that is in a pod. */
export interface MeshProxy {
  readonly software: MeshSoftware;
  readonly isNative: boolean;
}

/** The proxy of the mesh that the defaults name. */
export function findMeshProxy(defaults: PodDefaultsOptions): MeshProxy | undefined {
  const { _software: software, _native: isNative = hasFeature(defaults, NATIVE_SIDECARS) } = defaults.mesh ?? {};
  return software && { software, isNative };
}

/** Why a listener cannot have its port beside the proxy of a mesh. */
export function validateMeshPort(
  defaults: PodDefaultsOptions,
  { owner, port, protocol }: { readonly owner: string; readonly port: number; readonly protocol: string },
): string[] {
  const { software } = findMeshProxy(defaults) ?? {};
  return software && protocol === 'TCP' && software.ports.includes(port)
    ? [
        `port ${port}/TCP of container "${owner}" is one that the proxy of ${software.title} opens in the pod; pick a port other than ${software.ports.join(', ')}`,
      ]
    : [];
}

/** Reasons why the containers of a rendered pod cannot run beside the proxy of the mesh. */
export function validateMesh(defaults: PodDefaultsOptions, pod: RenderedPod, needs: MeshNeeds): string[] {
  const proxy = findMeshProxy(defaults);
  if (!proxy) {
    return [];
  }
  const { software, isNative } = proxy;
  const own = listOwn(pod);
  return [
    ...own.flatMap((container) => validateMeshUser(container, software)),
    ...(isNative
      ? validateFeature(
          defaults,
          NATIVE_SIDECARS,
          `the proxy of ${software.title} is to be a native sidecar`,
          'leave `nativeSidecar` out',
        )
      : validateClassic(software, pod, needs)),
  ];
}

function validateMeshUser({ name, securityContext }: Container, { title, user }: MeshSoftware): string[] {
  return securityContext?.runAsUser === user
    ? [
        `container "${name}" runs as user ${user}, whose traffic ${title} takes for that of its proxy and leads past it; pass another \`user\``,
      ]
    : [];
}

/** A classic proxy starts after all init containers and native sidecars, stops with the main container, and never ends by itself. */
function validateClassic({ title }: MeshSoftware, pod: RenderedPod, { native, awaited }: MeshNeeds): string[] {
  const remedy = 'have the proxy run as a native sidecar, or pass `ServiceMesh.none()` for this pod';
  const probed = (pod.spec.initContainers ?? []).filter(
    ({ name, startupProbe }) => pod.isOwn(name) && startupProbe && !startupProbe.exec,
  );
  return [
    ...(JOBS.includes(pod.kind)
      ? [`a ${pod.kind} never completes beside the classic proxy of ${title}, which does not end; ${remedy}`]
      : []),
    ...probed.map(
      ({ name }) =>
        `container "${name}" has a startup probe, which the kubelet sends through the classic proxy of ${title}, and that starts after it: the pod would never start; ${remedy}`,
    ),
    ...awaited
      .filter(({ container }) => pod.isOwn(container))
      .map(
        ({ container, host }) =>
          `container "${container}" waits for "${host}" before the classic proxy of ${title} runs, without which nothing leaves the pod; ${remedy}`,
      ),
    ...native.map(
      (name) =>
        `container "${name}" finishes after the main container has stopped, when the classic proxy of ${title} has stopped too and lets nothing out; ${remedy}, or use SidecarMode.CLASSIC`,
    ),
  ];
}
