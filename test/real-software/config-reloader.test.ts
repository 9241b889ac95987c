import { type ChildProcess, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { renderSignalOnChangeScript } from '../../src/software/scripts/reload';
import { group, Sandbox } from './support';
import { requireTools, tool } from './tools';

const LINUX = process.platform === 'linux';

/** Counts the USR1 that it gets in the file "signals", until the file "stop" exists. */
const SERVER = `trap 'echo got >>signals' USR1
echo up >>started
until [ -e stop ]; do sleep 0.02; done
`;

/** Does not handle USR1, which ends it. */
const FRAGILE = `echo up >>started
until [ -e stop ]; do sleep 0.02; done
`;

if (!LINUX) {
  console.warn('The tests of the config reloader are skipped: they need Linux.');
}
beforeAll(() => LINUX && requireTools('busybox', 'shellcheck', 'dash'));
jest.setTimeout(120_000);

(LINUX ? describe.each : describe.skip.each)(['dash', 'busybox'])('with %s', (shell) => {
  let box: Sandbox;
  let server: string; // a name that no other process of this machine has, nor a zombie of another test
  let revision: number;

  beforeEach(() => {
    box = new Sandbox(shell);
    server = `s-${randomBytes(4).toString('hex')}`;
    revision = 0;
    mkdirSync(box.at('files'), { mode: 0o777 });
    symlinkSync(tool('dash'), box.at(server));
    flip();
    symlinkSync('..data/app.conf', box.at('files/app.conf'));
  });
  afterEach(() => box.end());

  /** Changes all files as the kubelet does: a new directory, and a link renamed over the old one. */
  function flip(): void {
    revision += 1;
    mkdirSync(box.at(`files/..${revision}`));
    writeFileSync(box.at(`files/..${revision}/app.conf`), `revision=${revision}`);
    symlinkSync(`..${revision}`, box.at('files/..data_tmp'));
    renameSync(box.at('files/..data_tmp'), box.at('files/..data'));
  }

  const reloaderScript = (directory = 'files') =>
    renderSignalOnChangeScript({ directory: box.at(directory), process: server, signal: 'USR1', number: 10 });
  const startReloader = (script = quick(reloaderScript())) => box.start('sh', box.write('reload.sh', script));
  const lines = (file: string) => box.read(file).split('\n').length - 1;
  const startServer = async (script = SERVER) => {
    const before = lines('started');
    const started = box.start(box.at(server), box.write('server.sh', script));
    await box.until('the server runs', () => lines('started') > before);
    return started;
  };
  const signalled = (times: number) => box.until(`it is signalled ${times} times`, () => lines('signals') === times);
  const quiet = () => sleep(600); // several looks

  /** The reloader first, as a native sidecar. */
  async function startBoth(): Promise<ChildProcess> {
    startReloader();
    await quiet();
    return startServer();
  }

  test('a change of the files signals the process once', async () => {
    await startBoth();
    await quiet();
    expect(lines('signals')).toBe(0);
    flip();
    await signalled(1);
    await quiet();
    expect(lines('signals')).toBe(1);
    expect(box.errors).toBe('');
  });

  test('each of several changes signals it once', async () => {
    await startBoth();
    for (const times of [1, 2, 3]) {
      flip();
      await signalled(times);
    }
    await quiet();
    expect(lines('signals')).toBe(3);
  });

  test('changes in quick succession signal it once, when they are over', async () => {
    await startBoth();
    for (let times = 0; times < 5; times += 1) {
      flip();
      await sleep(30);
    }
    await signalled(1);
    await quiet();
    expect(lines('signals')).toBe(1);
  });

  test('a process that started again is signalled, not its predecessor', async () => {
    const first = await startBoth();
    flip();
    await signalled(1);
    first.kill('SIGKILL');
    await once(first, 'exit');
    await startServer();
    flip();
    await signalled(2);
  });

  test('a process that is not there is not waited for, as it reads the files when it starts', async () => {
    startReloader();
    await quiet();
    flip();
    await box.until('that is said', () => box.errors.includes('which reads the changed files when it starts'));
    await startServer();
    await quiet();
    expect(lines('signals')).toBe(0);
    flip();
    await signalled(1);
  });

  test('a process that does not handle the signal lives on, which is said once', async () => {
    startReloader();
    await quiet();
    const fragile = await startServer(FRAGILE);
    flip();
    await box.until('that is said', () => box.errors.includes('does not handle USR1, which would end it'));
    await quiet();
    expect(group(fragile)).toContain(server);
    expect(box.errors.match(/does not handle/g)).toHaveLength(1);
  });

  test('a process that is still starting is told as soon as it handles the signal', async () => {
    startReloader();
    await quiet();
    await startServer(`echo up >>started; until [ -e ready ]; do sleep 0.02; done\n${SERVER}`);
    flip();
    await box.until('that is said', () => box.errors.includes('does not handle USR1'));
    expect(lines('signals')).toBe(0);
    box.write('ready', '');
    await signalled(1);
  });

  test('a reloader that started again tells the process, because it may have missed a change', async () => {
    await startServer();
    startReloader();
    await signalled(1);
    await quiet();
    expect(lines('signals')).toBe(1);
  });

  test('files that something else than the kubelet writes are watched by their content', async () => {
    mkdirSync(box.at('secrets'), { mode: 0o777 });
    writeFileSync(box.at('secrets/db.env'), 'old');
    startReloader(quick(reloaderScript('secrets')));
    await quiet();
    await startServer();
    writeFileSync(box.at('secrets/.db.env'), 'new');
    renameSync(box.at('secrets/.db.env'), box.at('secrets/db.env'));
    await signalled(1);
    await quiet();
    expect(lines('signals')).toBe(1);
  });

  test('it ends within a second of SIGTERM, amid its sleep', async () => {
    const reloader = startReloader(reloaderScript());
    await box.until('it sleeps', () => group(reloader).includes('sleep'));
    reloader.kill('SIGTERM');
    await Promise.race([once(reloader, 'exit'), sleep(1000)]);
    expect(reloader.exitCode).toBe(0);
  });
});

(LINUX ? test : test.skip)('shellcheck has nothing to say about it', () => {
  const input = renderSignalOnChangeScript({ directory: '/watched', process: 'app', signal: 'HUP', number: 1 });
  const { stdout, status } = spawnSync(tool('shellcheck'), ['-'], { input, encoding: 'utf8' });
  expect([stdout, status]).toEqual(['', 0]);
});

/** The script with short times. */
function quick(script: string): string {
  return script.replace(/^INTERVAL=5\b/m, 'INTERVAL=0.1').replace(/^SETTLE=1\b/m, 'SETTLE=0.1');
}
