import { findSoftwareOfProgram } from '../../data/known-software';
import type { KnownSoftware } from '../../data/software-facts';
import { isShell, toProgramName } from '../../model/commands';
import { findRunningSoftware } from '../../model/software';
import type { Problem } from '../../rule';
import { type CommandLine, readWords } from './command-lines';

/** A flag with its value behind a blank: one with a long name, or any with a path. */
const GLUED = /^(?:--[A-Za-z][\w.-]*|-[A-Za-z][\w.-]{2,})[ \t]+\S|^-[A-Za-z]{1,4}[ \t]+\//;
/** A flag with its value, and another one behind a blank. */
const TWO_FLAGS = /^--?[A-Za-z][\w.-]*=(?!\S*=-)[^\s"'-][^\s"']*[ \t]+--?[A-Za-z][\w.-]+=/;
/** A command of a program, with a flag or a file of its. */
const SUBCOMMAND = /^[a-z][a-z-]*[ \t]+[-/]\w/;
/** Flags whose value may be flags again, or a text. */
const TAKES_TEXT =
  /^--?$|^-[^-=]$|^-[^=]*(arg|opt|flag|cmd|command|exec|param|run|script|query|set|extra|text|message)[^=]*$/i;

/** Programs that take lines of text, or commands in one word. */
const TEXTUAL = new Set(
  'echo printf logger test [ expr find jq yq awk gawk xargs ssh su runuser watch parallel timeout'.split(' '),
);
/** Software that takes a flag and its value in one argument. */
const TOLERANT = new Set<string | undefined>(['Envoy', 'Redis', 'Valkey']);
/** Software that may take it, or whose image hands it on through a script. */
const UNSURE = new Set<string | undefined>([
  ...['Apache httpd', 'Cassandra', 'Datadog Agent', 'Elasticsearch', 'HAProxy', 'Jenkins', 'Keycloak', 'Kong'],
  ...['Logstash', 'PgBouncer', 'RabbitMQ', 'ZooKeeper', 'k8s-sidecar'],
]);

/** Whether a program knows what to do with lines of text, or hands its words to a shell. */
export function isTextual(words: readonly string[]): boolean {
  return TEXTUAL.has(toProgramName(words)) || words.some((word) => isShell([word]));
}

/** The first flag of a command that stands with its value in one argument, of programs that are known to refuse it, or of others. */
export function checkGluedArgument(line: CommandLine, isRefused: boolean): Problem[] {
  const words = readWords(line.started);
  const first = line.isWhole ? 1 : 0;
  const index = words.findIndex(
    (word, place) => isGlued(word, words[place - 1] ?? '') || (isRefused && place === first && SUBCOMMAND.test(word)),
  );
  if (index < 0 || isTextual(words)) {
    return [];
  }
  const [at, word, software] = [line.started[index]!, words[index]!, findSoftware(line)];
  return !TOLERANT.has(software?.software) && isRefused === isStrict(software)
    ? [{ at, message: `${line.title} passes "${word}" as one argument`, fix: toFix(word, isRefused) }]
    : [];
}

function findSoftware({ container, handler, started }: CommandLine): Partial<KnownSoftware> | undefined {
  return handler ? findSoftwareOfProgram(started[0]?.text ?? '') : findRunningSoftware(container).software;
}

function isStrict(software: Partial<KnownSoftware> | undefined): boolean {
  return software?.software !== undefined && !UNSURE.has(software.software);
}

/** Whether a word is a flag and its value, or two flags, and not itself the value of the flag before it. */
function isGlued(word: string, before: string): boolean {
  const isOne = GLUED.test(word) || (TWO_FLAGS.test(word) && !TAKES_TEXT.test(word.split('=')[0]!));
  return isOne && !TAKES_TEXT.test(before) && !word.includes('\n') && !word.split(/[ \t]/)[0]!.includes('$(');
}

/** One word in place of two is offered where it is usual, or the software is known: Java takes no `-jar=app.jar`. */
function toFix(word: string, isKnown: boolean): string {
  const [flag = '', value = ''] = word.split(/[ \t]+(.*)/);
  if (/[ \t]-/.test(value)) {
    return 'write each word as an item of its own';
  }
  const isLong = /^--/.test(flag) || (isKnown && /^-../.test(flag));
  return `write two items${isLong && !flag.includes('=') && !value.startsWith('-') ? `, or \`${flag}=${value}\`` : ''}`;
}
