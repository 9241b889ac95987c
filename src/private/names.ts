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

/** The longest name of most objects. */
export const MAX_SUBDOMAIN = 253;

const SUBDOMAIN = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;
const QUALIFIED = /^[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?$/;

/** Validates that a text is a DNS label that begins with a letter, as RFC 1035 has it. */
export function validateDns1035Label(text: string): string | undefined {
  const problem = validateDnsLabel(text);
  return problem === undefined && !/^[a-z]/.test(text) ? 'must begin with a letter' : problem;
}

/** Validates that a text is a DNS name of one or more labels. */
export function validateDnsSubdomain(text: string): string | undefined {
  if (text.length > MAX_SUBDOMAIN) {
    return `has ${text.length} characters, and at most ${MAX_SUBDOMAIN} are allowed`;
  }
  return SUBDOMAIN.test(text)
    ? undefined
    : 'must be lower-case letters, digits, "-" and ".", with a letter or digit at both ends of each part';
}

/** Validates that a text is the value of a label. */
export function validateLabelValue(text: string): string | undefined {
  return text === '' ? undefined : validateShortName(text);
}

/** Validates that a text is the key of a label or annotation: a short name, after a domain and "/" or not. */
export function validateQualifiedName(text: string): string | undefined {
  const slash = text.indexOf('/');
  if (slash < 0) {
    return validateShortName(text);
  }
  const problem = validateDnsSubdomain(text.slice(0, slash));
  return problem === undefined ? validateShortName(text.slice(slash + 1)) : `${problem} before the "/"`;
}

function validateShortName(text: string): string | undefined {
  if (text.length > MAX_LABEL) {
    return `has ${text.length} characters, and at most ${MAX_LABEL} are allowed`;
  }
  return QUALIFIED.test(text)
    ? undefined
    : 'must be letters, digits, "-", "_" and ".", with a letter or digit at both ends';
}

/** Names of environment variables: printable ASCII without `=`, as Kubernetes has it from version 1.32 on. */
const ENV_NAME = /^[ -<>-~]+$/;

const CONFIG_KEY = /^(?!\.\.?$|\.\.)[-._a-zA-Z0-9]{1,253}$/;

const PART = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const REGISTRY = '(?:[A-Za-z0-9][A-Za-z0-9.-]*|\\[[0-9A-Fa-f:]+\\])(?::[0-9]+)?';

/** A digest of an algorithm that container runtimes know. */
const DIGEST = '(?:sha256:[0-9a-f]{64}|sha384:[0-9a-f]{96}|sha512:[0-9a-f]{128})';

/** The longest name of an image in its registry. */
const MAX_REPOSITORY = 255;

/** An image name that container runtimes take: a registry, a repository in lower case, a tag and a digest. */
const REFERENCE = new RegExp(`^(?:${REGISTRY}/)?${PART}(?:/${PART})*(?::\\w[\\w.-]{0,127})?(?:@${DIGEST})?$`);

/** Whether Kubernetes takes this as the name of an environment variable. */
export function isEnvName(name: string): boolean {
  return ENV_NAME.test(name);
}

/** A key at which cdk8s takes an object for one of a class, and fails. */
export const UNWRITABLE_KEY = 'constructor';

/** Whether this can be a key of a ConfigMap or Secret. */
export function isConfigKey(key: string): boolean {
  return CONFIG_KEY.test(key);
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

/** Validates that a text is the name of an image; gives nothing where it is one. */
export function validateImageName(image: string): string | undefined {
  if (REFERENCE.test(image)) {
    return image.length <= MAX_REPOSITORY ? undefined : validateRepository(image);
  }
  if (image !== image.trim()) {
    return 'begins or ends with a blank';
  }
  if (REFERENCE.test(image.replace(/@[^@\s]+$/, ''))) {
    return 'has a digest that is none';
  }
  return REFERENCE.test(image.toLowerCase()) ? 'has capital letters in its repository' : 'is no image name';
}

/** Validates the length of a repository: the name of an image without its registry, tag and digest. */
function validateRepository(image: string): string | undefined {
  const [name = ''] = image.split('@');
  const { length } = name.replace(/:\w[\w.-]*$/, '').replace(/^[^/]*[.:][^/]*\//, '');
  return length <= MAX_REPOSITORY
    ? undefined
    : `has a repository of ${length} characters, and at most ${MAX_REPOSITORY} are allowed`;
}

/** Whether an image is named by a digest or by a tag other than `latest`, so that the node may keep it. */
export function isPinned(image: string): boolean {
  const tag = /:([^/:@]+)(@.*)?$/.exec(image)?.[1];
  return image.includes('@') || (tag !== undefined && tag !== 'latest');
}

/** The parts as one DNS label; what does not fit is cut and told apart by a hash. */
export const toDnsLabel = memoize(buildDnsLabel, (parts) => parts.join('\0'));

function buildDnsLabel(...parts: readonly string[]): string {
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
}

/** The hex digest of a text. */
export function hashText(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
