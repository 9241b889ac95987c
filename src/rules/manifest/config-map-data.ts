import { Severity } from '../finding';
import type { Field } from '../model/field';
import { MAX_SUBDOMAIN } from '../model/names';
import type { ObjectView } from '../model/object-view';
import type { Problem, Rule } from '../rule';
import { checkSecretType } from './shared/secret-types';

/** All values of a ConfigMap or Secret together may have this many bytes. */
const MAX_BYTES = 1024 * 1024;

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

const KEY = /^[-._a-zA-Z0-9]+$/;

export const CONFIG_MAP_DATA: Rule = {
  id: 'config-map-data',
  severity: Severity.ERROR,
  catches:
    'A ConfigMap or Secret with a key that is no file name, with a key that stands twice, with a value that should be base64 and is not, or with more than 1 MiB; and a Secret without the keys of its type.',
  consequence: 'The API server rejects the object.',
  fix: 'use letters, digits, "-", "_" and "." in keys, and keep large files in a volume or in the image',
  source: 'https://kubernetes.io/docs/concepts/configuration/configmap/#configmap-object',
  checkObject: (object) => {
    const isConfig = (object.kind === 'ConfigMap' || object.kind === 'Secret') && object.apiVersion === 'v1';
    return isConfig
      ? [
          ...checkDataKeys(object),
          ...checkEncoding(object),
          ...checkRepeatedKeys(object),
          ...checkDataSize(object),
          ...(object.kind === 'Secret' ? checkSecretType(object.root) : []),
        ]
      : [];
  },
};

/** The fields that hold the values: as text, and encoded. */
function getDataFields({ kind, root }: ObjectView): { text: Field; encoded: Field } {
  return kind === 'ConfigMap'
    ? { text: root.at('data'), encoded: root.at('binaryData') }
    : { text: root.at('stringData'), encoded: root.at('data') };
}

function checkDataKeys(object: ObjectView): Problem[] {
  const { text, encoded } = getDataFields(object);
  return [...text.fields, ...encoded.fields].flatMap((at) => {
    const problem = validateDataKey(at.name);
    return problem === undefined ? [] : [{ at, message: `key "${at.name}" ${problem}` }];
  });
}

function validateDataKey(key: string): string | undefined {
  if (key.length > MAX_SUBDOMAIN) {
    return `has ${key.length} characters, and at most ${MAX_SUBDOMAIN} are allowed`;
  }
  if (key === '.' || key.startsWith('..')) {
    return 'must not be "." or begin with ".."';
  }
  return KEY.test(key) ? undefined : 'may have only letters, digits, "-", "_" and "."';
}

/** Decoders pass over the ends of lines; what is wrong may be a secret, and is not shown. */
function checkEncoding(object: ObjectView): Problem[] {
  const { encoded } = getDataFields(object);
  const plain = object.kind === 'ConfigMap' ? 'data' : 'stringData';
  return encoded.fields
    .filter((at) => at.text !== undefined && !BASE64.test(at.text.replace(/[\r\n]/g, '')))
    .map((at) => ({
      at,
      message: `the value of key "${at.name}" is no base64`,
      fix: `encode it, or write it as it is in \`${plain}\``,
    }));
}

/** Only a ConfigMap refuses that; the text of a Secret takes the place of what is encoded. */
function checkRepeatedKeys(object: ObjectView): Problem[] {
  const { text, encoded } = getDataFields(object);
  return object.kind === 'ConfigMap'
    ? encoded.fields
        .filter(({ name }) => text.at(name).exists)
        .map((at) => ({ at, message: `key "${at.name}" stands in \`data\` and in \`binaryData\`` }))
    : [];
}

function checkDataSize(object: ObjectView): Problem[] {
  const { text, encoded } = getDataFields(object);
  const replaced = new Set(text.names);
  const bytes =
    sumNumbers(text.fields.map((field) => Buffer.byteLength(field.text ?? ''))) +
    sumNumbers(
      encoded.fields.filter(({ name }) => !replaced.has(name)).map((field) => countDecodedBytes(field.text ?? '')),
    );
  const at = text.exists ? text : encoded;
  return bytes > MAX_BYTES
    ? [{ at, message: `the values have ${bytes} bytes together, and at most ${MAX_BYTES} are allowed` }]
    : [];
}

function countDecodedBytes(text: string): number {
  return Buffer.byteLength(text, 'base64');
}

function sumNumbers(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}
