/** Words at the end of a name that say that it is of a credential. */
const WORD = /(passw(or)?d|passphrase|secret|token|(^|_)(pass|pwd|seed|credentials(_json)?))$/;
/** The keys that are credentials, rather than fields of a record, places in a store or the like. */
const KEY =
  /(access|account|api|application|auth|encryption|ingest(ion)?|insert|instrumentation|integration|jwt|licen[sc]e|master|private|sec(ret)?|shared|signature|signing|sse_customer|write)_?key$/;
/** Names that belong to the user, such as those of labels, and say nothing of what they hold. */
const FREE = /(^|_)(labels?|tags|attributes|structured_metadata)\.[^.]*$/i;
/** Names in the query of an address that are of credentials besides. */
const QUERY = /^(key|code|sig|signature|auth|jwt)$|_(key|sig|signature)$/;
/** The setting of Treasure Data that holds a key. */
const BARE_KEY = { name: /^api$/, value: /^(?=.*\d)[\w/-]{16,}$/ };
/** Values that only say whether or where: switches, numbers and the files that credentials are in. */
const SWITCH = /^(true|false|on|off|yes|no|null|undefined)?$/i;
const FILE = /^(~|\.{0,2})\/\S*$/;
/** Headers, in a setting that holds one or several. */
const HEADERS = /(^|[._])headers?$/i;
const CREDENTIAL_HEADER =
  /(?:^|,)\s*[^\s:,]*(?:auth(?:orization)?|cookie|key|token|secret|password|honeycomb-team)[:\s](.*)$/i;

/** Whether a setting of this name holds a credential, in the settings of all software that this library configures. */
export function isCredentialSetting(name: string, text: string): boolean {
  const words = toWords(name);
  return (
    (isCredentialName(name) && !SWITCH.test(text) && !(/(seed|credentials)$/.test(words) && isPlace(text))) ||
    (BARE_KEY.name.test(words) && BARE_KEY.value.test(text))
  );
}

/** Whether a name, followed in settings by those of fields after dots, says that it is of a credential. */
export function isCredentialName(name: string): boolean {
  const words = toWords(name.replace(/\.value$/, ''));
  return !FREE.test(name) && (WORD.test(words) || KEY.test(words));
}

/** Whether a parameter in the query of an address is a credential. */
export function isCredentialParameter(name: string): boolean {
  return isCredentialName(name) || QUERY.test(toWords(name));
}

/** The value of the credential in a setting that holds a header, or is one. */
export function findHeaderCredential(name: string, text: string): string | undefined {
  const isAuthorization = /(^|[_.-])authorization$/i.test(name);
  return HEADERS.test(name) ? CREDENTIAL_HEADER.exec(text)?.[1] : isAuthorization ? text : undefined;
}

/** A number that seeds a choice, or a file. */
function isPlace(text: string): boolean {
  return FILE.test(text) || /^\d+$/.test(text);
}

/** A name as words in lower case with "_" between them. */
function toWords(name: string): string {
  return name
    .replace(/([a-z0-9])(?=[A-Z])/g, '$1_')
    .replace(/[-.\s]/g, '_')
    .toLowerCase();
}
