import { findShellScript, isShell } from '../model/commands';
import type { ContainerView } from '../model/container-view';
import { NOTHING_READ, type Reading, toLiteralValue } from './config';
import { toFileName } from './config-path';

/** Options of `tail` that take the next word. */
const WITH_VALUE = ['-n', '-c', '-s', '--lines', '--bytes', '--pid', '--sleep-interval'];
/** Commands of a shell beside `tail` that do not write the file. */
const HARMLESS = /^(trap|wait|sleep|set|echo|mkdir|touch|until|while|do|done|if|then|fi|\[|test|:|true|exit|kill|\}|)$/;

/** The files that a container streams with `tail -f`, where it does nothing else. */
export function readTailCommand({ commandLine }: ContainerView): Reading | undefined {
  const commands = isShell(commandLine) ? parseHarmlessScript(commandLine) : [commandLine];
  const followed = commands?.flatMap(listFollowedFiles) ?? [];
  return followed.length > 0
    ? { ...NOTHING_READ, tails: followed.map((pattern) => ({ pattern, exclude: [] })) }
    : undefined;
}

/** The commands of a script with their words; nothing where one of them may write files. */
function parseHarmlessScript(commandLine: readonly string[]): string[][] | undefined {
  const script = findShellScript(commandLine) ?? '';
  const commands = script
    .split(/;|&&|\|\||&(?!\d)|\n/)
    .map((part) => part.split('|')[0]!.trim().split(/\s+/))
    .map((words) => (/^(exec|do|then)$/.test(words[0]!) ? words.slice(1) : words));
  const isHarmless = commands.every(
    ([name = '']) => toFileName(name) === 'tail' || HARMLESS.test(name) || name.startsWith('#'),
  );
  return isHarmless ? commands : undefined;
}

function listFollowedFiles(words: readonly string[]): string[] {
  if (toFileName(words[0] ?? '') !== 'tail' || !words.some((word) => /^-\w*[fF]|^--follow|^--retry/.test(word))) {
    return [];
  }
  return words
    .slice(1)
    .filter((_, index) => !WITH_VALUE.includes(words[index]!))
    .map((word) => word.replace(/^(["'])(.*)\1$/, '$2'))
    .filter(
      (word) => toLiteralValue(word)?.startsWith('/') && !/^\/(dev|proc|sys)\//.test(word) && !/["'`()]/.test(word),
    );
}
