import type { Readable, Writable } from 'node:stream';
import { describeSystemError, UsageError } from '../../private/command-line';
import { formatCount } from '../report';
import { type Check, type Request, readRequest } from './arguments';
import { writeBaseline } from './baseline';
import { checkManifests, failsCheck, type Outcome } from './check';
import { STDIN_ARGUMENT } from './files';
import { loadFormat } from './formats/load-format';
import { readInput } from './input';
import { SettingsFinder } from './settings/find-settings';
import { SettingsError } from './settings/settings-error';
import { explainRule, readVersion, renderRuleList } from './texts';
import { USAGE } from './usage';

/** The streams and the environment of a call; `process` is one. */
export interface Terminal {
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: Writable & { readonly isTTY?: boolean };
  readonly stderr: Writable;
  readonly env: Readonly<Record<string, string | undefined>>;
}

const CLEAN = 0;
const FINDINGS = 1;
const UNUSABLE = 2;

/** The errors of a stream whose reader has seen enough, such as `head`. */
const GONE = ['EPIPE', 'ERR_STREAM_DESTROYED', 'ERR_STREAM_PREMATURE_CLOSE'];

/** Carries out a call and gives its exit code. */
export async function runCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    return await runRequest(args, terminal);
  } catch (error) {
    await writePieces(terminal.stderr, [`pod-rules: ${describeFailure(error as Error)}\n`]);
    return UNUSABLE;
  }
}

function describeFailure(error: Error): string {
  if (error instanceof UsageError) {
    return `${error.message}\nTry "pod-rules --help".`;
  }
  if (error instanceof SettingsError) {
    return error.message;
  }
  return 'syscall' in error
    ? `cannot write: ${describeSystemError(error)}`
    : `this is a fault of pod-rules itself, please report it: ${error.stack}`;
}

async function runRequest(args: readonly string[], terminal: Terminal): Promise<number> {
  const request = readRequest(args);
  if (request.action === 'check') {
    return runCheck(request, terminal);
  }
  await writePieces(terminal.stdout, [renderAnswer(request)]);
  return CLEAN;
}

function renderAnswer(request: Exclude<Request, Check>): string {
  switch (request.action) {
    case 'help':
      return USAGE;
    case 'version':
      return `${readVersion()}\n`;
    case 'list':
      return renderRuleList();
    case 'explain':
      return explainRule(request.rule);
  }
}

async function runCheck(request: Check, terminal: Terminal): Promise<number> {
  const inputs = request.inputs.length > 0 ? request.inputs : [STDIN_ARGUMENT];
  if (request.inputs.length === 0 && terminal.stdin.isTTY) {
    await writePieces(terminal.stderr, [USAGE]);
    return UNUSABLE;
  }
  const outcome = await checkInputs(inputs, request, terminal);
  await writePieces(terminal.stdout, showOutcome(outcome, request, hasColour(terminal)));
  await writePieces(terminal.stderr, listComplaints(outcome));
  return findExitCode(outcome, request);
}

async function checkInputs(inputs: readonly string[], request: Check, terminal: Terminal): Promise<Outcome> {
  const { isPartial } = request;
  const finder = new SettingsFinder(request.config);
  const leavesOut = (path: string, isFolder: boolean) => finder.find(path)?.leavesOut(path, isFolder) ?? false;
  // Node.js makes a stream of standard input when it is asked for, which takes a tenth of a call.
  const stdin = inputs.includes(STDIN_ARGUMENT) ? terminal.stdin : [];
  return checkManifests(await readInput(inputs, stdin, { leavesOut, isPartial }), { ...request, inputs }, finder);
}

function showOutcome(outcome: Outcome, request: Check, isColoured: boolean): Iterable<string> {
  const { format, isSummary, baseline, writesBaseline } = request;
  if (baseline !== undefined && writesBaseline) {
    writeBaseline(baseline, outcome.all);
    return [`${formatCount(outcome.all.length, 'finding')} written to ${baseline}\n`];
  }
  return loadFormat(format, isSummary)(outcome, isColoured);
}

function findExitCode({ unusable, all, failOn }: Outcome, { writesBaseline }: Check): number {
  if (unusable.length > 0) {
    return UNUSABLE;
  }
  return !writesBaseline && all.some((verdict) => failsCheck(verdict, failOn)) ? FINDINGS : CLEAN;
}

/** The reasons for exit code 2, also where standard output goes into a file. */
function listComplaints({ unusable }: Outcome): string[] {
  return unusable.map(({ file, message }) => `pod-rules: ${file}: ${message}\n`);
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

function hasColour({ stdout, env }: Terminal): boolean {
  return stdout.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb';
}
