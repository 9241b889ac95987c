import { Severity } from '../finding';
import { isShell } from '../model/commands';
import type { Rule } from '../rule';
import { listCommandLines, listHandlerLines, readWords } from './shared/command-lines';
import { checkGluedArgument } from './shared/glued-arguments';

export const ARGUMENT_BLANK: Rule = {
  id: 'argument-blank',
  severity: Severity.WARNING,
  catches:
    'A flag and its value, or two flags, in one argument, as in `"--config /etc/app.yaml"`, of a program that is not known here.',
  consequence: 'Most programs take it for one flag with a blank in its name, which they do not know.',
  fix: 'write two items, or `--flag=value`',
  source: 'https://kubernetes.io/docs/tasks/inject-data-application/define-command-argument-container/',
  checkPod: (pod) =>
    pod.isWindows
      ? []
      : [...listCommandLines(pod), ...listHandlerLines(pod)]
          .filter(({ started }) => !isShell(readWords(started)))
          .flatMap((line) => checkGluedArgument(line, false)),
};
