import { containersOf, type PodSpec } from '../src/private/manifest';

/**
 * What Pod Security "restricted" has against a pod, check by check.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
 */
export function restrictedViolations(spec: PodSpec): string[] {
  const pod = [
    ...['hostNetwork', 'hostPID', 'hostIPC'].filter((field) => spec[field]),
    ...(spec.volumes ?? []).filter((volume) => volume.hostPath).map((volume) => `hostPath ${volume.name}`),
  ];
  return [
    ...pod,
    ...containersOf(spec).flatMap(({ name, securityContext }) =>
      containerViolations(securityContext ?? {}).map((field) => `${name}: ${field}`),
    ),
  ];
}

function containerViolations(context: Record<string, any>): string[] {
  const allowed: Record<string, boolean> = {
    allowPrivilegeEscalation: context.allowPrivilegeEscalation === false,
    privileged: !context.privileged,
    'capabilities.drop': context.capabilities?.drop?.includes('ALL') ?? false,
    'capabilities.add': (context.capabilities?.add ?? []).every((name: string) => name === 'NET_BIND_SERVICE'),
    seccompProfile: ['RuntimeDefault', 'Localhost'].includes(context.seccompProfile?.type),
    runAsNonRoot: context.runAsNonRoot === true,
    runAsUser: context.runAsUser !== 0,
  };
  return Object.keys(allowed).filter((field) => !allowed[field]);
}
