import { createHash } from 'node:crypto';
import { memoize } from './memo';

const DNS_LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const MAX_DNS_LABEL = 63;
const MAX_PORT_NAME = 15;

/** Whether Kubernetes takes this as the name of a container or volume (RFC 1123 label). */
export function isDnsLabel(name: string): boolean {
  return name.length <= MAX_DNS_LABEL && DNS_LABEL.test(name);
}

/** Whether Kubernetes takes this as the name of a port (IANA service name, RFC 6335). */
export function isPortName(name: string): boolean {
  return name.length <= MAX_PORT_NAME && DNS_LABEL.test(name) && /[a-z]/.test(name) && !name.includes('--');
}

/** The parts as one DNS label; what does not fit is cut and told apart by a hash. */
export const toDnsLabel = memoize((...parts: readonly string[]): string => {
  const label = parts
    .join('-')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  if (label.length > 0 && label.length <= MAX_DNS_LABEL) {
    return label;
  }
  const hash = hashText(parts.join('\n')).slice(0, 8);
  return `${label.slice(0, MAX_DNS_LABEL - hash.length - 1)}-${hash}`.replace(/^-/, '');
});

/** The hex digest of data, in which all pods of one configuration agree. */
export const hashData = memoize((...data: readonly unknown[]): string => hashText(JSON.stringify(data)));

/** The hex digest of a text. */
export function hashText(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
