import { validateQualifiedName } from './names';
import { toNanos } from './quantities';

/** The fields of a pod that its variables can come from, beside single labels and annotations. */
export const FIELD_PATHS: readonly string[] = [
  ...['metadata.name', 'metadata.namespace', 'metadata.uid', 'spec.nodeName', 'spec.serviceAccountName'],
  ...['status.hostIP', 'status.hostIPs', 'status.podIP', 'status.podIPs'],
];

/** The resources of a container that it can read; huge pages have their size in the name. */
export const RESOURCES: readonly string[] = ['cpu', 'memory', 'ephemeral-storage'].flatMap((name) => [
  `limits.${name}`,
  `requests.${name}`,
]);

export function isResource(name: string): boolean {
  return RESOURCES.includes(name) || /^(limits|requests)\.hugepages-/.test(name);
}

/** A label or annotation that a field path names. */
export interface NamedEntry {
  readonly holder: 'label' | 'annotation';
  readonly key: string;
  /** The rest of a sentence about a key that none can have. */
  readonly problem?: string;
}

/** The entry that a path such as `metadata.labels['app']` names; nothing where it names none. */
export function parseEntryPath(path: string): NamedEntry | undefined {
  const [, holder, key] = /^metadata\.(label|annotation)s\['(.*)'\]$/s.exec(path) ?? [];
  return key === undefined
    ? undefined
    : {
        holder: holder as NamedEntry['holder'],
        key,
        problem: validateQualifiedName(holder === 'label' ? key : key.toLowerCase()),
      };
}

const NANO = 1_000_000_000n;
const DECIMAL = Array.from({ length: 7 }, (_, power) => NANO * 1000n ** BigInt(power));
const BINARY = Array.from({ length: 6 }, (_, power) => NANO * 1024n ** BigInt(power + 1));

/** The units that an amount of a resource is counted in, where the divisor is another: one, or thousands of cores, or one of the usual ones of memory. */
export function validateDivisor(resource: string, divisor: string): string | undefined {
  const nanos = toNanos(divisor);
  if (nanos === undefined || nanos === 0n || /[eE]\d/.test(divisor) || !isResource(resource)) {
    return undefined;
  }
  const ofCores = /\.cpu$/.test(resource);
  const units = ofCores ? [NANO, NANO / 1000n] : /i$/.test(divisor) ? BINARY : DECIMAL;
  return units.includes(nanos) ? undefined : ofCores ? '`1` or `1m`' : '`1`, `1k`, `1M`, `1Ki`, `1Mi` and so on';
}
