const CREDENTIAL =
  /(passw(or)?d|passphrase|key_pass|secret|token|api[._]?key|(license|shared|secret|private|access|account)_key|cloud_auth|connection_string)$/i;
const CREDENTIAL_HEADER = /^\s*[^\s:]*(?:auth(?:orization)?|cookie|key|token|secret|password)[:\s](.*)$/i;
const URL_PASSWORD = /[\w+.-]+:\/\/[^/@\s]*?:([^/@\s]*)@/g;

/** A token stands alone before the host; of SSH and databases that is the name of a user. */
const URL_TOKEN = /https?:\/\/([^/@:\s?#]+)@/g;

/** The reference to an environment variable that most software understands: `${NAME}`. */
const REFERENCE = String.raw`\$\{\w+\}`;

/**
 * Whether a setting would show a credential to all who may read it, rather than refer to a variable that holds it.
 *
 * @param reference regular expression of a reference
 */
export function showsCredential(name: string, value: unknown, reference = REFERENCE): boolean {
  const isLiteral = (secret: string) => secret.replace(new RegExp(reference, 'g'), '') !== '';
  const holdsReference = (header: string) => new RegExp(`(?:^|[\\s=:])${reference}(?:[\\s;]|$)`).test(header);
  return toTexts(value).some((text) => {
    const header = /^headers?$/i.test(name) ? CREDENTIAL_HEADER.exec(text)?.[1] : undefined;
    return (
      (CREDENTIAL.test(name) && isLiteral(text)) ||
      (header !== undefined && !holdsReference(header)) ||
      (/^\/|:\/\//.test(text) && findQueryCredential(text, reference) !== undefined) ||
      (text.includes('://') && listUrlSecrets(text).some(isLiteral))
    );
  });
}

/** The path of the first field in nested settings that shows a credential, such as `auth.password`. */
export function findCredential(
  settings: unknown,
  reference = REFERENCE,
  path: readonly string[] = [],
): string | undefined {
  if (settings !== null && typeof settings === 'object' && !isTextList(settings)) {
    const found = Object.entries(settings).map(([key, value]) => findCredential(value, reference, [...path, key]));
    return found.find((name) => name !== undefined);
  }
  const [name = '', parent = ''] = [...path].reverse();
  const field = parent.toLowerCase() === 'api' && name === 'key' ? 'api_key' : name;
  const isHeader = /^(request_)?headers$/i.test(parent) && showsCredential('header', `${name}: ${settings}`, reference);
  return isHeader || showsCredential(field, settings, reference) ? path.join('.') : undefined;
}

/** The name of the first parameter in the query of an address that shows a credential. */
export function findQueryCredential(address: string, reference = REFERENCE): string | undefined {
  const parameters = new URLSearchParams(/\?([^#]*)/.exec(address)?.[1] ?? '');
  return [...parameters].find(([name, value]) => showsCredential(name, value, reference))?.[0];
}

function listUrlSecrets(text: string): string[] {
  return [...text.matchAll(URL_PASSWORD), ...text.matchAll(URL_TOKEN)].map(([, secret]) => secret!);
}

function isTextList(value: object): boolean {
  return Array.isArray(value) && value.every((item) => typeof item !== 'object');
}

function toTexts(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).map(String);
}
