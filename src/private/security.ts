import type { Container } from './manifest';

/**
 * Completes the security context of a container to what Pod Security "restricted" asks.
 * Only what the user left unsaid is filled in: a value that is already there always stays.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
 */
export function harden(container: Container): void {
  const stated = container.securityContext ?? {};
  const capabilities = (stated.capabilities ?? {}) as Record<string, unknown>;
  container.securityContext = {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    runAsNonRoot: true,
    seccompProfile: { type: 'RuntimeDefault' },
    ...stated,
    capabilities: { drop: ['ALL'], ...capabilities },
  };
}
