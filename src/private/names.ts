import { createHash } from 'node:crypto';
import { memoize } from './memo';

/** The longest label of the DNS. */
export const MAX_LABEL = 63;

const MAX_PORT_NAME = 15;

const DNS_LABEL = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/;

/** Validates that a text is a DNS label, as RFC 1123 has it; gives nothing where it is one. */
export function validateDnsLabel(text: string): string | undefined {
  if (text.length > MAX_LABEL) {
    return `has ${text.length} characters, and at most ${MAX_LABEL} are allowed`;
  }
  return DNS_LABEL.test(text)
    ? undefined
    : 'must be lower-case letters, digits and "-", with a letter or digit at both ends';
}

/** Whether Kubernetes takes this as the name of a container or volume. */
export function isDnsLabel(name: string): boolean {
  return validateDnsLabel(name) === undefined;
}

/** Validates that a text is the name of a port, as IANA names services (RFC 6335); gives nothing where it is one. */
export function validatePortName(text: string): string | undefined {
  if (text.length > MAX_PORT_NAME) {
    return `has ${text.length} characters, and at most ${MAX_PORT_NAME} are allowed`;
  }
  if (!/^[-a-z0-9]+$/.test(text)) {
    return 'must be lower-case letters, digits and "-"';
  }
  if (!/[a-z]/.test(text)) {
    return 'has no letter, and at least one is required';
  }
  return /^-|-$|--/.test(text) ? 'has a "-" at an end or beside another "-"' : undefined;
}

/** Whether Kubernetes takes this as the name of a port. */
export function isPortName(name: string): boolean {
  return validatePortName(name) === undefined;
}

/** Whether an image is named by a digest or by a tag other than `latest`, so that the node may keep it. */
export function isPinned(image: string): boolean {
  const tag = /:([^/:@]+)(@.*)?$/.exec(image)?.[1];
  return image.includes('@') || (tag !== undefined && tag !== 'latest');
}

/** The parts as one DNS label; what does not fit is cut and told apart by a hash. */
export const toDnsLabel = memoize((...parts: readonly string[]): string => {
  const label = parts
    .join('-')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  if (label.length > 0 && label.length <= MAX_LABEL) {
    return label;
  }
  const hash = hashText(parts.join('\n')).slice(0, 8);
  return `${label.slice(0, MAX_LABEL - hash.length - 1)}-${hash}`.replace(/^-/, '');
});

/** The hex digest of data, in which all pods of one configuration agree. */
export const hashData = memoize((...data: readonly unknown[]): string => hashText(JSON.stringify(data)));

/** The hex digest of a text. */
export function hashText(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
