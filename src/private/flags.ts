const FLAG = /^--?([A-Za-z][\w.-]*)(?:=([\s\S]*))?$/;
/** A short flag with a number or address in the same word: `-p11212`, `-l127.0.0.1`. */
const GLUED_FLAG = /^-([A-Za-z])(\d[\d.:]*)$/;
/** A setting that a short flag brings in: `-c listen_addresses=localhost`, `-E http.enabled=true`. */
const ASSIGNMENT = /^([A-Za-z][\w.-]*)=(\S*)$/;

/** A word of a command line. */
export interface Word {
  readonly text?: string;
}

/** A flag with its value, or a word that stands alone. */
export interface Flag<W extends Word = Word> {
  /** The name in lower case, without the dashes; empty for a word that stands alone. */
  readonly name: string;
  readonly value: string;
  /** The word that holds the value. */
  readonly word: W;
}

/**
 * The flags among words, and the words that stand alone: a flag without `=` takes the next word, unless that is a flag.
 *
 * @param expand what becomes of a value before it is read
 */
export function readFlags<W extends Word>(words: readonly W[], expand = (text: string) => text): Flag<W>[] {
  return words.flatMap((word, index): Flag<W>[] => {
    const { text = '' } = word;
    const [, name, value] = GLUED_FLAG.exec(text) ?? FLAG.exec(text) ?? [];
    if (name === undefined) {
      return isOpenFlag(words[index - 1]) ? [] : [{ name: '', value: text, word }];
    }
    const next = words[index + 1];
    const isNext = value === undefined && next?.text !== undefined && !next.text.startsWith('-');
    const stated = value ?? (isNext ? next.text : undefined);
    return stated === undefined ? [] : [toFlag(name, expand(stated), isNext ? next : word)];
  });
}

function toFlag<W extends Word>(flag: string, text: string, word: W): Flag<W> {
  const [, name = flag, value = text] = (flag.length === 1 && ASSIGNMENT.exec(text)) || [];
  return { name: name.toLowerCase(), value, word };
}

/** Whether a word is a flag whose value may be the next word. */
function isOpenFlag(word: Word | undefined): boolean {
  return /^--?[A-Za-z][\w.-]*$/.test(word?.text ?? '') && !GLUED_FLAG.test(word?.text ?? '');
}

/** The names of the settings in words of a command line, those that a short flag brings in without the flag. */
export function listSettingNames(words: readonly string[]): string[] {
  return words.flatMap((word, index) =>
    /^-[A-Za-z]$/.test(word) && ASSIGNMENT.test(words[index + 1] ?? '') ? [] : [word.split('=')[0]!],
  );
}
