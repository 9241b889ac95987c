import { posix } from 'node:path';
import { memoizeByObject } from '../../private/memo';
import { findShellScript, isShell, toProgramName } from './commands';
import type { ContainerView } from './container-view';
import { isLiteralWord, parseScript, type ScriptCommand } from './scripts';

/** The files that the command of a container writes, as far as its script says. */
export interface WrittenPaths {
  /** Paths that it writes to, makes or changes. */
  readonly paths: readonly string[];
  /** Whether these are all: it runs nothing that may write elsewhere. */
  readonly isWhole: boolean;
}

/** The words with which a command says what it writes. */
interface Writer {
  /** Flags whose value is the place: all that it writes, where one is there. */
  readonly flags?: readonly string[];
  /** The first arguments with which it writes at all. */
  readonly needs?: RegExp;
  /** The words without flags that are places. */
  readonly places?: (words: readonly string[]) => readonly string[];
}

const pickLast = (words: readonly string[]) => words.slice(1).slice(-1);
const pickAll = (words: readonly string[]) => words;
const pickRest = (words: readonly string[]) => words.slice(1);
const pickNone = () => [];

/** Commands that write files, and where. */
const WRITERS: ReadonlyMap<string, Writer> = new Map<string, Writer>([
  ...['cp', 'mv', 'install', 'rsync', 'ln'].map((name): [string, Writer] => [
    name,
    { flags: ['-t', '--target-directory'], places: pickLast },
  ]),
  ...['touch', 'mkdir', 'tee'].map((name): [string, Writer] => [name, { places: pickAll }]),
  ...['chown', 'chmod', 'chgrp'].map((name): [string, Writer] => [name, { places: pickRest }]),
  ['tar', { flags: ['-C', '--directory'], needs: /^-?\w*x|^--(extract|get)$/ }],
  ['unzip', { flags: ['-d'] }],
  ['wget', { flags: ['-O', '--output-document', '-P', '--directory-prefix'] }],
  ['curl', { flags: ['-o', '--output'] }],
]);

/** Commands that write nothing but what is sent to a file. */
const HARMLESS = new Set(
  'echo printf cat true false : set sleep test [ ls export exit trap for grep head tail env date id whoami nc cut sort'.split(
    ' ',
  ),
);

const NOTHING: WrittenPaths = { paths: [], isWhole: false };

/** The paths that the script or the one command of a container writes. */
export const findWrittenPaths = memoizeByObject(({ commandLine }: ContainerView): WrittenPaths => {
  const script = findShellScript(commandLine);
  if (script === undefined && isShell(commandLine)) {
    return NOTHING;
  }
  const commands = script === undefined ? [{ words: commandLine, outputs: [] }] : parseScript(script);
  return commands ? collectPaths(commands) : NOTHING;
});

function collectPaths(commands: readonly ScriptCommand[]): WrittenPaths {
  const paths: string[] = [];
  let isWhole = true;
  let directory: string | undefined;
  for (const { words, outputs } of commands) {
    const name = toProgramName(words);
    if (name === 'cd') {
      directory = words[1] !== undefined && isLiteralWord(words[1]) ? posix.resolve(directory ?? '/', words[1]) : '$';
      continue;
    }
    const writer = findWriter(name, words);
    isWhole &&= writer !== undefined || HARMLESS.has(name) || words.length === 0;
    for (const word of [...(writer ? listPlaces(words, writer) : []), ...outputs]) {
      const path = toAbsolutePath(word, directory);
      isWhole &&= path !== undefined;
      paths.push(...(path === undefined || /^\/(dev|proc|sys)\//.test(path) ? [] : [path]));
    }
  }
  return { paths, isWhole };
}

function findWriter(name: string, words: readonly string[]): Writer | undefined {
  const writer = WRITERS.get(name);
  return writer?.needs && !writer.needs.test(words[1] ?? '') ? undefined : writer;
}

function toAbsolutePath(word: string, directory: string | undefined): string | undefined {
  const literal = word.replace(/\/\*?$/, '/');
  const isKnown = isLiteralWord(literal) && (literal.startsWith('/') || directory?.startsWith('/'));
  return isKnown ? posix.resolve(directory ?? '/', literal) : undefined;
}

/** The words of a command that are places; where no flag says one and the command needs it, an empty word, which is none. */
function listPlaces(words: readonly string[], { flags = [], places = pickNone }: Writer): readonly string[] {
  const stated = flags.flatMap((flag) => {
    const index = words.findIndex((word) => word === flag || word.startsWith(`${flag}=`));
    return index < 0
      ? []
      : [words[index]!.includes('=') ? words[index]!.slice(flag.length + 1) : (words[index + 1] ?? '')];
  });
  const found = stated.length > 0 ? stated : places(words.slice(1).filter((word) => !word.startsWith('-')));
  return found.length > 0 ? found : [''];
}
