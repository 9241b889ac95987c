import { memoizeByText } from '../../private/memo';

/** One command of a shell script. */
export interface ScriptCommand {
  /** Its words without their quotes. */
  readonly words: readonly string[];
  /** The files that its output is sent to. */
  readonly outputs: readonly string[];
}

/** A comment, a quoted or plain word with what it holds, a sign between commands, or a redirection. */
const TOKEN =
  /(?<=^|\s)#[^\n]*|\d?>&\d?-?|\d?<<?<?-?|&?\d?>>?\|?|\|\||&&|[;&|\n(){}](?=\s|$|[;&|)])|[;&|\n()]|(?:\$\((?:[^()]|\([^()]*\))*\)|`[^`]*`|\$\{[^}]*\}|"(?:\\[\s\S]|[^"\\])*"|'[^']*'|\\[\s\S]|[^\s;&|()<>"'`\\])+/g;
const KEYWORD = /^(if|then|else|elif|fi|do|done|while|until|!|\{|\}|time|exec|command)$/;
const REDIRECTION = /^&?\d?>>?\|?$/;

/** A text that a script brings for the input of a command, from the line after that to the word that ends it. */
const HERE_DOCUMENT = /<<-?[ \t]*(["']?)(\w+)\1([^\n]*)\n(?:[^\n]*\n)*?\t*\2(?=\n|$)/g;

/** The commands of a script in their order, whatever it makes of them; nothing where it has more in it than is read here. */
export const parseScript = memoizeByText((script: string): readonly ScriptCommand[] | undefined => {
  const text = script.includes('<<') ? script.replace(HERE_DOCUMENT, '$3') : script;
  return text.includes('<<') ? undefined : readCommands(text.match(TOKEN) ?? []);
});

function readCommands(tokens: readonly string[]): ScriptCommand[] {
  const commands: { words: string[]; outputs: string[] }[] = [];
  let current: (typeof commands)[number] | undefined;
  for (const [index, token] of tokens.entries()) {
    const before = tokens[index - 1] ?? '';
    if (/^[;&|\n(){}]+$/.test(token)) {
      current = undefined;
    } else if (!/^#|^&?\d?[<>]/.test(token) && !(current === undefined && KEYWORD.test(token))) {
      if (!current) {
        current = { words: [], outputs: [] };
        commands.push(current);
      }
      if (REDIRECTION.test(before)) {
        current.outputs.push(omitQuotes(token));
      } else if (!/^\d?<$/.test(before)) {
        current.words.push(omitQuotes(token));
      }
    }
  }
  return commands;
}

/** The text that a shell makes of a word. */
export function omitQuotes(word: string): string {
  return word.replace(
    /"((?:\\[\s\S]|[^"\\])*)"|'([^']*)'|\\([\s\S])/g,
    (_, double, single, escaped) => double ?? single ?? escaped,
  );
}

/** Whether a word is what it says: nothing in it is replaced by a shell. */
export function isLiteralWord(word: string): boolean {
  return !/[$`*?[]|^~/.test(word);
}
