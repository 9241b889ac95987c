import type { Field } from '../../model/field';
import type { PodView } from '../../model/pod-view';
import type { Problem } from '../../rule';

const NAME = /^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$/;

const MAX_NAME = 253;

/** Settings that belong to the namespace for messages between processes. */
const IPC = /^(kernel\.(sem|shm|msg|shmall|shmmax|shmmni|shm_rmid_forced|msgmax|msgmnb|msgmni)$|fs\.mqueue\.)/;

/** What is wrong with the settings of the kernel that a pod asks for. */
export function sysctlProblems({ spec }: PodView): Problem[] {
  const names = new Set<string>();
  const fields = spec.at('securityContext', 'sysctls').items.map((item) => item.at('name'));
  return [
    ...fields.flatMap((at) => nameProblems(at, names)),
    ...hostProblems(spec.at('hostNetwork'), fields, (name) => name.startsWith('net.')),
    ...hostProblems(spec.at('hostIPC'), fields, (name) => IPC.test(name)),
  ];
}

function nameProblems(at: Field, names: Set<string>): Problem[] {
  const name = at.text;
  if (name === undefined) {
    return [];
  }
  if (names.has(name)) {
    return [{ at, message: `the pod sets sysctl "${name}" twice` }];
  }
  names.add(name);
  return isName(name) ? [] : [{ at, message: `the pod sets sysctl "${name}", which is no name of one` }];
}

function isName(name: string): boolean {
  return name.length <= MAX_NAME && NAME.test(name);
}

/** A pod that shares a namespace with its node cannot set what belongs to that namespace. */
function hostProblems(at: Field, sysctls: readonly Field[], isShared: (name: string) => boolean): Problem[] {
  const shared = at.isTrue ? sysctls.find(({ text }) => text && isShared(dotted(text))) : undefined;
  return shared
    ? [{ at, message: `the pod sets \`${at.name}\` and sysctl "${shared.text}", which would change the node` }]
    : [];
}

/** `net/ipv4/tcp_rmem` is `net.ipv4.tcp_rmem`. */
function dotted(name: string): string {
  const [separator] = /[./]/.exec(name) ?? [];
  return separator === '/' ? name.replace(/[./]/g, (mark) => (mark === '/' ? '.' : '/')) : name;
}
