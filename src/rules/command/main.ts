#!/usr/bin/env node
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Check, type FormatName, type Request, readRequest, USAGE, UsageError } from './arguments';
import { checkManifests, type Outcome } from './check';
import { describeSystemError, STDIN_ARGUMENT } from './files';
import { type Format, formatGithub, formatJson, formatText } from './formats';
import { readInput } from './input';
import { formatSarif } from './sarif';
import { explainRule, readVersion, renderRuleList } from './texts';

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

const FORMATS: Readonly<Record<FormatName, Format>> = {
  text: formatText,
  json: formatJson,
  sarif: formatSarif,
  github: formatGithub,
};

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
  const outcome = checkManifests(await readInput(inputs, terminal.stdin), request);
  await writePieces(terminal.stdout, FORMATS[request.format](outcome, hasColour(terminal)));
  await writePieces(terminal.stderr, listComplaints(outcome));
  return outcome.unusable.length > 0 ? UNUSABLE : outcome.findings.length > 0 ? FINDINGS : CLEAN;
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
    await pipeline(Readable.from(pieces), stream, { end: false });
    await ensureFlushed(stream);
  } catch (error) {
    if (!GONE.includes((error as NodeJS.ErrnoException).code ?? '')) {
      throw error;
    }
  }
}

function ensureFlushed(stream: Writable): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write('', (error) => (error ? reject(error) : resolve()));
  });
}

function hasColour({ stdout, env }: Terminal): boolean {
  return stdout.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb';
}

if (require.main === module) {
  // The YAML library looks into the environment at every word, and a plain object answers much faster than the system.
  process.env = { ...process.env };
  runCommand(process.argv.slice(2), process).then((code) => {
    process.exitCode = code;
  });
}
