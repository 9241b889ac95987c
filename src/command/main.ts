#!/usr/bin/env node
import type * as draw from '../picture/command/main';
import { findNearest } from '../private/nearest';
import type * as check from '../rules/command/main';

/** One deed of the command, loaded when it is asked for. */
interface Verb {
  readonly summary: string;
  /** Carries out a call and gives its exit code. */
  readonly run: (args: readonly string[], terminal: check.Terminal) => Promise<number>;
}

/** All deeds, in the order of the help. */
export const VERBS: Readonly<Record<string, Verb>> = {
  check: {
    summary: 'says what is wrong with manifests (short: pod-rules)',
    run: (args, terminal) => loadCheck().runCommand(args, terminal),
  },
  draw: {
    summary: 'shows pods as pictures: SVG, Mermaid or text',
    run: (args, terminal) => (require('../picture/command/main') as typeof draw).runDraw(args, terminal),
  },
};

/** The code of a call that means nothing, as of an input that cannot be used. */
const UNUSABLE = 2;

/** Carries out a call of `cdk8s-pod-patterns` and gives its exit code. */
export async function runVerb(args: readonly string[], terminal: check.Terminal): Promise<number> {
  const [name = '--help', ...rest] = args;
  const verb = findVerb(name);
  if (verb) {
    return verb.run(rest, terminal);
  }
  if (name === '--version') {
    return loadCheck().runCommand([name], terminal);
  }
  if (['--help', '-h', 'help'].includes(name)) {
    return showHelp(rest, terminal);
  }
  const meant = findNearest(name, Object.keys(VERBS));
  const hint = meant === undefined ? '' : `; did you mean "${meant}"?`;
  terminal.stderr.write(`cdk8s-pod-patterns: unknown command "${name}"${hint}\nTry "cdk8s-pod-patterns --help".\n`);
  return UNUSABLE;
}

async function showHelp([name = '']: readonly string[], terminal: check.Terminal): Promise<number> {
  const verb = findVerb(name);
  if (verb) {
    return verb.run(['--help'], terminal);
  }
  terminal.stdout.write(renderHelp());
  return 0;
}

function renderHelp(): string {
  const width = Math.max(...Object.keys(VERBS).map((name) => name.length));
  const lines = Object.entries(VERBS).map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}\n`);
  return `Usage: cdk8s-pod-patterns <command> [options]

Commands:
${lines.join('')}
"cdk8s-pod-patterns <command> --help" tells all about one; "--version" shows the version.
`;
}

function findVerb(name: string): Verb | undefined {
  return Object.keys(VERBS).includes(name) ? VERBS[name] : undefined;
}

function loadCheck(): typeof check {
  return require('../rules/command/main') as typeof check;
}

/** Carries out the call that this process was started for. */
export function runProcess(args: readonly string[]): void {
  // The YAML library looks into the environment at every word, and a plain object answers much faster than the system.
  process.env = { ...process.env };
  runVerb(args, process).then((code) => {
    process.exitCode = code;
  });
}

if (require.main === module) {
  runProcess(process.argv.slice(2));
}
