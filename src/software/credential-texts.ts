import { isCredentialParameter } from './credential-names';

/** Forms that only secrets have: private keys, and tokens whose makers marked them so that they are found. */
const KNOWN =
  /-----BEGIN [A-Z ]*PRIVATE KEY|\b(gh[opsur]_\w{36}|github_pat_\w{22}|glpat-[\w-]{20}|xox[a-z]-\w{4,}-[\w-]{8}|hv[bs]\.[\w-]{20}|S[ACNOU][A-Z2-7]{56}\b|eyJ[\w-]{8,}\.eyJ[\w-]+\.[\w-]{8})/;
/** Public receivers that ask for nothing but their address: the path of it is the credential. */
const RECEIVER =
  /:\/\/(?:hooks\.(?:slack|zapier)\.com|(?:\w+\.)?discord(?:app)?\.com\/api\/webhooks|(?:[\w-]+\.)*(?:webhook\.office\.com|loggly\.com\/(?:inputs|bulk)|sumologic\.com\/receiver)|api\.telegram\.org)\/(\S+)/;
/** A setting whose address is itself the credential, as that of Slack. */
const RECEIVER_SETTING = /webhook([-_.]?url)?$/i;
/** The user of an address, with its password, or alone where it may be a token: by SSH or to a database it is a name. */
const USER = /(?<scheme>[\w+.-]+):\/\/(?<user>[^/@\s:?#]*)(?::(?<password>[^/@\s]*))?@/g;
/** Names of settings that hold an address, which may have no scheme, and an address of that kind with a password. */
const ADDRESS = /(host|server|addr(ess)?|endpoint|ur[il]|proxy|broker)s?$/i;
const BARE_USER = /^[^\s/@:]+:([^\s/@]+)@[^\s@]+$/;
/** Names of settings that hold a user and a password. */
const LOGIN = /auth$/i;
/** A part of a connection string that is a credential. */
const CONNECTION_PART =
  /(?:account_?key|instrumentation_?key|shared_?access_?key|shared_?access_?signature)\s*=\s*(?<key>[^;,\s]+)|(?:^|[;\s])(?:passw(?:or)?d|pwd)\s*=\s*(?<password>[^;\s]+)/gi;
const CONNECTION = /(connection_?(string|options)|conn_?str|dsn|data_?source(_?name)?)$/i;

/** Whether a text is a credential by its form, or an address that is one. */
export function isCredentialText(name: string, text: string, reference: string): boolean {
  const path = (RECEIVER.exec(text) ?? (RECEIVER_SETTING.test(name) ? /:\/\/(\S+)/.exec(text) : null))?.[1];
  return KNOWN.test(text) || (path !== undefined && !new RegExp(reference).test(path));
}

/** The texts in an address, a connection string or a login that stand where credentials do. */
export function listTextCredentials(name: string, text: string): string[] {
  const users = text.includes('://') ? [...text.matchAll(USER)] : [];
  const parts = /=/.test(text) ? [...text.matchAll(CONNECTION_PART)] : [];
  return [
    ...users.map(({ groups }) => groups!.password || (/^https?$/i.test(groups!.scheme!) ? groups!.user! : '')),
    ...parts.map(({ groups }) => groups!.key ?? (CONNECTION.test(name) ? groups!.password! : '')),
    (ADDRESS.test(name) && BARE_USER.exec(text)?.[1]) || '',
    (LOGIN.test(name) && /^[^\s:/]+:(.+)$/.exec(text)?.[1]) || '',
  ];
}

/** The name of the first parameter in the query or fragment of an address, or of a path, that shows a credential. */
export function findQueryCredential(address: string, reference: string): string | undefined {
  const query = /(?:^\/|[\w+.-]+:\/\/)[^\s?#]*[?#](\S*)/.exec(address)?.[1] ?? '';
  return [...new URLSearchParams(query.replace(/[?#]/g, '&'))].find(
    ([name, value]) => isCredentialParameter(name) && isLiteral(value, reference),
  )?.[0];
}

/** Whether a text is more than references. */
export function isLiteral(text: string, reference: string): boolean {
  return text.replace(new RegExp(reference, 'g'), '') !== '';
}
