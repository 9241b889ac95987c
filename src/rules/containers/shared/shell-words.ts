import { SCRIPT_FLAG, toProgramName } from '../../model/commands';
import type { Field } from '../../model/field';
import { findProgram } from '../../model/programs';
import type { Problem } from '../../rule';
import { readWords } from './command-lines';

/** The use that a script makes of words after it. */
const PARAMETER = /\$[@*#\d]|\$\{[@*#\d!]|\bshift\b|\bgetopts\b|\bset\s+--/;
/** A word that only gives the script a name. */
const NAME = /^(--?|_|(\S*\/)?\w*sh)$/;

/** Checks that a shell gets one script, and that it gets it as a script. */
export function checkShellWords(title: string, items: readonly Field[]): Problem[] {
  const words = readWords(items);
  const flag = words.findIndex((word, index) => index > 0 && SCRIPT_FLAG.test(word));
  return flag < 0
    ? checkFile(title, items, words)
    : checkParameters(title, items.slice(flag + 1), words.slice(flag + 1));
}

/** A shell without `-c` opens a file of this name. */
function checkFile(title: string, items: readonly Field[], words: readonly string[]): Problem[] {
  const place = words.findIndex((word, index) => index > 0 && !/^[-+]/.test(word));
  const isOption = words.slice(1, place).some((word) => /^[-+].*[so]|^--/.test(word));
  const file = place < 0 || isOption ? '' : words[place]!;
  const isScript = /\s/.test(file.trim()) && (!/^[/$]/.test(file) || /\s-/.test(file));
  return isScript
    ? [
        {
          at: items[place]!,
          message: `${title} has its shell open a file named "${file.trim()}"`,
          fix: 'write `-c` before the script',
        },
      ]
    : [];
}

function checkParameters(title: string, items: readonly Field[], [script = '', ...rest]: readonly string[]): Problem[] {
  const isUsed = script === '' || /^[-+]/.test(script) || PARAMETER.test(script) || isExpanded(script);
  const isName = rest.length === 1 && (NAME.test(rest[0]!) || isProgramName(rest[0]!, script));
  if (rest.length === 0 || isUsed || isName) {
    return [];
  }
  const what = rest.length === 1 ? `"${rest[0]}"` : `"${rest[0]}" and ${rest.length - 1} more words`;
  const message = `${title} gives its shell ${what} after the script "${formatBeginning(script)}", which does not use them`;
  return [{ at: items[1]!, message, fix: 'write the whole script as one item after `-c`' }];
}

/** Whether a word gives a script the name of the program that it starts, or one that ends so. */
function isProgramName(word: string, script: string): boolean {
  const program = toProgramName(findProgram(['sh', '-c', script]));
  return program !== '' && word.endsWith(program);
}

/** Whether Kubernetes makes the whole script of a variable. */
function isExpanded(script: string): boolean {
  return /^\s*\$\(\w+\)/.test(script);
}

/** The beginning of a script. */
function formatBeginning(script: string): string {
  const [line = ''] = script.trim().split('\n');
  return line.length < script.trim().length || line.length > 60 ? `${line.slice(0, 60)}...` : line;
}
