import { MAX_LABEL, validateDnsLabel, validatePortName } from '../../private/names';
import { isPort } from '../../private/ports';

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

/** Validates that a value is the number or name of a port; gives nothing where it is one, or of a wrong type. */
export function validatePortReference(value: unknown): string | undefined {
  if (typeof value === 'number') {
    return isPort(value) ? undefined : `is ${value}, which is no port number`;
  }
  const problem = typeof value === 'string' ? validatePortName(value) : undefined;
  return problem === undefined ? undefined : `is "${value}", which ${problem}`;
}

/** The number that a text in quotes means, where a port was meant by its number. */
export function readQuotedNumber(value: unknown): string | undefined {
  return typeof value === 'string' && /^\d+$/.test(value) ? value : undefined;
}
