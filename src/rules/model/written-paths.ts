import { posix } from 'node:path';
import { memoizeByObject } from '../../private/memo';
import { expandVariables } from '../../private/shell-waits';
import { findKnownImage } from '../data/known-images';
import { findShellScript, isShell } from './commands';
import type { ContainerView } from './container-view';
import { isLiteralWord, parseScript, type ScriptCommand } from './scripts';
import { listWrittenPlaces } from './writers';

/** The files that the command of a container writes, as far as its script says. */
export interface WrittenPaths {
  /** Paths that it writes to, makes or changes. */
  readonly paths: readonly string[];
  /** Whether these are all: it runs nothing that may write elsewhere. */
  readonly isWhole: boolean;
}

const NOTHING: WrittenPaths = { paths: [], isWhole: false };

/** The paths that the script or the one command of a container writes. */
export const findWrittenPaths = memoizeByObject((container: ContainerView): WrittenPaths => {
  const commands = listCommands(container);
  return commands ? collectPaths(commands, container.field.at('workingDir').text) : NOTHING;
});

function listCommands(container: ContainerView): readonly ScriptCommand[] | undefined {
  const { commandLine, field, image } = container;
  const isNamed = field.at('command').items.length > 0 || isShell(commandLine);
  const entrypoint = isNamed ? undefined : findKnownImage(image)?.entrypoint;
  const words = entrypoint === undefined ? commandLine : [entrypoint, ...commandLine];
  const script = findShellScript(words);
  if (script !== undefined) {
    return parseScript(expandPaths(script, container));
  }
  return isShell(words) ? undefined : [{ words: words.map((word) => expandPaths(word, container)), outputs: [] }];
}

/** The text with the paths that variables of the container hold, but for those to which a script gives values of its own. */
function expandPaths(text: string, { field }: ContainerView): string {
  const isKnown = (name: string) => /^\w+$/.test(name) && !new RegExp(`(?<!\\$[({]?)\\b${name}\\b`).test(text);
  const paths = text.includes('$')
    ? field
        .at('env')
        .items.filter((item) => /^\/[\w./-]*$/.test(item.at('value').text ?? '') && isKnown(item.at('name').text ?? ''))
    : [];
  return paths.length > 0
    ? expandVariables(
        text,
        paths.map(({ value }) => value),
      )
    : text;
}

function collectPaths(commands: readonly ScriptCommand[], workingDirectory: string | undefined): WrittenPaths {
  const paths: string[] = [];
  let isWhole = true;
  let directory = workingDirectory;
  for (const command of commands) {
    const words = omitAssignments(command.words);
    if (words[0] === 'cd') {
      directory = toAbsolutePath(words[1] ?? '~', directory);
      continue;
    }
    const places = listWrittenPlaces(words);
    const written = [...(places ?? []), ...command.outputs].map((place) => toAbsolutePath(place, directory));
    isWhole &&= places !== undefined && !written.includes(undefined);
    paths.push(...written.flatMap((path) => (path === undefined || /^\/(dev|proc|sys)\//.test(path) ? [] : [path])));
  }
  return { paths, isWhole };
}

/** The words of a command behind the variables that are set for it. */
function omitAssignments(words: readonly string[]): readonly string[] {
  const start = words.findIndex((word) => !/^\w+=/.test(word));
  return start < 0 ? [] : words.slice(start);
}

/** The path of a word; nothing where that is only known when it runs, or on another host. */
function toAbsolutePath(word: string, directory: string | undefined): string | undefined {
  const literal = word.replace(/\/\*?$/, '/');
  const isHere = isLiteralWord(literal) && !literal.includes(':') && literal !== '-';
  const isKnown = isHere && (literal.startsWith('/') || directory?.startsWith('/'));
  return isKnown ? posix.resolve(directory ?? '/', literal) : undefined;
}
