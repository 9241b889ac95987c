import type { Field } from '../../model/field';
import type { Problem } from '../../rule';
import type { PodSecurityLevel } from './pod-security-checks';
import type { SecurityScope } from './scopes';

/** The capabilities that container runtimes give anyway, less `NET_RAW`. */
const DEFAULT_CAPABILITIES: ReadonlySet<string> = new Set([
  ...['AUDIT_WRITE', 'CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'MKNOD', 'NET_BIND_SERVICE', 'SETFCAP'],
  ...['SETGID', 'SETPCAP', 'SETUID', 'SYS_CHROOT'],
]);

/** The one capability that "restricted" lets a container add. */
const LOW_PORTS: ReadonlySet<string> = new Set(['NET_BIND_SERVICE']);

const SELINUX_TYPES = ['', 'container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t'];

/** Finds what is forbidden about one setting of a security context: the field with the remedy. */
type Check = (setting: Field) => readonly (readonly [at: Field, fix: string])[];

const BASELINE: ReadonlyMap<string, Check> = new Map<string, Check>([
  ['privileged', (at) => (at.isTrue ? [[at, 'remove `privileged`']] : [])],
  ['procMount', (at) => (at.text === 'Unmasked' ? [[at, 'remove `procMount`']] : [])],
  ['appArmorProfile', findUnconfinedProfile],
  ['seccompProfile', findUnconfinedProfile],
  ['seLinuxOptions', findSeLinuxOptions],
  ['windowsOptions', findHostProcess],
  ['capabilities', (at) => findAddedCapabilities(at, DEFAULT_CAPABILITIES)],
]);

const RESTRICTED: ReadonlyMap<string, Check> = new Map<string, Check>([
  ...BASELINE,
  ['runAsNonRoot', (at) => (at.isFalse ? [[at, 'set `runAsNonRoot: true`']] : [])],
  ['runAsUser', (at) => (at.number === 0 ? [[at, 'take the number of another user than root']] : [])],
  ['capabilities', (at) => findAddedCapabilities(at, LOW_PORTS)],
]);

/** The settings that "restricted" does not ask of Windows, which has none of them. */
const LINUX_ONLY = ['capabilities', 'seccompProfile'];

/** Checks a security context for forbidden settings, and a container for those that it must have itself. */
export function checkContextLevel(scope: SecurityScope, level: PodSecurityLevel, isWindows: boolean): Problem[] {
  const isRestricted = level === 'restricted';
  const checks = isRestricted ? RESTRICTED : BASELINE;
  // A privileged container has all privileges, whatever else it says.
  const settings = scope.context.at('privileged').isTrue ? ['privileged'] : scope.context.names;
  const names = settings.filter((name) => !(isRestricted && isWindows && LINUX_ONLY.includes(name)));
  const forbidden = names.flatMap((name) => checks.get(name)?.(scope.context.at(name)) ?? []);
  return [
    ...forbidden.map(([at, fix]) => ({ at, message: `${scope.title} sets ${describeSetting(at)}`, fix })),
    ...(isRestricted && !isWindows && !scope.isPod ? checkRequiredContext(scope) : []),
  ];
}

function checkRequiredContext({ title, context }: SecurityScope): Problem[] {
  if (context.at('privileged').isTrue) {
    return [];
  }
  const escalation = context.at('allowPrivilegeEscalation');
  const drop = context.at('capabilities', 'drop');
  return [
    ...(escalation.isFalse
      ? []
      : [{ at: escalation, message: `${title} may gain privileges`, fix: 'set `allowPrivilegeEscalation: false`' }]),
    ...(drop.texts.includes('ALL')
      ? []
      : [{ at: drop, message: `${title} keeps capabilities`, fix: 'set `capabilities.drop: [ALL]`' }]),
  ];
}

function findAddedCapabilities(capabilities: Field, allowed: ReadonlySet<string>): [Field, string][] {
  return capabilities
    .at('add')
    .items.filter(({ text }) => text !== undefined && !allowed.has(text))
    .map((at) => [at, `remove capability "${at.text}"`]);
}

function findUnconfinedProfile(profile: Field): [Field, string][] {
  const at = profile.at('type');
  return at.text === 'Unconfined' ? [[at, 'write `type: RuntimeDefault`']] : [];
}

function findSeLinuxOptions(options: Field): [Field, string][] {
  const type = options.at('type');
  return [
    ...(type.text !== undefined && !SELINUX_TYPES.includes(type.text) ? [type] : []),
    ...[options.at('user'), options.at('role')].filter(({ text }) => text),
  ].map((at) => [at, `remove \`${at.name}\``]);
}

function findHostProcess(options: Field): [Field, string][] {
  const at = options.at('hostProcess');
  return at.isTrue ? [[at, 'remove `hostProcess`']] : [];
}

/** A setting as it stands below the security context: `privileged: true`. */
function describeSetting(at: Field): string {
  const path = at.path.slice(at.path.lastIndexOf('securityContext') + 'securityContext.'.length);
  return `\`${path.replace(/\[\d+\]$/, '')}: ${at.scalar ?? at.value}\``;
}
