/** The longest name of most objects, and the longest label of the DNS. */
export const MAX_SUBDOMAIN = 253;
export const MAX_LABEL = 63;

const LABEL = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/;
const LABEL_OF_LETTER = /^[a-z](?:[-a-z0-9]*[a-z0-9])?$/;
const SUBDOMAIN = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;
const QUALIFIED = /^[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?$/;

/** What keeps a text from being a DNS label, as RFC 1123 has it; nothing where it is one. */
export function labelProblem(text: string): string | undefined {
  if (text.length > MAX_LABEL) {
    return `has ${text.length} characters, and at most ${MAX_LABEL} are allowed`;
  }
  return LABEL.test(text)
    ? undefined
    : 'must be lower-case letters, digits and "-", with a letter or digit at both ends';
}

/** What keeps a text from being a DNS label that begins with a letter, as RFC 1035 has it. */
export function letterLabelProblem(text: string): string | undefined {
  const problem = labelProblem(text);
  return problem === undefined && !LABEL_OF_LETTER.test(text) ? 'must begin with a letter' : problem;
}

/** What keeps a text from being a DNS name of one or more labels. */
export function subdomainProblem(text: string): string | undefined {
  if (text.length > MAX_SUBDOMAIN) {
    return `has ${text.length} characters, and at most ${MAX_SUBDOMAIN} are allowed`;
  }
  return SUBDOMAIN.test(text)
    ? undefined
    : 'must be lower-case letters, digits, "-" and ".", with a letter or digit at both ends of each part';
}

/** What keeps a text from being the value of a label. */
export function labelValueProblem(text: string): string | undefined {
  return text === '' ? undefined : shortNameProblem(text);
}

/** What keeps a text from being the key of a label or annotation: a short name, with a domain and "/" before it or not. */
export function qualifiedNameProblem(text: string): string | undefined {
  const slash = text.indexOf('/');
  if (slash < 0) {
    return shortNameProblem(text);
  }
  const problem = subdomainProblem(text.slice(0, slash));
  return problem === undefined ? shortNameProblem(text.slice(slash + 1)) : `${problem} before the "/"`;
}

function shortNameProblem(text: string): string | undefined {
  if (text.length > MAX_LABEL) {
    return `has ${text.length} characters, and at most ${MAX_LABEL} are allowed`;
  }
  return QUALIFIED.test(text)
    ? undefined
    : 'must be letters, digits, "-", "_" and ".", with a letter or digit at both ends';
}
