import { isIP } from 'node:net';
import { isConfigKey, validateDnsSubdomain, validateQualifiedName } from './names';

/** The rest of a sentence about a value that the API server refuses: `is ..., ...; pass ...`. */
export type FieldCheck = (value: any) => string | undefined;

/** The keys and values of all annotations of an object together may have this many bytes. */
export const MAX_ANNOTATIONS = 256 * 1024;

const FINALIZERS = ['kubernetes', 'orphan', 'foregroundDeletion'];
const SEARCH_DOMAIN = /^[a-z0-9_](?:[-a-z0-9_]*[a-z0-9_])?(?:\.[a-z0-9_](?:[-a-z0-9_]*[a-z0-9_])?)*\.?$/;
const SYSCTL = /^[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?(?:[./][a-z0-9](?:[-_a-z0-9]*[a-z0-9])?)*$/;
const MAX_NAME = 253;

/** The permissions of a file, from none to all: 0 to 0777. */
const MAX_MODE = 0o777;

/** A whole number as `mode` of a file. */
export function validateMode(mode: unknown): string | undefined {
  return Number.isInteger(mode) && (mode as number) >= 0 && (mode as number) <= MAX_MODE
    ? undefined
    : `is ${mode}; pass a whole number from 0 to 511, such as 0o440`;
}

/** A path of another machine. */
export function validateAbsolutePath(path: unknown): string | undefined {
  return String(path).startsWith('/') ? undefined : `is ${JSON.stringify(path)}; pass a path that begins with "/"`;
}

/** A path inside of a volume. */
export function validateInnerPath(path: unknown): string | undefined {
  const text = typeof path === 'string' ? path : '';
  return text !== '' && !text.startsWith('/') && !text.split('/').includes('..') && !text.startsWith('..')
    ? undefined
    : `is ${JSON.stringify(path)}; pass a path in the volume, without "/" at its beginning and without ".."`;
}

const HOST_PATH_TYPES = [
  ...['', 'DirectoryOrCreate', 'Directory', 'FileOrCreate', 'File', 'Socket', 'CharDevice', 'BlockDevice'],
];

/** A file or directory of the node. */
export function validateHostPath({
  path,
  type = '',
}: {
  readonly path?: unknown;
  readonly type?: string;
}): string | undefined {
  if (typeof path !== 'string' || path === '' || path.split('/').includes('..')) {
    return `has \`path\` ${JSON.stringify(path)}; pass a path of the node without ".."`;
  }
  return HOST_PATH_TYPES.includes(type)
    ? undefined
    : `has \`type\` "${type}"; pass one of ${HOST_PATH_TYPES.filter(Boolean).join(', ')}, or none`;
}

/** The medium of an `emptyDir`. */
export function validateMedium(medium: unknown): string | undefined {
  return /^(Memory|HugePages(-.+)?)?$/.test(String(medium ?? ''))
    ? undefined
    : `is ${JSON.stringify(medium)}; pass "Memory", or leave it out`;
}

/** A share of pods that a rollout may take away. */
export function validateShare(amount: unknown): string | undefined {
  return typeof amount === 'string' && Number.parseInt(amount, 10) > 100
    ? `is ${amount}; pass 0 to 100 percent, or a whole number of pods`
    : undefined;
}

/** A key of a ConfigMap or Secret. */
export function validateKey(key: unknown): string | undefined {
  return isConfigKey(String(key))
    ? undefined
    : `has key ${JSON.stringify(key)}; use at most 253 letters, digits, "-", "_" and ".", and not ".." at its beginning`;
}

/** An address, of the fourth or sixth version of IP. */
export function validateIp(ip: unknown): string | undefined {
  return isIP(String(ip)) === 0 ? `is ${JSON.stringify(ip)}; pass an IP address` : undefined;
}

/** The name of an object, or of a host. */
export function validateName(name: unknown): string | undefined {
  const problem = validateDnsSubdomain(String(name));
  return problem === undefined ? undefined : `is ${JSON.stringify(name)}, which ${problem}; pass another`;
}

/** A domain that names without dots are looked up in. */
export function validateSearchDomain(domain: unknown): string | undefined {
  const text = String(domain);
  return text === '.' || (text.length <= MAX_NAME && SEARCH_DOMAIN.test(text))
    ? undefined
    : `is ${JSON.stringify(domain)}; pass a domain of lower-case letters, digits, "-", "_" and "."`;
}

/** The mark of a controller that an object waits for before it is gone. */
export function validateFinalizer(finalizer: unknown): string | undefined {
  const text = String(finalizer);
  const problem = validateQualifiedName(text) ?? (text.includes('/') ? undefined : 'has no domain before a "/"');
  return problem === undefined || FINALIZERS.includes(text)
    ? undefined
    : `is ${JSON.stringify(finalizer)}, which ${problem}; write it as "example.com/name"`;
}

/** A setting of the kernel. */
export function validateSysctl(name: unknown): string | undefined {
  const text = String(name);
  return text.length <= MAX_NAME && SYSCTL.test(text)
    ? undefined
    : `is ${JSON.stringify(name)}, which is no name of a sysctl; write it as "net.core.somaxconn"`;
}

/** The place of a disk of Azure, whose form depends on its kind. */
export function validateAzureDisk(disk: { readonly kind?: string; readonly diskURI?: string }): string | undefined {
  const start = disk.kind === 'Managed' ? '/subscriptions/' : 'https://';
  return disk.diskURI?.startsWith(start)
    ? undefined
    : `has \`diskURI\` ${JSON.stringify(disk.diskURI)} with \`kind\` ${disk.kind ?? 'Shared'}; pass one that begins with "${start}", or the kind that the disk has`;
}

/** The restart policy of a pod, which its workload decides. */
export function validateRestartPolicy(kind: string, policy: string | undefined): string | undefined {
  const isJob = kind === 'Job' || kind === 'CronJob';
  if (isJob && (policy === undefined || policy === 'Always')) {
    return `is ${policy ?? 'left out, which means Always'}, and a ${kind} takes OnFailure or Never alone; pass one of them`;
  }
  return kind !== 'Pod' && !isJob && policy !== undefined && policy !== 'Always'
    ? `is ${policy}, and Kubernetes restarts the containers of a ${kind} always; leave it out, or use a Job`
    : undefined;
}
