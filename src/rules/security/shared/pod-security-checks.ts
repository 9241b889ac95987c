import type { Field } from '../../model/field';
import type { PodView } from '../../model/pod-view';
import { listVolumeSources } from '../../model/volumes';
import type { Problem } from '../../rule';
import { checkContextLevel } from './pod-security-contexts';
import { listSecurityScopes, type SecurityScope } from './scopes';

/** The two profiles that forbid anything; "restricted" forbids all that "baseline" does. */
export type PodSecurityLevel = 'baseline' | 'restricted';

/** The volumes that "restricted" allows. */
const VOLUMES = [
  ...['configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral'],
  ...['image', 'persistentVolumeClaim', 'projected', 'secret'],
];

/** Settings of the kernel that concern only the pod. */
const SAFE_SYSCTLS: ReadonlySet<string> = new Set([
  'kernel.shm_rmid_forced',
  ...[
    ...['ip_local_port_range', 'ip_local_reserved_ports', 'ip_unprivileged_port_start', 'ping_group_range'],
    ...['tcp_syncookies', 'tcp_keepalive_time', 'tcp_fin_timeout', 'tcp_keepalive_intvl', 'tcp_keepalive_probes'],
    ...['tcp_rmem', 'tcp_wmem'],
  ].map((name) => `net.ipv4.${name}`),
]);

/** The fields that tell the kubelet to call a host. */
const HANDLERS: ReadonlySet<string> = new Set(['livenessProbe', 'readinessProbe', 'startupProbe', 'lifecycle']);

const APPARMOR_ANNOTATION = 'container.apparmor.security.beta.kubernetes.io/';

/**
 * All that the Pod Security admission of Kubernetes 1.34 has against a pod, each at its field.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export function checkPodSecurity(pod: PodView, level: PodSecurityLevel): Problem[] {
  const [whole, ...containers] = listSecurityScopes(pod);
  return [
    ...checkHostNamespaces(pod),
    ...pod.volumes.flatMap((volume) => checkVolumeType(volume, level)),
    ...checkUnsafeSysctls(pod),
    ...checkAppArmorAnnotations(pod),
    ...[whole!, ...containers].flatMap((scope) => checkContextLevel(scope, level, pod.isWindows)),
    ...containers.flatMap(checkContainerSecurity),
    ...(level === 'restricted' ? checkRequiredSettings(pod, whole!, containers) : []),
  ];
}

function checkHostNamespaces({ spec }: PodView): Problem[] {
  if (spec.at('securityContext', 'windowsOptions', 'hostProcess').isTrue) {
    // Without the network of the host the API server rejects such a pod.
    return [];
  }
  return ['hostNetwork', 'hostPID', 'hostIPC']
    .map((name) => spec.at(name))
    .filter(({ isTrue }) => isTrue)
    .map((at) => ({ at, message: `the pod sets \`${at.name}\``, fix: `remove \`${at.name}\`` }));
}

function checkVolumeType(volume: Field, level: PodSecurityLevel): Problem[] {
  const sources = listVolumeSources(volume);
  const isAllowed =
    level === 'restricted'
      ? sources.some(({ name }) => VOLUMES.includes(name))
      : sources.every(({ name }) => name !== 'hostPath');
  const at = level === 'restricted' ? sources[0] : volume.at('hostPath');
  const message = `volume "${volume.at('name').text ?? ''}" is of type \`${at?.name}\``;
  return isAllowed || !at ? [] : [{ at, message, fix: 'take a claim, or a volume that lives as long as the pod' }];
}

function checkUnsafeSysctls({ spec }: PodView): Problem[] {
  return spec
    .at('securityContext', 'sysctls')
    .items.map((item) => item.at('name'))
    .filter(({ text }) => text !== undefined && !SAFE_SYSCTLS.has(text))
    .map((at) => ({ at, message: `the pod sets sysctl "${at.text}"`, fix: 'have the node set it' }));
}

/** The older form of `appArmorProfile`. */
function checkAppArmorAnnotations({ template }: PodView): Problem[] {
  return template
    .at('metadata', 'annotations')
    .fields.filter(({ name, text }) => name.startsWith(APPARMOR_ANNOTATION) && text && !isAllowedProfile(text))
    .map((at) => ({ at, message: `annotation "${at.name}" is "${at.text}"`, fix: 'write "runtime/default"' }));
}

function isAllowedProfile(value: string): boolean {
  return value === 'runtime/default' || value.startsWith('localhost/');
}

/** Checks a container beside its security context: no ports of the node, and no checks of other hosts. */
export function checkContainerSecurity({ field, title }: SecurityScope): Problem[] {
  const ports = field.at('ports').items.map((port) => port.at('hostPort'));
  return [
    ...ports
      .filter(({ number }) => (number ?? 0) > 0)
      .map((at) => ({ at, message: `${title} takes port ${at.number} of the node`, fix: 'remove `hostPort`' })),
    ...listCalledHosts(field)
      .filter(({ text }) => text)
      .map((at) => ({ at, message: `${title} has its kubelet call host "${at.text}"`, fix: 'remove `host`' })),
  ];
}

/** The hosts that the kubelet is told to call. */
function listCalledHosts(container: Field): Field[] {
  return container.names
    .filter((name) => HANDLERS.has(name))
    .flatMap((name) => (name === 'lifecycle' ? container.at(name).fields : [container.at(name)]))
    .flatMap((handler) => [handler.at('httpGet', 'host'), handler.at('tcpSocket', 'host')]);
}

/** Checks the settings that the pod or each of its containers must have. */
function checkRequiredSettings(pod: PodView, whole: SecurityScope, all: readonly SecurityScope[]): Problem[] {
  const os = pod.spec.at('os', 'name');
  if (pod.isWindows && !os.exists) {
    return [{ at: os, message: 'the pod is for Windows and does not set `os.name`', fix: 'set `os.name: windows`' }];
  }
  const containers = all.filter(({ context }) => !context.at('privileged').isTrue);
  const nonRoot = findUnsetScopes(whole, containers, ['runAsNonRoot']);
  const seccomp = pod.isWindows ? [] : findUnsetScopes(whole, containers, ['seccompProfile', 'type']);
  return [
    ...nonRoot.map((scope) => toUnsetProblem(scope, ['runAsNonRoot'], 'true')),
    ...seccomp.map((scope) => toUnsetProblem(scope, ['seccompProfile', 'type'], 'RuntimeDefault')),
  ];
}

/** The scopes without a setting: the pod where no container has it, or else the containers that lack it. */
function findUnsetScopes(
  whole: SecurityScope,
  containers: readonly SecurityScope[],
  setting: readonly string[],
): readonly SecurityScope[] {
  if (whole.context.at(...setting).exists) {
    return [];
  }
  const silent = containers.filter(({ context }) => !context.at(...setting).exists);
  return silent.length > 0 && silent.length === containers.length ? [whole] : silent;
}

function toUnsetProblem({ context, title }: SecurityScope, setting: readonly string[], value: string): Problem {
  const name = setting.join('.');
  const message = `${title} does not set \`${name}\``;
  return { at: context.at(...setting), message, fix: `set \`securityContext.${name}: ${value}\`` };
}
