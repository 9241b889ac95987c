import { findKnownImage } from '../data/known-images';
import { Severity } from '../finding';
import { isShell, toProgramName } from '../model/commands';
import { findStartedWords } from '../model/programs';
import type { Problem, Rule } from '../rule';
import { type CommandLine, listCommandLines, listHandlerLines } from './shared/command-lines';
import { checkShellWords } from './shared/shell-words';

/** A flag with its value behind a blank: one with a long name, or any with a path. */
const GLUED = /^(?:--[A-Za-z][\w.-]*|-[A-Za-z][\w.-]{2,})[ \t]+\S|^-[A-Za-z]{1,4}[ \t]+\//;
/** A word of a program, and others behind it. */
const PROGRAM = /^[\w.+/-]+[ \t\n]+\S/;
/** Signs that only a shell understands. */
const SIGNS = new Set(['&&', '||', '|', '>', '>>', '<', '2>', '2>&1', '&>']);

/** Flags whose value may be flags again, or a text. */
const TAKES_TEXT =
  /^--?$|^-[^-=]$|^-[^=]*(arg|opt|flag|cmd|command|exec|param|run|script|query|set|extra|text|message)[^=]*$/i;

/** Programs that take lines of text, or commands in one word, or such signs. */
const TEXTUAL = new Set(
  'echo printf logger test [ expr find jq yq awk gawk xargs ssh su runuser watch parallel redis-server redis-cli timeout'.split(
    ' ',
  ),
);

export const COMMAND_WORDS: Rule = {
  id: 'command-words',
  severity: Severity.ERROR,
  catches:
    'A command whose items are not the words that were meant: two words in one item, words after the script of `sh -c`, `sh` without `-c`, or signs of a shell without a shell.',
  consequence: 'The program does not start, does not know its argument, or does less than it was told.',
  fix: 'write each word as an item of its own, or one script after `sh -c`',
  source: 'https://kubernetes.io/docs/tasks/inject-data-application/define-command-argument-container/',
  checkPod: (pod) => (pod.isWindows ? [] : [...listCommandLines(pod), ...listHandlerLines(pod)].flatMap(checkWords)),
};

function checkWords(line: CommandLine): Problem[] {
  const words = line.items.map(({ text }) => text ?? '');
  const started = line.isWhole ? findStartedWords(words) : words;
  const offset = words.length - started.length;
  const items = line.items.slice(offset);
  if (isShell(started)) {
    return checkShellWords(line.title, items);
  }
  return line.isWhole && PROGRAM.test(started[0] ?? '') && !isExpanded(started[0]!)
    ? [
        {
          at: items[0]!,
          message: `${line.title} runs a program named "${started[0]}"`,
          fix: 'write each word as an item of its own',
        },
      ]
    : checkArguments(line, items, started);
}

/** The arguments of a program that is no shell; nothing for those that know what to do with such. */
function checkArguments(line: CommandLine, items: CommandLine['items'], words: readonly string[]): Problem[] {
  if (TEXTUAL.has(toProgramName(words)) || words.some((word) => isShell([word]))) {
    return [];
  }
  const glued = words.findIndex((word, index) => isGlued(word, words[index - 1] ?? ''));
  const sign = words.findIndex((word, index) => index > 0 && SIGNS.has(word));
  const isKnown = line.isWhole || findKnownImage(line.container.image) !== undefined;
  return [
    ...(glued < 0 ? [] : [toGluedProblem(line, items[glued]!.text!, items[glued]!)]),
    ...(sign < 0 || !isKnown
      ? []
      : [
          {
            at: items[sign]!,
            message: `${line.title} passes "${words[sign]}" on as an argument, as no shell runs the command`,
            fix: 'write `sh -c` and the whole command as one script',
          },
        ]),
  ];
}

/** Whether a word is a flag and its value, and not itself the value of the flag before it. */
function isGlued(word: string, before: string): boolean {
  const isValue = TAKES_TEXT.test(before);
  return GLUED.test(word) && !isValue && !word.includes('\n') && !isExpanded(word.split(/[ \t]/)[0]!);
}

function isExpanded(word: string): boolean {
  return word.includes('$(');
}

function toGluedProblem({ title }: CommandLine, word: string, at: Problem['at']): Problem {
  const [flag = '', value = ''] = word.split(/[ \t]+(.*)/);
  const isLong = flag.length > 2;
  const message = `${title} passes "${word}" as one argument`;
  return { at, message, fix: `write two items${isLong ? `, or \`${flag}=${value}\`` : ''}` };
}
