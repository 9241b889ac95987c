import { isPort } from '../../private/ports';

const MAX_LENGTH = 15;
const CHARACTERS = /^[-a-z0-9]+$/;
const LETTER = /[a-z]/;
const STRAY_HYPHEN = /^-|-$|--/;

/** Validates that a text is the name of a port, as IANA names services; gives nothing where it is one. */
export function validatePortName(text: string): string | undefined {
  if (text.length > MAX_LENGTH) {
    return `has ${text.length} characters, and at most ${MAX_LENGTH} are allowed`;
  }
  if (!CHARACTERS.test(text)) {
    return 'must be lower-case letters, digits and "-"';
  }
  if (!LETTER.test(text)) {
    return 'has no letter, and at least one is required';
  }
  return STRAY_HYPHEN.test(text) ? 'has a "-" at an end or beside another "-"' : undefined;
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
