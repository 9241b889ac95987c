import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { appendFileSync, chmodSync, statSync, symlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Duration } from 'cdk8s';
import {
  renderCopyTruncateScript,
  renderNginxRotationScript,
  renderRenameAndSignalScript,
} from '../../src/software/scripts/rotation';
import { group, load, type Nginx, Sandbox, startNginx } from './support';
import { requireTools, tool } from './tools';

const LINUX = process.platform === 'linux';
const MAX_BYTES = 1000;
const FULL = `${'full '.repeat(MAX_BYTES)}\n`;
const ALL = 500;

/** Appends lines with an id each to a file, and opens it again on USR1, until the file "stop" exists. */
const WRITER = `log=$1 n=0
trap 'exec >>"$log"' USR1
exec >>"$log"
until [ -e stop ] || [ "$n" = 9999 ]; do n=$((n + 1)) && echo "r$n ${'.'.repeat(90)}" && sleep 0.002; done
echo "$n" >written
`;

if (!LINUX) {
  console.warn('The tests of log rotation are skipped: they need Linux.');
}
beforeAll(() => LINUX && requireTools('nginx', 'busybox', 'shellcheck', 'dash'));
jest.setTimeout(120_000);

(LINUX ? describe.each : describe.skip.each)(['dash', 'busybox'])('with %s', (shell) => {
  let box: Sandbox;
  let writer: string; // a name that no other process of this machine has, nor a zombie of another test

  beforeEach(() => {
    box = new Sandbox(shell);
    writer = `w-${randomBytes(4).toString('hex')}`;
  });
  afterEach(() => box.end());

  const at = (log: string) => box.at(`log/${log}`);
  const rotation = (keep: number, ...logs: string[]) => ({ files: logs.map(at), maxBytes: MAX_BYTES, keep });
  const nginxScript = (keep: number) =>
    quick(renderNginxRotationScript(rotation(keep, 'access.log', 'error.log'), box.at('nginx.pid')));
  const signalScript = (keep: number) => renderRenameAndSignalScript(rotation(keep, 'app.log'), writer, 'USR1');
  const copyScript = (keep: number) => renderCopyTruncateScript(rotation(keep, 'app.log'));
  const startRotator = (script: string) => box.start('sh', box.write('rotate-logs.sh', script));
  const startWriter = () => {
    symlinkSync(tool('dash'), box.at(writer)); // its name is the last part of its command, as with most applications
    return box.start(box.at(writer), box.write('writer.sh', WRITER), at('app.log'));
  };
  const rotated = (log: string) => box.logs.filter((name) => name.startsWith(`${log}.`)).length;
  const dropped = (log: string) => rotated(log) === 3 && box.series(log)[0]![0] !== 'r1';
  const idle = async () => {
    await sleep(100); // a request is logged after it is answered
    const full = (log: string) => (statSync(at(log), { throwIfNoEntry: false })?.size ?? MAX_BYTES) >= MAX_BYTES;
    await box.until('no log is full', () => !box.logs.map((name) => name.replace(/\.\d+$/, '')).some(full));
  };
  const quit = async ({ master }: Nginx) => {
    master.kill('SIGQUIT');
    await box.until('nginx and the loop have ended', () => group(master).length === 0);
  };
  const stopWriter = async () => {
    box.write('stop', '');
    await box.until('the writer has ended', () => box.read('written') !== '');
    return Array.from({ length: Number(box.read('written')) }, (_, n) => `r${n + 1}`);
  };

  test('nginx under load loses no line and doubles none over 20 rotations', async () => {
    const nginx = await startNginx(box, nginxScript(ALL));
    await load(nginx, 8, () => rotated('access.log') >= 20 && rotated('error.log') >= 20);
    await idle();
    await quit(nginx);
    for (const log of ['access.log', 'error.log']) {
      expect(rotated(log)).toBeGreaterThanOrEqual(20);
      expect(box.series(log).flat().sort()).toEqual([...nginx.sent].sort());
    }
    expect(box.errors).toBe('');
  });

  test('as many rotated files as told are kept, newest first, and none is named *.log', async () => {
    const nginx = await startNginx(box, nginxScript(3), 1); // one worker logs in the order of the requests
    await load(nginx, 1, () => dropped('access.log') && dropped('error.log'));
    await idle();
    await quit(nginx);
    expect(box.logs).toEqual(['access.log', 'error.log'].flatMap((log) => [log, `${log}.1`, `${log}.2`, `${log}.3`]));
    const kept = box.series('access.log').flat();
    expect(kept).toEqual(nginx.sent.slice(-kept.length));
  });

  test('a stale PID file that names another process makes nothing renamed or signalled', async () => {
    const bystander = box.start('sleep', '20');
    box.write('nginx.pid', `${bystander.pid}\n`);
    box.write('log/access.log', FULL);
    box.write('docker-entrypoint.d/95-slow.sh', '#!/bin/sh\nsleep 1.5\n');
    const starting = startNginx(box, nginxScript(ALL));
    await sleep(1300);
    expect(box.logs).toEqual(['access.log']);
    await starting;
    await box.until('the loop has found nginx', () => rotated('access.log') === 1);
    expect(group(bystander)).toEqual(['sleep']);
  });

  test('after SIGQUIT nginx ends and the loop with it, and the last lines are in access.log', async () => {
    const nginx = await startNginx(box, nginxScript(ALL));
    const { body } = await fetch(`${nginx.url}/slow`); // nginx ends after it, and opens no file again until then
    const quitting = quit(nginx);
    appendFileSync(at('access.log'), FULL);
    await Promise.all([body?.pipeTo(new WritableStream()), quitting]);
    expect(box.errors).toContain('access.log, renamed back');
    expect(box.read('log/access.log')).toContain('/slow 200');
    expect(box.logs).toEqual(['access.log', 'error.log']);
  });

  test('nginx closes a request that is still open when the time to drain is over', async () => {
    const nginx = await startNginx(box, nginxScript(3), 1, Duration.seconds(1));
    const response = await fetch(`${nginx.url}/slow`); // takes more than two seconds
    const body = response.text().then(
      () => 'whole',
      () => 'cut off',
    );
    const start = Date.now();
    await quit(nginx);
    expect(Date.now() - start).toBeLessThan(2000);
    expect(await body).toBe('cut off');
  });

  test('nginx serves on while its log directory is not writable, and is rotated again once it is', async () => {
    const nginx = await startNginx(box, nginxScript(ALL));
    chmodSync(box.at('log'), 0o555);
    await load(nginx, 2, () => box.errors.includes('Permission denied'));
    expect(box.logs).toEqual(['access.log', 'error.log']);
    chmodSync(box.at('log'), 0o777);
    await load(nginx, 2, () => rotated('access.log') > 1);
    await idle();
    await quit(nginx);
    expect(box.series('access.log').flat().sort()).toEqual([...nginx.sent].sort());
  });

  test('a process that opens its log again on the signal loses no line over 20 rotations', async () => {
    startWriter();
    const rotator = startRotator(quick(signalScript(ALL)));
    await box.until('20 rotations are done', () => rotated('app.log') >= 20);
    rotator.kill('SIGTERM');
    await once(rotator, 'exit');
    const written = await stopWriter();
    expect(box.series('app.log').flat()).toEqual(written);
    expect(box.errors).toBe('');
  });

  test('without the process to signal nothing is renamed, which is said once', async () => {
    box.write('log/app.log', FULL);
    startRotator(quick(signalScript(ALL)));
    await sleep(500);
    expect(box.logs).toEqual(['app.log']);
    expect(box.errors.match(/is full, but no process is named/g)).toHaveLength(1);
    startWriter();
    await box.until('the file is renamed', () => rotated('app.log') > 0);
  });

  test('a file is copied and truncated; as many copies as told are kept, each a run of lines, in order', async () => {
    startWriter();
    await box.until('the log exists', () => box.logs.length > 0);
    const { ino } = statSync(at('app.log'));
    startRotator(quick(copyScript(3)));
    await box.until('a copy was dropped', () => dropped('app.log'));
    const written = await stopWriter();
    await idle();
    expect(box.logs).toEqual(['app.log', 'app.log.1', 'app.log.2', 'app.log.3']);
    expect(statSync(at('app.log')).ino).toBe(ino);
    const kept = box.series('app.log');
    expect(kept.flat()).toEqual(written.filter((id) => kept.flat().includes(id)));
    for (const run of kept) {
      const first = written.indexOf(run[0]!);
      expect(run).toEqual(written.slice(first, first + run.length));
    }
    expect(box.errors).toBe('');
  });

  test.each([
    ['renameAndSignalScript', () => signalScript(1)],
    ['copyTruncateScript', () => copyScript(1)],
  ])('%s ends within a second of SIGTERM, amid its sleep', async (_, script) => {
    const rotator = startRotator(script());
    await box.until('it sleeps', () => group(rotator).includes('sleep'));
    rotator.kill('SIGTERM');
    await Promise.race([once(rotator, 'exit'), sleep(1000)]);
    expect(rotator.exitCode).toBe(0);
  });
});

const ROTATION = { files: ['/log/*.log'], maxBytes: MAX_BYTES, keep: 3 };
(LINUX ? test.each : test.skip.each)([
  ['nginxRotationScript', renderNginxRotationScript(ROTATION, '/tmp/nginx.pid')],
  ['renameAndSignalScript', renderRenameAndSignalScript(ROTATION, 'app', 'USR1')],
  ['copyTruncateScript', renderCopyTruncateScript(ROTATION)],
])('shellcheck has nothing to say about %s', (_, script) => {
  const { stdout, status } = spawnSync(tool('shellcheck'), ['-'], { input: script, encoding: 'utf8' });
  expect([stdout, status]).toEqual(['', 0]);
});

/** The script with short times. */
function quick(script: string): string {
  return script.replace(/^INTERVAL=10\b/m, 'INTERVAL=0.2').replace(/^REOPEN=2\b/m, 'REOPEN=0.3');
}
