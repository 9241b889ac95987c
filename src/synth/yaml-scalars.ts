import { Yaml } from 'cdk8s';
import { memoizeByText } from '../private/memo';
import { isReadable } from '../private/texts';

/**
 * Strings that cdk8s writes as they are: they begin with a letter or a slash, and hold nothing that means something in YAML, such
 * as `: `, ` #` or a colon or blank at the end.
 */
const PLAIN =
  /^[A-Za-z/_][\w./@%+=,;(){}[\]&*!|<>^~"'$`?\\-]*(?:(?::(?! |$)| (?![ #]|$))[\w./@%+=,;(){}[\]&*!|<>^~"'$`?\\-]*)*$/;

/** Other texts that would not be read as strings: the words of YAML 1.1, and numbers that are all exponent. */
const WORD = /^(?:null|y|yes|true|on|n|no|false|off|e[-+]?\d+)$/i;

/** Strings of several lines that cdk8s writes as a literal block without any indicator: no odd blank at either end. */
const BLOCK = /^\S[\s\S]*\S\n?$/;

/** Characters that force double quotes: control characters, halves of surrogate pairs, and what kubectl could not read. */
const CONTROL = /(?![\t\n])\p{Cc}/u;

/** A marker of documents: the form of a key with one depends on its depth. The lines of `m` may also end in U+2028. */
const DOCUMENT_MARKER = /^(?:%|---|\.\.\.)/m;

/** Much longer keys are written in another way. */
const MAX_KEY_LENGTH = 256;

/** Longer strings are rarely met twice. */
const MAX_REMEMBERED_LENGTH = 100;
const MAX_REMEMBERED = 10_000;

const values = new Map<string, string | undefined>();
const keys = new Map<string, string | undefined>();

/** A key of a mapping as cdk8s writes it, or nothing where only the whole document tells. */
export function formatKey(key: string): string | undefined {
  return key.length < MAX_KEY_LENGTH && isPlainText(key) ? key : getRemembered(keys, key, formatKeyByCdk8s);
}

/** A string in a mapping or sequence, whose further lines have this indent; or nothing where only the whole document tells. */
export function formatString(value: string, indent: string): string | undefined {
  if (isPlainText(value)) {
    return value;
  }
  return value.includes('\n') ? formatBlock(value, indent) : getRemembered(values, value, formatValueByCdk8s);
}

/** A number, or nothing where releases of `yaml` differ. */
export function formatNumber(value: number): string | undefined {
  return Number.isFinite(value) && !Object.is(value, -0) ? JSON.stringify(value) : undefined;
}

function isPlainText(text: string): boolean {
  return PLAIN.test(text) && !WORD.test(text);
}

function formatBlock(value: string, indent: string): string | undefined {
  if (!BLOCK.test(value) || hasOddCharacters(value)) {
    return undefined;
  }
  const [header, body] = value.endsWith('\n') ? ['|', value.slice(0, -1)] : ['|-', value];
  return `${header}\n${indent}${body.replace(/\n+/g, `$&${indent}`)}`;
}

/** A text is looked through once for all documents that hold it. */
const hasOddCharacters = memoizeByText((text: string) => CONTROL.test(text) || !isReadable(text));

/** cdk8s' own text of a string of one line. It depends on nothing around it, because cdk8s folds no lines. */
function formatValueByCdk8s(value: string): string | undefined {
  return isReadable(value) ? Yaml.stringify([value]).slice('- '.length, -1) : undefined;
}

function formatKeyByCdk8s(key: string): string | undefined {
  const text = Yaml.stringify({ [key]: 0 });
  const isSimple =
    isReadable(key) && !DOCUMENT_MARKER.test(key) && !text.startsWith('? ') && text.indexOf('\n') === text.length - 1;
  return isSimple ? text.slice(0, -': 0\n'.length) : undefined;
}

function getRemembered(
  texts: Map<string, string | undefined>,
  value: string,
  ask: (value: string) => string | undefined,
): string | undefined {
  if (texts.has(value)) {
    return texts.get(value);
  }
  const text = ask(value);
  if (texts.size >= MAX_REMEMBERED) {
    texts.clear();
  }
  if (value.length <= MAX_REMEMBERED_LENGTH) {
    texts.set(value, text);
  }
  return text;
}
