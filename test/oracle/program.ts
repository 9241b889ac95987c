import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What the program says to manifests. */
export interface Answer {
  readonly objects: number;
  readonly unknown?: readonly string[];
  readonly rejected?: readonly { readonly object?: string; readonly field?: string; readonly reason: string }[];
  readonly unrestricted?: readonly string[];
}

/** What a field holds: a scalar by its name, a list or map of another shape, or a type by its name. */
export interface Shape {
  readonly scalar?: string;
  readonly list?: Shape;
  readonly map?: Shape;
  readonly type?: string;
}

/** The kinds that the program serves by version and kind, and the fields of their types. */
export interface FieldTable {
  readonly kinds: Readonly<Record<string, string>>;
  readonly types: Readonly<Record<string, Readonly<Record<string, Shape>>>>;
}

/** The version whose validation the program has. */
export const KUBERNETES = '1.34';

const ROOT = join(__dirname, '../..');
const PROGRAM = join(tmpdir(), 'cdk8s-pod-patterns-oracle', 'oracle');

/** Builds the program; Go keeps what it has compiled. */
export function build(): void {
  const { status, error } = spawnSync('go', ['build', '-o', PROGRAM, '.'], { cwd: __dirname, stdio: 'inherit' });
  if (error || status !== 0) {
    throw new Error(`the program could not be built; it takes Go 1.24 (${error?.message ?? `status ${status}`})`);
  }
}

/** What the program says to each of these texts. */
export function ask(texts: readonly string[], options: readonly string[] = []): Answer[] {
  const input = texts.map((yaml, id) => `${JSON.stringify({ id, yaml })}\n`).join('');
  return run(options, input)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

/** One object as it was applied, and as it is applied next; both in JSON or YAML. */
export interface Applied {
  readonly old: string;
  readonly new: string;
}

/** What the API server and the controllers make of a change. */
export interface ChangeAnswer {
  /** Why nothing is known of it. */
  readonly skipped?: string;
  readonly refused?: Answer['rejected'];
  /** Whether the new object would be accepted where there is none. */
  readonly immutable?: boolean;
  /** Whether its controller makes a new revision of the template. */
  readonly rolls: boolean;
  readonly before?: any;
  readonly after?: any;
}

/** What the program says to each of these changes. */
export function askForChanges(changes: readonly Applied[]): ChangeAnswer[] {
  const input = changes.map((change, id) => `${JSON.stringify({ id, ...change })}\n`).join('');
  return run(['-changes'], input)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

/** All fields of what the program serves. */
export function readFieldTable(): FieldTable {
  return JSON.parse(run(['-fields'], ''));
}

function run(options: readonly string[], input: string): string {
  const { stdout, stderr, status } = spawnSync(PROGRAM, options, { input, encoding: 'utf8', maxBuffer: 2 ** 30 });
  if (status !== 0) {
    throw new Error(stderr);
  }
  return stdout;
}

/** The texts of all manifests in the repository that are right. */
export function readRightManifests(): { readonly file: string; readonly text: string }[] {
  return [
    ...list('test/rules', /\.passes\b.*\.yaml$/),
    ...list('dist', /\.yaml$/),
    ...list('examples', /\.yaml$/),
    ...list('test/oracle', /seeds\.yaml$/),
  ].map((file) => ({ file, text: readFileSync(file, 'utf8') }));
}

function list(folder: string, names: RegExp): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => names.test(file))
    .map((file) => join(ROOT, folder, file));
}

/** A field without its indices; that of a pod is the same in all workloads. */
export function normalizeField(object: string, field: string): string {
  const path = field.replace(/\[[^\]]*\]/g, '[]');
  const inPod = path.replace(/^(spec\.jobTemplate\.)?(spec\.)?template\./, '');
  return inPod === path ? `${object.replace(/\/.*/, '').replace(/^pod of .*/, 'Pod')} ${path}` : `Pod ${inPod}`;
}

/** A reason without what differs from pod to pod. */
export function normalize(text: string): string {
  return text
    .replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/gs, '…')
    .replace(/^\[[^\]]*\]/, '[…]')
    .replace(/-?\d[\d.e+]*/g, 'N')
    .replace(/\s+/g, ' ')
    .slice(0, 240);
}
