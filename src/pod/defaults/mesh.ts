import { hasFeature, NATIVE_SIDECARS, validateFeature } from './kubernetes';
import type { MeshSoftware } from './mesh-software';
import type { PodDefaultsOptions } from './pod-defaults';
import { listRunning, type RenderedPod } from './rendered-pod';

const JOBS = ['Job', 'CronJob'];

const REMEDY = 'have the proxy run as a native sidecar, or pass `ServiceMesh.none()` for this pod';

/** The needs of a pod from the proxy of a mesh, before it starts and after the main container has stopped. */
export interface MeshNeeds {
  /** Init containers, with the hosts outside of the pod that they wait for. */
  readonly awaited: readonly { readonly container: string; readonly host: string }[];
  /** Names of the native sidecars that send what they hold after the main container has stopped. */
  readonly lastSenders: readonly string[];
}

/** The proxy of a mesh that is in a pod. */
export interface MeshProxy {
  readonly software: MeshSoftware;
  readonly isNative: boolean;
  /** Whether traffic is led through it from the start of the pod. */
  readonly isEarly: boolean;
}

/** The proxy of the mesh that the defaults name. */
export function findMeshProxy(defaults: PodDefaultsOptions): MeshProxy | undefined {
  const { _software: software, _options: options } = defaults.mesh ?? {};
  return (
    software && {
      software,
      isNative: options?.nativeSidecar ?? hasFeature(defaults, NATIVE_SIDECARS),
      isEarly: options?.cni ?? defaults.platform?._rules?.needsCni ?? false,
    }
  );
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
  const { software, isNative, isEarly } = proxy;
  const use = `the proxy of ${software.title} is to be a native sidecar`;
  return [
    ...validateMeshUser(software, pod),
    ...(isNative
      ? validateFeature(defaults, NATIVE_SIDECARS, use, 'leave `nativeSidecar` out')
      : [...validateClassicEnd(software, pod, needs), ...(isEarly ? validateClassicStart(software, pod, needs) : [])]),
  ];
}

/** An init container may run as the user of the proxy, so that its traffic is led past a proxy that is not there yet. */
function validateMeshUser({ title, user }: MeshSoftware, pod: RenderedPod): string[] {
  return listRunning(pod.spec)
    .filter(({ name, securityContext }) => pod.isOwn(name) && securityContext?.runAsUser === user)
    .map(
      ({ name }) =>
        `container "${name}" runs as user ${user}, whose traffic ${title} takes for that of its proxy and leads past it; pass another \`user\``,
    );
}

/** A classic proxy starts after all init containers and native sidecars. */
function validateClassicStart({ title }: MeshSoftware, pod: RenderedPod, { awaited }: MeshNeeds): string[] {
  const probed = (pod.spec.initContainers ?? []).filter(
    ({ name, startupProbe }) => pod.isOwn(name) && startupProbe && !startupProbe.exec,
  );
  return [
    ...probed.map(
      ({ name }) =>
        `container "${name}" has a startup probe, which the kubelet sends through the classic proxy of ${title}, and that starts after it: the pod would never start; ${REMEDY}`,
    ),
    ...awaited
      .filter(({ container }) => pod.isOwn(container))
      .map(
        ({ container, host }) =>
          `container "${container}" waits for "${host}" before the classic proxy of ${title} runs, without which nothing leaves the pod; ${REMEDY}`,
      ),
  ];
}

/** A classic proxy stops with the main container, and never ends by itself. */
function validateClassicEnd({ title }: MeshSoftware, { kind }: RenderedPod, { lastSenders }: MeshNeeds): string[] {
  return [
    ...(JOBS.includes(kind)
      ? [`a ${kind} never completes beside the classic proxy of ${title}, which does not end; ${REMEDY}`]
      : []),
    ...lastSenders.map(
      (name) =>
        `container "${name}" finishes after the main container has stopped, when the classic proxy of ${title} has stopped too and lets nothing out; ${REMEDY}, or use SidecarMode.CLASSIC`,
    ),
  ];
}
