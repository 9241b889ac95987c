import { findSoftwareOfProgram } from '../../data/known-software';
import type { KnownSoftware } from '../../data/software-facts';
import { isShell, toProgramName } from '../../model/commands';
import { findRunningSoftware } from '../../model/software';
import type { Problem } from '../../rule';
import { type CommandLine, readWords } from './command-lines';

/** A flag with its value behind a blank: one with a long name, or any with a path. */
const GLUED = /^(?:--[A-Za-z][\w.-]*|-[A-Za-z][\w.-]{2,})[ \t]+\S|^-[A-Za-z]{1,4}[ \t]+\//;
/** Flags whose value may be flags again, or a text. */
const TAKES_TEXT =
  /^--?$|^-[^-=]$|^-[^=]*(arg|opt|flag|cmd|command|exec|param|run|script|query|set|extra|text|message)[^=]*$/i;

/** Programs that take lines of text, or commands in one word. */
const TEXTUAL = new Set(
  'echo printf logger test [ expr find jq yq awk gawk xargs ssh su runuser watch parallel timeout'.split(' '),
);
/** Software that takes a flag and its value in one argument. */
const TOLERANT = new Set<string | undefined>(['Envoy', 'Redis', 'Valkey']);
/** Software that is known to refuse such an argument. */
const STRICT_ROLES = new Set<string | undefined>(['log agent', 'agent', 'exporter', 'helper', 'proxy']);
const UNSURE = new Set<string | undefined>([
  'HAProxy',
  'PgBouncer',
  'Kong',
  'Datadog Agent',
  'Logstash',
  'k8s-sidecar',
]);

/** Whether a program knows what to do with lines of text. */
export function isTextual(line: CommandLine): boolean {
  const words = readWords(line.started);
  return TEXTUAL.has(toProgramName(words)) || words.some((word) => isShell([word]));
}

/** The first flag of a command that stands with its value in one argument, of programs that are known to refuse it, or of others. */
export function checkGluedArgument(line: CommandLine, isRefused: boolean): Problem[] {
  const words = readWords(line.started);
  const index = words.findIndex((word, place) => isGlued(word, words[place - 1] ?? ''));
  if (index < 0 || isTextual(line)) {
    return [];
  }
  const software = findSoftware(line);
  return !TOLERANT.has(software?.software) && isRefused === isStrict(software)
    ? [toGluedProblem(line, words[index]!, line.started[index]!)]
    : [];
}

function findSoftware({ container, handler, started }: CommandLine): Partial<KnownSoftware> | undefined {
  return handler ? findSoftwareOfProgram(started[0]?.text ?? '') : findRunningSoftware(container).software;
}

function isStrict(software: Partial<KnownSoftware> | undefined): boolean {
  return STRICT_ROLES.has(software?.role) && !UNSURE.has(software?.software);
}

/** Whether a word is a flag and its value, and not itself the value of the flag before it. */
function isGlued(word: string, before: string): boolean {
  return (
    GLUED.test(word) && !TAKES_TEXT.test(before) && !word.includes('\n') && !word.split(/[ \t]/)[0]!.includes('$(')
  );
}

function toGluedProblem({ title }: CommandLine, word: string, at: Problem['at']): Problem {
  const [flag = '', value = ''] = word.split(/[ \t]+(.*)/);
  const isLong = flag.length > 2;
  const message = `${title} passes "${word}" as one argument`;
  return { at, message, fix: `write two items${isLong ? `, or \`${flag}=${value}\`` : ''}` };
}
