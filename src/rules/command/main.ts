#!/usr/bin/env node
import type { Readable, Writable } from 'node:stream';
import { type Check, type FormatName, requestOf, USAGE, UsageError } from './arguments';
import { check } from './check';
import { STDIN_ARGUMENT } from './files';
import { githubFormat } from './github-format';
import { readInput } from './input';
import { jsonFormat } from './json-format';
import type { Format, Outcome } from './outcome';
import { write } from './output';
import { reasonOf } from './reasons';
import { explanation, listText, ruleOf } from './rule-texts';
import { sarifFormat } from './sarif-format';
import { textFormat } from './text-format';
import { packageVersion } from './version';

/** What a call of the command is connected with; `process` is one. */
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
  text: textFormat,
  json: jsonFormat,
  sarif: sarifFormat,
  github: githubFormat,
};

/** Carries out a call and gives its exit code. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    return await answer(args, terminal);
  } catch (error) {
    await write(terminal.stderr, [`pod-rules: ${failureText(error as Error)}\n`]);
    return UNUSABLE;
  }
}

function failureText(error: Error): string {
  if (error instanceof UsageError) {
    return `${error.message}\nTry "pod-rules --help".`;
  }
  return 'syscall' in error
    ? `cannot write: ${reasonOf(error)}`
    : `this is a fault of pod-rules itself, please report it: ${error.stack}`;
}

async function answer(args: readonly string[], terminal: Terminal): Promise<number> {
  const request = requestOf(args);
  if (request.action === 'check') {
    return checkInputs(request, terminal);
  }
  const texts = {
    help: () => USAGE,
    version: () => `${packageVersion()}\n`,
    list: listText,
    explain: () => explanation(ruleOf((request as { rule: string }).rule).rule!),
  };
  await write(terminal.stdout, [texts[request.action]()]);
  return CLEAN;
}

async function checkInputs(request: Check, terminal: Terminal): Promise<number> {
  const inputs = request.inputs.length > 0 ? request.inputs : [STDIN_ARGUMENT];
  if (request.inputs.length === 0 && terminal.stdin.isTTY) {
    await write(terminal.stderr, [USAGE]);
    return UNUSABLE;
  }
  const outcome = check(await readInput(inputs, terminal.stdin), request);
  await write(terminal.stdout, FORMATS[request.format](outcome, hasColour(terminal)));
  await write(terminal.stderr, complaints(outcome));
  return outcome.unusable.length > 0 ? UNUSABLE : outcome.findings.length > 0 ? FINDINGS : CLEAN;
}

/** Why the exit code is 2, also where standard output goes into a file. */
function complaints({ unusable }: Outcome): string[] {
  return unusable.map(({ file, message }) => `pod-rules: ${file}: ${message}\n`);
}

function hasColour({ stdout, env }: Terminal): boolean {
  return stdout.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb';
}

if (require.main === module) {
  // The YAML library looks into the environment at every word, and a plain object answers much faster than the system.
  process.env = { ...process.env };
  run(process.argv.slice(2), process).then((code) => {
    process.exitCode = code;
  });
}
