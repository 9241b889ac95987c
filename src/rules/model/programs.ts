import { findLastCommand, findShellScript, toProgramName } from './commands';
import { parseScript } from './scripts';

/** Programs that start another one in their place, by the options of theirs that take the next word. */
const STARTERS: ReadonlyMap<string, readonly string[]> = new Map([
  ['exec', ['-a']],
  ['tini', ['-e', '-p']],
  ['tini-static', ['-e', '-p']],
  ['dumb-init', ['-r', '--rewrite']],
  ['catatonit', []],
  ['env', ['-u', '-C']],
  ['npx', ['-p', '--package']],
  ['nohup', []],
  ['nice', ['-n']],
  ['ionice', ['-c', '-n']],
  ['docker-entrypoint.sh', []],
  ['entrypoint.sh', []],
]);

/** Programs that start another one as the user that their first word names. */
const USER_CHANGERS = new Set(['gosu', 'su-exec']);

/** More programs before the one that is meant are not followed. */
const MAX_STARTERS = 5;

/** The program that runs in the end, with its words: behind `exec`, an init process, or a shell of which it is the last command. */
export function findProgram(words: readonly string[]): readonly string[] {
  let rest = words;
  for (let step = 0; step < MAX_STARTERS; step++) {
    const next = findScripted(rest) ?? findStarted(rest);
    if (!next) {
      return rest;
    }
    rest = next;
  }
  return rest;
}

/** The words from the program on that an init process or the like starts in its place, which may be a shell. */
export function findStartedWords(words: readonly string[]): readonly string[] {
  const next = findStarted(words);
  return next && next.length > 0 ? findStartedWords(next) : words;
}

/** The last command of a script that a shell is given. */
function findScripted(words: readonly string[]): readonly string[] | undefined {
  const script = findShellScript(words);
  const last = script === undefined ? undefined : findLastCommand(script);
  return last === undefined ? undefined : (parseScript(last)?.[0]?.words ?? [last]);
}

/** The command that a program starts in its place; nothing where it is no such program. */
function findStarted(words: readonly string[]): readonly string[] | undefined {
  const name = toProgramName(words);
  if (USER_CHANGERS.has(name) || (name === 'bundle' && words[1] === 'exec')) {
    return words.slice(2);
  }
  const withValue = STARTERS.get(name);
  return withValue && omitOptions(words.slice(1), withValue);
}

function omitOptions(words: readonly string[], withValue: readonly string[]): readonly string[] {
  let place = 0;
  while (place < words.length && /^-|^\w+=/.test(words[place]!) && words[place] !== '--') {
    place += withValue.includes(words[place]!) ? 2 : 1;
  }
  return words.slice(words[place] === '--' ? place + 1 : place);
}
