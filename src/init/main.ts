import type { Writable } from 'node:stream';
import { UsageError } from '../private/command-line';
import { type InitRequest, readInitRequest } from './request';
import { listProjectFiles, type ProjectFile } from './template';
import { USAGE } from './usage';
import { describeFolder, writeProject } from './write-project';

const DONE = 0;
const UNUSABLE = 2;

/** The streams of a call; `process` has them. */
interface Streams {
  readonly stdout: Writable;
  readonly stderr: Writable;
}

/** Carries out a call of `cdk8s-pod-patterns init` and gives its exit code. */
export function runInit(args: readonly string[], { stdout, stderr }: Streams): number {
  try {
    stdout.write(createProject(args));
    return DONE;
  } catch (error) {
    if (!(error instanceof UsageError)) {
      throw error;
    }
    stderr.write(`cdk8s-pod-patterns init: ${error.message}\nTry "cdk8s-pod-patterns init --help".\n`);
    return UNUSABLE;
  }
}

function createProject(args: readonly string[]): string {
  const request = readInitRequest(args);
  if (request === 'help') {
    return USAGE;
  }
  const files = listProjectFiles(request);
  assertOwnName(request.name, files);
  writeProject(request.folder, files);
  return describeProject(request, files);
}

/** npm installs no package into a project of the same name. */
function assertOwnName(name: string, files: readonly ProjectFile[]): void {
  const { dependencies, devDependencies } = JSON.parse(files.find(({ path }) => path === 'package.json')!.text);
  if (name in dependencies || name in devDependencies) {
    throw new UsageError(
      `\`--name\` "${name}" is a package that the project needs, and npm installs none into a project of its name`,
    );
  }
}

function describeProject({ folder, name }: InitRequest, files: readonly ProjectFile[]): string {
  const steps = [
    ...(folder === '.' ? [] : [`cd ${/[^\w./-]/.test(folder) ? JSON.stringify(folder) : folder}`]),
    'npm install',
    'npm test',
    'npm run synth',
    'npm run check',
  ];
  return `Wrote ${name} into ${describeFolder(folder)}:
${files.map(({ path }) => `  ${path}\n`).join('')}
Next:
${steps.map((step) => `  ${step}\n`).join('')}`;
}
