import type { Container } from './pod-template';

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
