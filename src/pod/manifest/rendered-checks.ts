import { type Container, listContainers, type PodSpec } from './pod-template';

/** Port that cdk8s-plus dials where a probe names none. */
const FALLBACK_PORT = 80;

/** Volumes whose files are not kept beyond the pod, so that they may change their group. */
const TRANSIENT = ['emptyDir', 'configMap', 'secret', 'projected', 'downwardAPI', 'ephemeral'];

/**
 * Problems of a rendered pod that its constructs do not tell: volumes, probes and hooks of cdk8s-plus show
 * themselves only in the manifest.
 *
 * @param spec the rendered pod
 * @param declared names of the containers that the workload has
 * @param fsGroup the group that the kernel gave the pod, where nobody else did
 */
export function validateRenderedPod(spec: PodSpec, declared: readonly string[], fsGroup?: number): string[] {
  const containers = listContainers(spec);
  const rendered = new Set(containers.map(({ name }) => name));
  return [
    ...declared.filter((name) => !rendered.has(name)).map(describeLostContainer),
    ...containers.flatMap(validateProbes),
    ...(spec.initContainers ?? []).flatMap(validateHooks),
    ...(fsGroup === undefined ? [] : validateOwnership(spec, fsGroup)),
  ];
}

function describeLostContainer(name: string): string {
  return `container "${name}" is not in the manifest, so what was declared for it is lost; name it where it is made, not by a patch`;
}

function validateProbes(container: Container): string[] {
  const listed = (container.ports ?? []).map(({ containerPort }) => containerPort);
  const probes = [container.startupProbe, container.livenessProbe, container.readinessProbe];
  const dialled = probes.map((probe) => probe?.httpGet?.port ?? probe?.tcpSocket?.port);
  const forgotten = dialled.includes(FALLBACK_PORT) && listed.length > 0 && !listed.includes(FALLBACK_PORT);
  return forgotten
    ? [
        `a probe of container "${container.name}" dials port ${FALLBACK_PORT}, which the container does not list (cdk8s-plus dials ${FALLBACK_PORT} where a probe names no port); pass the probe a \`port\` that the container listens on`,
      ]
    : [];
}

function validateHooks({ name, restartPolicy, lifecycle }: Container): string[] {
  return lifecycle && restartPolicy === undefined
    ? [`container "${name}" is an init container with a \`lifecycle\`, which Kubernetes refuses; remove it`]
    : [];
}

function validateOwnership(spec: PodSpec, fsGroup: number): string[] {
  return (spec.volumes ?? [])
    .filter((volume) => !TRANSIENT.some((source) => source in volume))
    .map(
      ({ name }) =>
        `containers of different UIDs share files, for which the pod needs an \`fsGroup\`, and that would give all files of volume "${name}" to group ${fsGroup}; set \`securityContext.fsGroup\` of the workload yourself, or run these containers as one user`,
    );
}
