import type { Field } from '../../model/field';
import type { PodView } from '../../model/pod-view';
import type { Problem } from '../../rule';

const NAME = /^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$/;

const MAX_NAME = 253;

/** Settings that belong to the namespace for messages between processes. */
const IPC = /^(kernel\.(sem|shm|msg|shmall|shmmax|shmmni|shm_rmid_forced|msgmax|msgmnb|msgmni)$|fs\.mqueue\.)/;

/** Checks the settings of the kernel that a pod asks for. */
export function checkSysctls({ spec }: PodView): Problem[] {
  const names = new Set<string>();
  const fields = spec.at('securityContext', 'sysctls').items.map((item) => item.at('name'));
  return [
    ...fields.flatMap((at) => checkSysctlName(at, names)),
    ...checkHostSysctls(spec.at('hostNetwork'), fields, (name) => name.startsWith('net.')),
    ...checkHostSysctls(spec.at('hostIPC'), fields, (name) => IPC.test(name)),
  ];
}

function checkSysctlName(at: Field, names: Set<string>): Problem[] {
  const name = at.text;
  if (name === undefined) {
    return [];
  }
  if (names.has(name)) {
    return [{ at, message: `the pod sets sysctl "${name}" twice` }];
  }
  names.add(name);
  return isSysctlName(name) ? [] : [{ at, message: `the pod sets sysctl "${name}", which is no name of one` }];
}

function isSysctlName(name: string): boolean {
  return name.length <= MAX_NAME && NAME.test(name);
}

/** A pod that shares a namespace with its node cannot set what belongs to that namespace. */
function checkHostSysctls(at: Field, sysctls: readonly Field[], isShared: (name: string) => boolean): Problem[] {
  const shared = at.isTrue ? sysctls.find(({ text }) => text && isShared(toDottedName(text))) : undefined;
  return shared
    ? [{ at, message: `the pod sets \`${at.name}\` and sysctl "${shared.text}", which would change the node` }]
    : [];
}

/** `net/ipv4/tcp_rmem` is `net.ipv4.tcp_rmem`. */
function toDottedName(name: string): string {
  const [separator] = /[./]/.exec(name) ?? [];
  return separator === '/' ? name.replace(/[./]/g, (mark) => (mark === '/' ? '.' : '/')) : name;
}
