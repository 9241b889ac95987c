import { findKnownImage } from '../../data/known-images';
import { toProgramName } from '../../model/commands';
import type { Problem } from '../../rule';
import { type CommandLine, readWords } from './command-lines';
import { isTextual } from './glued-arguments';

/** Signs of a shell that stand before another word: a command, or a file. */
const JOINT = /^(?:&&?|\|\|?|;|<|[12&]?>>?)$/;
/** The beginning of a command or a file. */
const BEGINNING = /^[\w./~$]/;
/** Signs of a shell that stand alone: an output that goes elsewhere, with where it goes. */
const REDIRECTION = /^(?:[12]?>&[12-]|[12&]?>>?\/[\w./-]+)$/;
/** Flags whose value is a sign that stands between others, as in `cut -d "|"`. */
const SEPARATOR_FLAG = /^(?:-[dtF]|--?\w*(?:delim|sep)[\w-]*)$/i;
const FLAG = /^--?[A-Za-z][\w-]*$/;

/** Programs that print whatever they are given. */
const PRINTERS = new Set(['echo', 'printf']);

/** Checks that no sign of a shell reaches a program; nothing where that of the image is not known. */
export function checkSigns(line: CommandLine): Problem[] {
  const { title, started, isWhole, container } = line;
  const words = readWords(started);
  const place = words.findIndex((_, index) => index > 0 && isSign(words, index));
  const isKnown = isWhole || findKnownImage(container.image) !== undefined;
  return place >= 0 && isKnown && (!isTextual(words.slice(0, place)) || isMeantForShell(words, place))
    ? [
        {
          at: started[place]!,
          message: `${title} passes "${words[place]}" on as an argument, as no shell runs the command`,
          fix: 'write `sh -c` and the whole command as one script',
        },
      ]
    : [];
}

/** Whether a word can only be meant for a shell. */
function isSign(words: readonly string[], place: number): boolean {
  const [before = '', word = '', after] = words.slice(place - 1, place + 2);
  return (
    REDIRECTION.test(word) ||
    (JOINT.test(word) && BEGINNING.test(after ?? '') && !SEPARATOR_FLAG.test(before)) ||
    (word === '&' && after === undefined && !FLAG.test(before))
  );
}

/** Whether a sign is no text that a program is to print: it leads to a file or to a command. */
function isMeantForShell(words: readonly string[], place: number): boolean {
  const [sign = '', after = ''] = words.slice(place);
  return (
    PRINTERS.has(toProgramName(words)) && (sign === '&&' || REDIRECTION.test(sign) || /^\/\w[\w./-]*$/.test(after))
  );
}
