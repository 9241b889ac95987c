import type { Readable, Writable } from 'node:stream';
import { describeSystemError, UsageError } from '../../private/command-line';
import { STDIN_ARGUMENT, type Unusable } from './files';
import { type Input, type InputOptions, readInput } from './input';
import { SettingsError } from './settings/settings-error';

/** The streams and the environment of a call; `process` is one. */
export interface Terminal {
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: Writable & { readonly isTTY?: boolean };
  readonly stderr: Writable;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The exit code of a call that means nothing, or of which an input cannot be used. */
export const UNUSABLE = 2;

/** The errors of a stream whose reader has seen enough, such as `head`. */
const GONE = ['EPIPE', 'ERR_STREAM_DESTROYED', 'ERR_STREAM_PREMATURE_CLOSE'];

/** Carries out a call by the name of its command, and tells an error in words; gives its exit code. */
export async function runCall(name: string, terminal: Terminal, run: () => Promise<number>): Promise<number> {
  try {
    return await run();
  } catch (error) {
    await writePieces(terminal.stderr, [`${name}: ${describeFailure(name, error as Error)}\n`]);
    return UNUSABLE;
  }
}

function describeFailure(name: string, error: Error): string {
  if (error instanceof UsageError) {
    return `${error.message}\nTry "${name} --help".`;
  }
  if (error instanceof SettingsError) {
    return error.message;
  }
  return 'syscall' in error
    ? `cannot write: ${describeSystemError(error)}`
    : `this is a fault of ${name} itself, please report it: ${error.stack}`;
}

/** Reads inputs, of which standard input may be one: Node.js makes a stream of it when it is asked for, which takes a tenth of a call. */
export function readTerminalInput(
  inputs: readonly string[],
  terminal: Terminal,
  options: InputOptions,
): Promise<Input> {
  return readInput(inputs, inputs.includes(STDIN_ARGUMENT) ? terminal.stdin : [], options);
}

/** The reasons for exit code 2 on standard error, also where standard output goes into a file. */
export function writeComplaints(name: string, { stderr }: Terminal, unusable: readonly Unusable[]): Promise<void> {
  return writePieces(
    stderr,
    unusable.map(({ file, message }) => `${name}: ${file}: ${message}\n`),
  );
}

/** Writes all pieces, as fast as they are taken, until all are. A reader that is gone is no error. */
export async function writePieces(stream: Writable, pieces: Iterable<string>): Promise<void> {
  // A stream also shouts its errors, and they would end the process; here they come back from what failed.
  stream.on('error', () => undefined);
  try {
    for (const piece of pieces) {
      await writePiece(stream, piece);
    }
  } catch (error) {
    if (!GONE.includes((error as NodeJS.ErrnoException).code ?? '')) {
      throw error;
    }
  }
}

function writePiece(stream: Writable, piece: string): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(piece, (error) => (error ? reject(error) : resolve()));
  });
}

/** Whether standard output is a terminal that shows colours, and nobody asked for none. */
export function hasColour({ stdout, env }: Terminal): boolean {
  return stdout.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb';
}
