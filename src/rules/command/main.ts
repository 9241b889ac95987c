#!/usr/bin/env node
import type { Readable, Writable } from 'node:stream';
import { type Check, type FormatName, readRequest, USAGE, UsageError } from './arguments';
import { checkManifests } from './check';
import { STDIN_ARGUMENT } from './files';
import { formatGithub } from './github-format';
import { readInput } from './input';
import { formatJson } from './json-format';
import type { Format, Outcome } from './outcome';
import { writePieces } from './output';
import { describeSystemError } from './reasons';
import { explainRule, findRule, renderRuleList } from './rule-texts';
import { formatSarif } from './sarif-format';
import { formatText } from './text-format';
import { readVersion } from './version';

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
  const texts = {
    help: () => USAGE,
    version: () => `${readVersion()}\n`,
    list: renderRuleList,
    explain: () => explainRule(findRule((request as { rule: string }).rule).rule!),
  };
  await writePieces(terminal.stdout, [texts[request.action]()]);
  return CLEAN;
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

/** Why the exit code is 2, also where standard output goes into a file. */
function listComplaints({ unusable }: Outcome): string[] {
  return unusable.map(({ file, message }) => `pod-rules: ${file}: ${message}\n`);
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
