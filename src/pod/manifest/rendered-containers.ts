import { validateRenderedHandlers } from '../containers/handlers';
import { dialsPort } from '../network/rendered-ports';
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
  const completed: Record<string, unknown> = {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    runAsNonRoot: true,
    seccompProfile: { type: 'RuntimeDefault' },
    ...stated,
  };
  if (stated.runAsNonRoot !== false) {
    completed.capabilities = { drop: ['ALL'], ...(stated.capabilities as object | undefined) };
  }
  container.securityContext = completed;
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
  const { ports = [] } = container;
  const isListed = ports.length === 0 || ports.some(({ containerPort }) => containerPort === FALLBACK_PORT);
  return !isListed && dialsPort(container, FALLBACK_PORT)
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
