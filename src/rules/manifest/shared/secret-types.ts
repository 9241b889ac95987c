import { hasOwn } from '../../../private/own';
import type { Field } from '../../model/field';
import type { Problem } from '../../rule';

/** The keys that the Secrets of a type must have: all of them, or one. */
const KEYS: Readonly<Record<string, { readonly all?: readonly string[]; readonly any?: readonly string[] }>> = {
  'kubernetes.io/tls': { all: ['tls.crt', 'tls.key'] },
  'kubernetes.io/basic-auth': { any: ['username', 'password'] },
  'kubernetes.io/ssh-auth': { all: ['ssh-privatekey'] },
  'kubernetes.io/dockerconfigjson': { all: ['.dockerconfigjson'] },
  'kubernetes.io/dockercfg': { all: ['.dockercfg'] },
};

/** The keys whose values Kubernetes does not take where they are empty. */
const FILLED = new Set(['ssh-privatekey']);

const JSON_KEYS = ['.dockerconfigjson', '.dockercfg'];

const TOKEN = 'kubernetes.io/service-account-token';
const ACCOUNT = 'kubernetes.io/service-account.name';

/** Checks that a Secret has what its type is about. */
export function checkSecretType(root: Field): Problem[] {
  const type = root.at('type').text ?? '';
  if (type === TOKEN) {
    const at = root.at('metadata', 'annotations', ACCOUNT);
    const message = `a Secret of type "${type}" has no annotation "${ACCOUNT}"`;
    return at.text ? [] : [{ at, message, fix: 'name the service account in it' }];
  }
  const { all = [], any = [] } = hasOwn(KEYS, type) ? KEYS[type]! : {};
  const has = (key: string) =>
    ['data', 'stringData']
      .map((name) => root.at(name, key))
      .some(({ value }) => (FILLED.has(key) ? value : value !== undefined));
  return [
    ...all.filter((key) => !has(key)).map((key) => toMissingKey(root, type, `"${key}"`)),
    ...(any.length > 0 && !any.some(has)
      ? [toMissingKey(root, type, any.map((key) => `"${key}"`).join(' and no '))]
      : []),
    ...all.filter((key) => JSON_KEYS.includes(key) && has(key)).flatMap((key) => checkJson(root, key)),
  ];
}

function toMissingKey(root: Field, type: string, key: string): Problem {
  return {
    at: root.at('data'),
    message: `a Secret of type "${type}" has no key ${key}`,
    fix: 'write it, or another `type`',
  };
}

/** Checks a key that holds JSON, without showing it: it may be a secret. */
function checkJson(root: Field, key: string): Problem[] {
  const [plain, encoded] = [root.at('stringData', key), root.at('data', key)];
  const at = plain.exists ? plain : encoded;
  const text = plain.text ?? Buffer.from(encoded.text ?? '', 'base64').toString();
  return isJsonObject(text)
    ? []
    : [
        {
          at,
          message: `the value of key "${key}" is no JSON object`,
          fix: 'write what `kubectl create secret docker-registry` makes',
        },
      ];
}

function isJsonObject(text: string): boolean {
  try {
    const data: unknown = JSON.parse(text);
    return data === null || (typeof data === 'object' && !Array.isArray(data));
  } catch {
    return false;
  }
}
