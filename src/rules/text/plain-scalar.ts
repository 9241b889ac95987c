/** Thrown where a text has more than the plain subset of YAML: the library reads it then, and knows what is wrong with it. */
export const UNUSUAL = new Error('not the plain subset of YAML');

const WORDS: ReadonlyMap<string, boolean | null> = new Map<string, boolean | null>([
  ...['null', 'Null', 'NULL', '~'].map((word) => [word, null] as const),
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map((word) => [word, true] as const),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map((word) => [word, false] as const),
]);
const MAX_WORD = 5;

/** Numbers that need no second thought. */
const NUMBER = /^-?(?:[1-9]\d{0,14}|[1-9]\d{0,7}\.\d{1,7}|0\.\d{0,6}[1-9])$|^0$/;

/** Anything that may be a number to somebody, in whatever base. */
const NUMERIC = /^[-+]?(?:0[box])?[\d_:.eE+-]*$|^[-+]?0x[\da-f_]*$|^[-+]?\.(?:inf|nan)$/i;

/** Addresses and versions. */
const DOTTED = /^\d+\.\d+\.[\d.]*$/;

/** Whether a word means something other than itself. */
export function isSpecialWord(text: string): boolean {
  return text.length <= MAX_WORD && WORDS.has(text);
}

/** The value of a scalar without quotes. */
export function parsePlainScalar(text: string): unknown {
  const first = text.charCodeAt(0);
  if (first <= 0x39 && (first >= 0x30 || first === 0x2d || first === 0x2b || first === 0x2e)) {
    return parseNumeric(text);
  }
  const word = text.length <= MAX_WORD ? WORDS.get(text) : undefined;
  return word === undefined ? text : word;
}

function parseNumeric(text: string): unknown {
  if (NUMBER.test(text)) {
    return Number(text);
  }
  if (NUMERIC.test(text) && !DOTTED.test(text)) {
    throw UNUSUAL;
  }
  return text;
}

/** Escapes of signs that nobody misreads, which JSON has, too. */
const ESCAPES = /^(?:[^\\]|\\["\\nt])*$/;

/** The text of a scalar in double quotes, which are given, too. */
export function parseDoubleQuoted(quoted: string): string {
  if (!quoted.includes('\\')) {
    return quoted.slice(1, -1);
  }
  if (!ESCAPES.test(quoted)) {
    throw UNUSUAL;
  }
  return JSON.parse(quoted);
}

/** The text of a scalar in single quotes, which are given, too. */
export function parseSingleQuoted(quoted: string): string {
  return quoted.slice(1, -1).replace(/''/g, "'");
}
