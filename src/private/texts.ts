/**
 * Characters that the YAML of cdk8s holds as they are, and that kubectl refuses or reads as others: DEL and the C1 controls, among
 * them NEL, the separators of lines and paragraphs, the mark of byte order, what is no character, and halves of surrogate pairs.
 */
const UNREADABLE =
  /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** Halves of surrogate pairs, which no file can hold. */
const HALF = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** All characters but those of ASCII that stand in any text, which is far sooner searched for. */
const UNUSUAL = /[\x7f-\uffff]/;

/** Whether kubectl reads this text in YAML as it is. */
export function isReadable(text: string): boolean {
  return !UNUSUAL.test(text) || !UNREADABLE.test(text);
}

/** Whether a file can hold this text. */
export function isWellFormed(text: string): boolean {
  return !HALF.test(text);
}

/** The rest of a sentence about a text that kubectl cannot read; nothing where it can. */
export function validateText(text: string): string | undefined {
  return isReadable(text)
    ? undefined
    : `holds ${formatCharacter(UNREADABLE.exec(text)![0])}, which kubectl does not read in YAML; remove it`;
}

/** A text in the double quotes of YAML with escapes for what kubectl would not read there. */
export function escapeUnreadable(text: string): string {
  return text.replace(new RegExp(UNREADABLE, 'g'), (character) => `\\u${toHexadecimal(character).toLowerCase()}`);
}

/** A character by its number: `U+2028`. */
export function formatCharacter(character: string): string {
  return `U+${toHexadecimal(character)}`;
}

function toHexadecimal(character: string): string {
  return character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
}
