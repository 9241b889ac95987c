import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Duration } from 'cdk8s';
import { toNginxParts } from '../../src/web/nginx';
import { SYSTEM_PATH, tool } from './tools';

/** Enough on a machine that does much else; nobody waits for longer than it takes. */
const PATIENCE_MS = 60_000;

/** Names of the living processes of the group that a started process leads; zombies that nobody reaps do not count. */
export function group(leader: ChildProcess): string[] {
  return fs.readdirSync('/proc').flatMap((entry) => {
    const [, name, state, id] = /\((.*)\) (\S) \d+ (\d+)/.exec(content(`/proc/${entry}/stat`)) ?? [];
    return Number(id) === leader.pid && state !== 'Z' ? [name!] : [];
  });
}

function content(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return ''; // renamed or ended since it was listed
  }
}

/** What a container is to a script: a shell, its tools, a directory of logs, and processes. */
export class Sandbox {
  /** What the processes wrote to stderr. */
  public errors = '';
  private readonly root = fs.mkdtempSync(join(tmpdir(), 'log-rotation-'));
  private readonly started: ChildProcess[] = [];
  private readonly path: string;

  public constructor(shell: string) {
    for (const directory of ['', 'bin', 'log', 'html', 'tmp', 'docker-entrypoint.d']) {
      fs.mkdirSync(this.at(directory), { recursive: true });
      fs.chmodSync(this.at(directory), 0o777);
    }
    const busybox = shell === 'busybox'; // a container with busybox has no other tools
    this.path = busybox ? this.at('bin') : `${this.at('bin')}:${SYSTEM_PATH}`;
    const install = busybox ? '"$1" --install -s bin' : 'ln -s "$1" bin/sh';
    spawnSync('sh', ['-c', install, 'sh', tool(shell)], { cwd: this.root });
  }

  public at(name: string): string {
    return join(this.root, name);
  }

  public read(name: string): string {
    return content(this.at(name));
  }

  /** Writes a file that anyone may write and execute. */
  public write(name: string, text: string): string {
    fs.writeFileSync(this.at(name), text.replace('#!/bin/sh', `#!${this.at('bin/sh')}`));
    fs.chmodSync(this.at(name), 0o777);
    return this.at(name);
  }

  public get logs(): string[] {
    return fs.readdirSync(this.at('log')).sort();
  }

  /** The ids in each rotated file of a log, oldest first, and in the log itself. */
  public series(log: string): string[][] {
    const age = (name: string) => Number(name.slice(log.length + 1));
    const names = this.logs.filter((name) => name.startsWith(log)).sort((a, b) => age(b) - age(a));
    return names.map((name) => this.read(`log/${name}`).match(/(?<=^\/?|html\/)r\d+\b/gm) ?? []);
  }

  /** Starts the leader of a process group, which is told to end when this process ends in any way. */
  public start(...command: string[]): ChildProcess {
    const child = spawn(tool('setpriv'), ['--pdeathsig', 'TERM', ...command], {
      ...(process.getuid?.() === 0 ? { uid: 101, gid: 101 } : {}), // root may write anywhere; nginx's image runs as 101
      cwd: this.root,
      detached: true,
      env: { PATH: this.path },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    child.stderr?.on('data', (text) => {
      this.errors += text;
    });
    this.started.push(child);
    return child;
  }

  public async until(what: string, condition: () => boolean): Promise<void> {
    for (const end = Date.now() + PATIENCE_MS; !condition(); await sleep(20)) {
      if (Date.now() > end) {
        throw new Error(`waited in vain until ${what}; logs: ${this.logs}; stderr: ${this.errors.slice(-500)}`);
      }
    }
  }

  public end(): void {
    for (const child of this.started.filter((leader) => group(leader).length > 0)) {
      process.kill(-child.pid!, 'SIGKILL');
    }
    fs.rmSync(this.root, { recursive: true });
  }
}

/** What the entrypoint of the nginx image does. */
export const ENTRYPOINT = `#!/bin/sh
set -e
find docker-entrypoint.d/ -follow -type f -print | sort -V | while read -r f; do
  case "$f" in *.sh) if [ -x "$f" ]; then "./$f"; fi ;; esac
done
exec "$@"
`;

const configuration = (port: number, workers: number) => `worker_processes ${workers}; pid nginx.pid;
error_log log/error.log error; events {}
http {
  client_body_temp_path tmp; proxy_temp_path tmp; fastcgi_temp_path tmp; uwsgi_temp_path tmp; scgi_temp_path tmp;
  log_format id '$request_uri $status'; access_log log/access.log id;
  server { listen 127.0.0.1:${port}; root html; location = /slow { limit_rate 20k; } }
}`;

export interface Nginx {
  readonly url: string;
  readonly master: ChildProcess;
  /** The ids of all requests. No such files exist, so each has a line in the access log and one in the error log. */
  readonly sent: string[];
}

/** Starts nginx as its image starts it, with the arguments that the library gives it. */
export async function startNginx(box: Sandbox, rotationScript: string, workers = 2, drain?: Duration): Promise<Nginx> {
  const [, option, directives] = toNginxParts({ drain }).container.args!;
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await once(server.close(), 'close');
  box.write('docker-entrypoint.d/90-rotate-logs.sh', rotationScript);
  box.write('html/slow', 'x'.repeat(50_000));
  box.write('nginx.conf', configuration(port, workers));
  const command = [tool('nginx'), '-p', box.at('.'), '-c', 'nginx.conf', '-e', 'log/error.log', option!, directives!];
  const master = box.start(box.write('docker-entrypoint.sh', ENTRYPOINT), ...command);
  await box.until('nginx runs', () => box.read('nginx.pid') === `${master.pid}\n`);
  return { url: `http://127.0.0.1:${port}`, master, sent: [] };
}

/** Sends requests, each with an id of its own, from some clients at once. */
export async function load({ url, sent }: Nginx, clients: number, enough: () => boolean): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  const client = async () => {
    while (!enough() && Date.now() < end) {
      const id = `r${sent.length + 1}`;
      sent.push(id);
      expect(await (await fetch(`${url}/${id}`)).text()).toContain('404');
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
}
