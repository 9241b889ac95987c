import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SYSTEM_PATH, tool } from './tools';

/** Enough on a machine that does much else; nobody waits for longer than it takes. */
const PATIENCE_MS = 60_000;

/** Who runs what root may not. */
const NOBODY = 65534;

/** A directory in which a program runs as it would in its container: its files, and what it says. */
export class Box {
  /** What the programs wrote to stdout and stderr. */
  public output = '';
  private readonly root = mkdtempSync(join(tmpdir(), 'software-'));
  private readonly started: ChildProcess[] = [];

  public constructor() {
    chmodSync(this.root, 0o777);
  }

  public at(path: string): string {
    return join(this.root, path);
  }

  /** Writes a file that anyone may read, and in whose directory anyone may write. */
  public write(path: string, text: string): string {
    mkdirSync(dirname(this.at(path)), { recursive: true });
    chmodSync(dirname(this.at(path)), 0o777);
    writeFileSync(this.at(path), text, { mode: 0o644 });
    return this.at(path);
  }

  /** Starts a program, which is told to end when this process ends in any way. */
  public start(command: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
    const child = spawn(tool('setpriv'), ['--pdeathsig', 'KILL', ...command], {
      ...(process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {}),
      cwd: this.root,
      env: { PATH: SYSTEM_PATH, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [child.stdout!, child.stderr!]) {
      stream.on('data', (text) => {
        this.output += text;
      });
    }
    this.started.push(child);
    return child;
  }

  public async until(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
    for (const end = Date.now() + PATIENCE_MS; !(await condition()); await sleep(20)) {
      if (Date.now() > end) {
        throw new Error(`waited in vain until ${what}; output: ${this.output.slice(-1000)}`);
      }
    }
  }

  public async end(): Promise<void> {
    const living = this.started.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null);
    await Promise.all(
      living.map((child) => {
        child.kill('SIGKILL');
        return once(child, 'exit');
      }),
    );
    rmSync(this.root, { recursive: true });
  }
}

/** As many ports of the loopback interface as are wanted, all free. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return ports;
}

/** Whether anybody listens on a port. */
export function listens(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  return new Promise((resolve) => {
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
  }).finally(() => socket.destroy()) as Promise<boolean>;
}
