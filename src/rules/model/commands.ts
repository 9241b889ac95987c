import { posix } from 'node:path';

const SHELLS = new Set(['sh', 'bash', 'ash', 'dash']);
/** A flag of a shell, or several in one, that a script comes after. */
export const SCRIPT_FLAG = /^-[A-Za-z]*c[A-Za-z]*$/;
/** The separators between two commands; `2>&1` is part of one. */
const SEPARATOR = /\n|;|&&|\|\||(?<![>&])&(?![&>\d])/;
const ENDLESS_LOOP = /\bwhile\s+(true|:|\[ *1 *\]|sleep\s[^;\n]*)\s*(;|\n)\s*do\b/;
/** Commands that may end an endless loop, or a shell, after all. */
const WAY_OUT = /\b(break|exit|return|trap|kill|timeout)\b/;

/** The name of the program that a command starts. */
export function toProgramName(command: readonly string[]): string {
  return posix.basename(command[0] ?? '');
}

/** Whether a command is a shell. */
export function isShell(command: readonly string[]): boolean {
  return SHELLS.has(toProgramName(command));
}

/** The script that a command gives to a shell, as in `sh -c <script>`. */
export function findShellScript(command: readonly string[]): string | undefined {
  const flag = isShell(command) ? command.findIndex((word, index) => index > 0 && SCRIPT_FLAG.test(word)) : -1;
  return flag < 0 ? undefined : command[flag + 1];
}

/** The last command of a script, without the `exec` before it; in a pipe, the first that runs. */
export function findLastCommand(script: string): string {
  const lines = script.split('\n').filter((line) => !/^\s*(#|$)/.test(line));
  const commands = lines
    .join('\n')
    .split(SEPARATOR)
    .map((command) => command.trim())
    .filter((command) => command !== '');
  const last = commands[commands.length - 1] ?? '';
  return last
    .split('|')[0]!
    .replace(/^exec\s+/, '')
    .trim();
}

/** Seconds that a command waits and does nothing else; nothing where it does, or where that is not known. */
export function parseWaitSeconds(command: readonly string[]): number | undefined {
  const words = (findShellScript(command) ?? command.join(' ')).trim().replace(/;$/, '').split(/\s+/);
  const [, number, unit = 's'] = /^(\d+(?:\.\d+)?)([smh])?$/.exec(words[1] ?? '') ?? [];
  const isWait = words.length === 2 && posix.basename(words[0]!) === 'sleep' && number !== undefined;
  return isWait ? Number(number) * ({ s: 1, m: 60, h: 3600 }[unit] ?? 1) : undefined;
}

/** Whether a command follows a file, waits for ever or goes round and round, so that it never ends by itself. */
export function runsForever(command: readonly string[]): boolean {
  const script = findShellScript(command);
  return script === undefined ? isEndless(command.join(' ')) : endsEndlessly(script);
}

/** Whether a shell runs a script that may end it early, or end what it has started. */
export function hasWayOut(command: readonly string[]): boolean {
  return WAY_OUT.test(findShellScript(command) ?? '');
}

function endsEndlessly(script: string): boolean {
  return !WAY_OUT.test(script) && (isEndless(findLastCommand(script)) || hasEndlessLoop(script));
}

/** Whether an endless loop is the last part of a script. */
function hasEndlessLoop(script: string): boolean {
  return /\bdone\s*;?\s*$/.test(script) && ENDLESS_LOOP.test(script);
}

/** Whether one command never ends: `tail` that follows a file, or `sleep infinity`. */
function isEndless(command: string): boolean {
  return (
    /^(\S*\/)?tail\s(.*\s)?(-[a-z0-9]*[fF]|--follow\b)/.test(command) ||
    /^(\S*\/)?sleep\s+(inf|infinity)$/.test(command)
  );
}
