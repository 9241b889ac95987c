import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** What a command printed, and how it ended. */
export interface Output {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number | null;
}

export interface KubectlOptions {
  /** What kubectl reads from its standard input. */
  readonly input?: string;
  /** Whether a command that fails is an answer like another, instead of an error. */
  readonly mayFail?: boolean;
}

/** Runs kubectl against the cluster that `KUBECONFIG` names. */
export async function kubectl(args: readonly string[], options: KubectlOptions = {}): Promise<Output> {
  const output = await run('kubectl', args, options.input);
  if (output.code !== 0 && !options.mayFail) {
    throw new Error(`kubectl ${args.join(' ')}: ${output.stderr || output.stdout}`);
  }
  return output;
}

/** An object, or a list of them, as the API server has it. */
export async function getObject<T>(args: readonly string[]): Promise<T> {
  const { stdout } = await kubectl(['get', ...args, '--output', 'json']);
  return JSON.parse(stdout) as T;
}

/** Objects as they change, until it is stopped. */
export function watchObjects<T>(
  args: readonly string[],
  see: (event: { readonly type: string; readonly object: T }) => void,
): () => void {
  const watch = ['get', ...args, '--watch', '--output-watch-events', '--output', 'json'];
  const child = spawn('kubectl', watch);
  createInterface({ input: child.stdout }).on('line', (line) => see(JSON.parse(line)));
  return () => child.kill();
}

/** Runs a command to its end. */
function run(command: string, args: readonly string[], input = ''): Promise<Output> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args);
    const output = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr'] as const) {
      child[stream].setEncoding('utf8').on('data', (piece: string) => {
        output[stream] += piece;
      });
    }
    child.on('error', reject);
    child.on('close', (code) => resolve({ ...output, code }));
    child.stdin.on('error', () => undefined); // it ended before it had read all
    child.stdin.end(input);
  });
}

/** The lines that a command prints, as they come. */
export async function* spawnLines(command: string, args: readonly string[]): AsyncGenerator<string> {
  const child = spawn(command, args);
  try {
    yield* createInterface({ input: child.stdout });
  } finally {
    child.kill();
  }
}
