import { Severity } from '../finding';
import { isShell } from '../model/commands';
import type { Problem, Rule } from '../rule';
import { type CommandLine, listCommandLines, listHandlerLines, readWords } from './shared/command-lines';
import { checkGluedArgument } from './shared/glued-arguments';
import { checkSigns } from './shared/shell-signs';
import { checkShellWords } from './shared/shell-words';

/** A word of a program, and others behind it. */
const PROGRAM = /^[\w.+/-]+[ \t\n]+\S/;

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
  const { title, started, isWhole } = line;
  const words = readWords(started);
  if (isShell(words)) {
    return checkShellWords(title, started);
  }
  const [program = ''] = words;
  return isWhole && PROGRAM.test(program) && !program.includes('$(')
    ? [
        {
          at: started[0]!,
          message: `${title} runs a program named "${program}"`,
          fix: 'write each word as an item of its own',
        },
      ]
    : [...checkGluedArgument(line, true), ...checkSigns(line)];
}
