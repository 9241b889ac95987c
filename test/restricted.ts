import { type Container, listContainers, type PodSpec } from '../src/pod/manifest/pod-template';

const PROFILES = ['RuntimeDefault', 'Localhost'];

const VOLUMES = [
  ...['configMap', 'csi', 'downwardAPI', 'emptyDir'],
  ...['ephemeral', 'image', 'persistentVolumeClaim', 'projected', 'secret'],
];

const SAFE_SYSCTLS = [
  'kernel.shm_rmid_forced',
  ...['ip_local_port_range', 'ip_local_reserved_ports', 'ip_unprivileged_port_start', 'ping_group_range'],
  ...['tcp_syncookies', 'tcp_keepalive_time', 'tcp_fin_timeout', 'tcp_keepalive_intvl', 'tcp_keepalive_probes'],
  ...['tcp_rmem', 'tcp_wmem'],
].map((name) => (name.includes('.') ? name : `net.ipv4.${name}`));

/**
 * What Pod Security "restricted" has against a pod, check by check. Stricter in one thing: each container states its own
 * profile and that it is not root, whatever the pod says.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
 */
export function restrictedViolations(spec: PodSpec): string[] {
  return [
    ...['hostNetwork', 'hostPID', 'hostIPC'].filter((field) => spec[field]),
    ...(spec.volumes ?? []).flatMap(volumeViolations),
    ...podViolations(spec.securityContext ?? {}).map((field) => `pod: ${field}`),
    ...listContainers(spec).flatMap((container) =>
      containerViolations(container).map((field) => `${container.name}: ${field}`),
    ),
  ];
}

function volumeViolations({ name, ...sources }: NonNullable<PodSpec['volumes']>[number]): string[] {
  return Object.keys(sources)
    .filter((source) => !VOLUMES.includes(source))
    .map((source) => `${source} ${name}`);
}

/** What a pod must not say for its containers, even where each of them says better. */
function podViolations(context: Record<string, any>): string[] {
  const { runAsNonRoot = true, seccompProfile = { type: 'RuntimeDefault' }, sysctls = [] } = context;
  return [
    ...failing({
      runAsNonRoot,
      runAsUser: context.runAsUser !== 0,
      seccompProfile: PROFILES.includes(seccompProfile.type),
    }),
    ...sysctls
      .filter(({ name }: { name: string }) => !SAFE_SYSCTLS.includes(name))
      .map(({ name }: { name: string }) => `sysctl ${name}`),
  ];
}

function containerViolations({ securityContext = {}, ports = [] }: Container): string[] {
  const context: Record<string, any> = securityContext;
  return failing({
    allowPrivilegeEscalation: context.allowPrivilegeEscalation === false,
    privileged: !context.privileged,
    'capabilities.drop': context.capabilities?.drop?.includes('ALL') ?? false,
    'capabilities.add': (context.capabilities?.add ?? []).every((name: string) => name === 'NET_BIND_SERVICE'),
    seccompProfile: PROFILES.includes(context.seccompProfile?.type),
    runAsNonRoot: context.runAsNonRoot === true,
    runAsUser: context.runAsUser !== 0,
    procMount: (context.procMount ?? 'Default') === 'Default',
    hostPort: ports.every(({ hostPort }) => !hostPort),
  });
}

function failing(allowed: Record<string, boolean>): string[] {
  return Object.keys(allowed).filter((field) => !allowed[field]);
}
