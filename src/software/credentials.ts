import { findHeaderCredential, isCredentialSetting } from './credential-names';
import * as texts from './credential-texts';

/** The reference to an environment variable that most software understands: `${NAME}`. */
const REFERENCE = String.raw`\$\{\w+\}`;

/**
 * Whether a setting would show a credential to all who may read it, rather than refer to a variable that holds it: by its
 * name, by the form of its text, in a header, in an address or connection string, or in a field of JSON.
 *
 * @param reference regular expression of a reference
 */
export function showsCredential(name: string, value: unknown, reference = REFERENCE): boolean {
  const isLiteral = (secret: string) => texts.isLiteral(secret, reference);
  const holdsReference = (header: string) => new RegExp(`(?:^|[\\s=:])${reference}(?:[\\s;,]|$)`).test(header);
  return toTexts(value).some((text) => {
    const header = findHeaderCredential(name, text);
    return (
      (isCredentialSetting(name, text) && isLiteral(text)) ||
      (header !== undefined && !holdsReference(header)) ||
      texts.listTextCredentials(name, text).some(isLiteral) ||
      texts.isCredentialText(name, text, reference) ||
      texts.findQueryCredential(text, reference) !== undefined ||
      parseObjects(text).some((each) => findCredential(each, reference, [name]) !== undefined)
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

/** The name of the first parameter in an address, or a path, that shows a credential. */
export function findQueryCredential(address: string): string | undefined {
  return texts.findQueryCredential(address, REFERENCE);
}

/** The object or list that a text is in JSON. */
function parseObjects(text: string): unknown[] {
  try {
    return /^\s*[[{]/.test(text) ? [JSON.parse(text)] : [];
  } catch {
    return [];
  }
}

function isTextList(value: object): boolean {
  return Array.isArray(value) && value.every((item) => typeof item !== 'object');
}

function toTexts(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).map(String);
}
