import { validateRenderedHandlers } from '../containers/handlers';
import { type Container, listContainers, type PodSpec } from './pod-template';

/** Port that cdk8s-plus dials where a probe names none. */
const FALLBACK_PORT = 80;

/**
 * Completes the security context of a container to what Pod Security "restricted" asks.
 * Only what the user left unsaid is filled in: a value that is already there always stays. A container that is said to run
 * as root keeps its capabilities, without which a root process can do little, and which would not make it restricted.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
 */
export function applyRestrictedDefaults(container: Container): void {
  const stated = container.securityContext ?? {};
  const capabilities = (stated.capabilities ?? {}) as Record<string, unknown>;
  container.securityContext = {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    runAsNonRoot: true,
    seccompProfile: { type: 'RuntimeDefault' },
    ...stated,
    capabilities: stated.runAsNonRoot === false ? stated.capabilities : { drop: ['ALL'], ...capabilities },
  };
}

/**
 * Problems of rendered containers that their constructs do not tell: probes and hooks of cdk8s-plus show themselves only
 * in the manifest.
 *
 * @param spec the rendered pod
 * @param declared names of the containers that the workload has
 */
export function validateRenderedContainers(spec: PodSpec, declared: readonly string[]): string[] {
  const containers = listContainers(spec);
  const rendered = new Set(containers.map(({ name }) => name));
  return [
    ...declared.filter((name) => !rendered.has(name)).map(describeLostContainer),
    ...containers.flatMap(validateProbes),
    ...containers.flatMap(validateRenderedHandlers),
    ...(spec.initContainers ?? []).flatMap(validateHooks),
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
  return lifecycle && restartPolicy !== 'Always'
    ? [`container "${name}" is an init container with a \`lifecycle\`, which Kubernetes refuses; remove it`]
    : [];
}
