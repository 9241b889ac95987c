/** Names that end so are of credentials, in the settings of all software that this library configures. */
const CREDENTIAL =
  /(passw(or)?d|passphrase|key_pass|secret|secret_?key|token|api[-_.]?key|licen[sc]e_?key|shared_?key|cloud_auth|private_?key|access_?key|account_?key)$/i;
/** Names in the query of an address that are of credentials besides. */
const QUERY_CREDENTIAL = /^(key|code|sig|signature|auth|pass|pwd|jwt)$|[-_](key|sig|signature)$/i;
/** A setting whose address is itself the credential, as that of Slack. */
const CREDENTIAL_ADDRESS = /webhook$/i;
/** The setting of Treasure Data that holds a key. */
const BARE_KEY = { name: /^api$/i, value: /^(?=.*\d)[\w/-]{16,}$/ };
/** Headers, in a setting that holds one or several. */
const HEADERS = /(^|[_.])headers?$/i;
const CREDENTIAL_HEADER = /^\s*[^\s:]*(?:auth(?:orization)?|cookie|key|token|secret|password)[:\s](.*)$/i;
/** The user of an address, with its password, or alone where it may be a token: by SSH or to a database it is a name. */
const USER = /(?<scheme>[\w+.-]+):\/\/(?<user>[^/@\s:?#]*)(?::(?<password>[^/@\s]*))?@/g;
/** A part of a connection string that is a credential. */
const CONNECTION_PART =
  /(?:account_?key|instrumentation_?key|shared_?access_?key|shared_?access_?signature)\s*=\s*(?<key>[^;,\s]+)|(?:^|[;\s])(?:passw(?:or)?d|pwd)\s*=\s*(?<password>[^;\s]+)/gi;
const CONNECTION = /(connection_?string|conn_?str|dsn|data_?source(_?name)?)$/i;

/** The reference to an environment variable that most software understands: `${NAME}`. */
const REFERENCE = String.raw`\$\{\w+\}`;

/**
 * Whether a setting would show a credential to all who may read it, rather than refer to a variable that holds it: by its
 * name, in a header, or in an address or connection string.
 *
 * @param reference regular expression of a reference
 */
export function showsCredential(name: string, value: unknown, reference = REFERENCE): boolean {
  const isLiteral = (secret = '') => secret.replace(new RegExp(reference, 'g'), '') !== '';
  const holdsReference = (header: string) => new RegExp(`(?:^|[\\s=:])${reference}(?:[\\s;]|$)`).test(header);
  return toTexts(value).some((text) => {
    const header = CREDENTIAL_HEADER.exec(toHeader(name, text))?.[1];
    return (
      (isCredentialSetting(name, text) && isLiteral(text)) ||
      (header !== undefined && !holdsReference(header)) ||
      listTextCredentials(name, text).some(isLiteral) ||
      findQueryCredential(text, reference) !== undefined
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
  const isHeader = /(^|[_.])headers$/i.test(parent) && showsCredential('header', `${name}: ${settings}`, reference);
  return isHeader || showsCredential(parent ? `${parent}.${name}` : name, settings, reference)
    ? path.join('.')
    : undefined;
}

/** The name of the first parameter in the query of an address, or of a path, that shows a credential. */
export function findQueryCredential(address: string, reference = REFERENCE): string | undefined {
  const query = /(?:^\/|[\w+.-]+:\/\/)[^\s?]*\?([^#\s]*)/.exec(address)?.[1] ?? '';
  const isLiteral = (value: string) => value.replace(new RegExp(reference, 'g'), '') !== '';
  return [...new URLSearchParams(query)].find(
    ([name, value]) => (CREDENTIAL.test(name) || QUERY_CREDENTIAL.test(name)) && isLiteral(value),
  )?.[0];
}

/** The header that a setting holds, or is. */
function toHeader(name: string, text: string): string {
  if (HEADERS.test(name)) {
    return text;
  }
  return /(^|[_.-])authorization$/i.test(name) ? `authorization: ${text}` : '';
}

function isCredentialSetting(name: string, text: string): boolean {
  return (
    CREDENTIAL.test(name) ||
    (CREDENTIAL_ADDRESS.test(name) && text.includes('://')) ||
    (BARE_KEY.name.test(name) && BARE_KEY.value.test(text))
  );
}

/** The texts in an address or connection string that stand where credentials do. */
function listTextCredentials(name: string, text: string): string[] {
  const users = text.includes('://') ? [...text.matchAll(USER)] : [];
  const parts = /=/.test(text) ? [...text.matchAll(CONNECTION_PART)] : [];
  return [
    ...users.map(({ groups }) => groups!.password || (/^https?$/i.test(groups!.scheme!) ? groups!.user! : '')),
    ...parts.map(({ groups }) => groups!.key ?? (CONNECTION.test(name) ? groups!.password! : '')),
  ];
}

function isTextList(value: object): boolean {
  return Array.isArray(value) && value.every((item) => typeof item !== 'object');
}

function toTexts(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).map(String);
}
