import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, createServer as createSocketServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { renderWaitForHttpScript, renderWaitForTcpScript, type Waiting } from '../../src/software/scripts/waiting';
import { requireTools, tool } from './tools';

const LINUX = process.platform === 'linux';
const BRIEF: Waiting = { timeout: 3, period: 1 };
const PATIENT: Waiting = { timeout: 30, period: 1 };

if (!LINUX) {
  console.warn('The tests of waiting are skipped: they need Linux.');
}
beforeAll(() => LINUX && requireTools('busybox', 'shellcheck', 'dash'));
jest.setTimeout(120_000);

/** A script that runs, and what it has printed. */
class Running {
  public printed = '';
  public errors = '';
  private readonly ended: Promise<unknown[]>;

  public constructor(public readonly child: ChildProcess) {
    child.stdout?.on('data', (text) => {
      this.printed += text;
    });
    child.stderr?.on('data', (text) => {
      this.errors += text;
    });
    this.ended = once(child, 'close');
  }

  public async end(): Promise<number | null> {
    await this.ended;
    return this.child.exitCode;
  }

  public async says(text: string): Promise<void> {
    for (const end = Date.now() + 15_000; !this.printed.includes(text); await sleep(20)) {
      if (Date.now() > end) {
        throw new Error(`waited in vain for "${text}"; printed: ${this.printed}${this.errors}`);
      }
    }
  }
}

(LINUX ? describe.each : describe.skip.each)(['dash', 'busybox'])('with %s', (shell) => {
  let bin: string;
  const started: ChildProcess[] = [];
  const servers: { close(): unknown; closeAllConnections?(): void }[] = [];

  beforeAll(() => {
    bin = mkdtempSync(join(tmpdir(), 'wait-for-')); // as in the image, there are no tools but those of busybox
    mkdirSync(join(bin, 'bin'));
    spawnSync(tool('busybox'), ['--install', '-s', join(bin, 'bin')]);
  });
  afterAll(() => rmSync(bin, { recursive: true }));
  afterEach(() => {
    for (const child of started.splice(0).filter(({ exitCode, signalCode }) => exitCode === null && !signalCode)) {
      process.kill(-child.pid!, 'SIGKILL');
    }
    for (const server of servers.splice(0)) {
      server.closeAllConnections?.();
      server.close();
    }
  });

  const run = (script: string): Running => {
    const command = shell === 'dash' ? [tool('dash')] : [tool('busybox'), 'sh'];
    const child = spawn(command[0]!, [...command.slice(1), '-c', script], {
      detached: true,
      env: { PATH: join(bin, 'bin') },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    started.push(child);
    return new Running(child);
  };
  const free = async (): Promise<number> => {
    const server = createSocketServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    await once(server.close(), 'close');
    return port;
  };
  const listen = async (port: number, status: () => number = () => 200): Promise<Server> => {
    const server = createServer((request, response) => {
      const code = request.url === '/moved' ? 302 : status();
      response.writeHead(code, { location: '/' }).end('hello');
    }).listen(port, '127.0.0.1');
    servers.push(server);
    await once(server, 'listening');
    return server;
  };
  const tcp = (port: number, waiting = PATIENT, host = '127.0.0.1') => run(renderWaitForTcpScript(waiting, host, port));
  const http = (port: number, path = '/', waiting = PATIENT) =>
    run(renderWaitForHttpScript(waiting, `http://127.0.0.1:${port}${path}`));

  test.each([
    ['TCP', tcp, ''],
    ['HTTP', http, 'http://'],
  ] as const)('a server that is there is found at once (%s)', async (_, wait, scheme) => {
    const port = await free();
    await listen(port);
    const waiting = wait(port);
    expect(await waiting.end()).toBe(0);
    expect(waiting.printed).toMatch(
      new RegExp(
        `^waiting for ${scheme}127.0.0.1:${port}/?, at most 30 s\n${scheme}127.0.0.1:${port}/? answers after [01] s\n$`,
      ),
    );
    expect(waiting.errors).toBe('');
  });

  test.each([
    ['TCP', tcp],
    ['HTTP', http],
  ] as const)('a server that comes later is waited for (%s)', async (_, wait) => {
    const port = await free();
    const waiting = wait(port);
    await waiting.says('no answer yet: ');
    await listen(port);
    expect(await waiting.end()).toBe(0);
    expect(waiting.printed).toContain('Connection refused');
    expect(waiting.printed.trimEnd()).toMatch(/answers after \d+ s$/);
  });

  test.each([
    ['TCP', tcp, (port: number) => `127.0.0.1:${port}`],
    [
      'HTTP',
      (port: number, waiting: Waiting) => http(port, '/', waiting),
      (port: number) => `http://127.0.0.1:${port}/`,
    ],
  ] as const)(
    'a server that never comes is given up in time, with what, how long and why (%s)',
    async (_, wait, what) => {
      const port = await free();
      const start = Date.now();
      const waiting = wait(port, BRIEF);
      expect(await waiting.end()).toBe(1);
      expect(Date.now() - start).toBeLessThan(6000);
      expect(waiting.errors).toMatch(
        new RegExp(`^gave up: ${what(port)} did not answer within 3 s; last error: .*Connection refused\n$`),
      );
    },
  );

  test('a host that does not resolve is named', async () => {
    const waiting = tcp(5432, BRIEF, 'no-such-host.invalid');
    expect(await waiting.end()).toBe(1);
    expect(waiting.errors).toBe(
      "gave up: no-such-host.invalid:5432 did not answer within 3 s; last error: nc: bad address 'no-such-host.invalid'\n",
    );
  });

  test('a page is waited for until it answers 200 instead of 500', async () => {
    const port = await free();
    let status = 500;
    await listen(port, () => status);
    const waiting = http(port, '/healthz?deep=1');
    await waiting.says('HTTP/1.1 500');
    status = 200;
    expect(await waiting.end()).toBe(0);
  });

  test('a page may redirect to one that answers', async () => {
    const port = await free();
    await listen(port);
    expect(await http(port, '/moved').end()).toBe(0);
  });

  test('a server that takes connections and says nothing is there by TCP, and not by HTTP', async () => {
    const server = createSocketServer().listen(0, '127.0.0.1');
    servers.push(server);
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const [connecting, asking] = [tcp(port, BRIEF), http(port, '/', BRIEF)];
    expect(await connecting.end()).toBe(0);
    expect(await asking.end()).toBe(1);
    expect(asking.errors).toContain('last error: no answer within ');
  });

  test('a URL is asked for as it is, whatever is in it', async () => {
    const port = await free();
    const asked: string[] = [];
    const server = await listen(port);
    server.on('request', ({ url }) => void asked.push(url!));
    const path = "/it's/$(id)/`id`;&?a=$HOME&b=*";
    const url = new URL(`http://127.0.0.1:${port}${path}`);
    expect(await run(renderWaitForHttpScript(BRIEF, url.href)).end()).toBe(0);
    expect(asked).toEqual([url.href.slice(url.origin.length)]);
  });

  test.each([
    ['between two attempts', (waiting: Running) => waiting.says('no answer yet'), free],
    [
      'amid an attempt',
      () => sleep(500),
      async () => {
        const server = createSocketServer().listen(0, '127.0.0.1');
        servers.push(server);
        await once(server, 'listening');
        return (server.address() as AddressInfo).port;
      },
    ],
  ] as const)('it ends within a second of SIGTERM, %s, and not as if there was an answer', async (_, until, port) => {
    const waiting = run(renderWaitForHttpScript({ timeout: 60, period: 30 }, `http://127.0.0.1:${await port()}/`));
    await until(waiting);
    waiting.child.kill('SIGTERM');
    await Promise.race([once(waiting.child, 'exit'), sleep(1000)]);
    expect(waiting.child.exitCode).toBe(143);
    process.kill(-waiting.child.pid!, 'SIGKILL'); // what the kernel does where PID 1 of a container ends
  });
});

(LINUX ? test.each : test.skip.each)([
  ['waitForTcpScript', renderWaitForTcpScript(PATIENT, 'db', 5432)],
  ['waitForHttpScript', renderWaitForHttpScript(PATIENT, 'http://api:8080/')],
])('shellcheck has nothing to say about %s', (_, script) => {
  const { stdout, status } = spawnSync(tool('shellcheck'), ['-'], { input: script, encoding: 'utf8' });
  expect([stdout, status]).toEqual(['', 0]);
});
