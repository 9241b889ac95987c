import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, renameSync, truncateSync, unlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { renderStreamingScript } from '../../src/software/scripts/streaming';
import { group, Sandbox } from './support';
import { requireTools, tool } from './tools';

const LINUX = process.platform === 'linux';

/** Appends numbered lines to a file, and opens it again on USR1, until the file "stop" exists. */
const WRITER = `log=$1 n=0
trap 'exec >>"$log"' USR1
exec >>"$log"
until [ -e stop ]; do n=$((n + 1)) && echo "r$n ${'.'.repeat(90)}"; [ "$((n % 20))" -ne 0 ] || sleep 0.01; done
echo "$n" >written
`;

if (!LINUX) {
  console.warn('The tests of log streaming are skipped: they need Linux.');
}
beforeAll(() => LINUX && requireTools('busybox', 'shellcheck', 'dash'));
jest.setTimeout(120_000);

(LINUX ? describe.each : describe.skip.each)(['dash', 'busybox'])('with %s', (shell) => {
  let box: Sandbox;

  beforeEach(() => {
    box = new Sandbox(shell);
  });
  afterEach(() => box.end());

  const log = () => box.at('log/app.log');
  const start = (interval?: number) => {
    const script = renderStreamingScript(log());
    const quick = interval === undefined ? script : script.replace(/^INTERVAL=1\b/m, `INTERVAL=${interval}`);
    return box.start('sh', '-c', 'exec sh "$0" >out', box.write('stream-log.sh', quick));
  };
  const lines = () => box.read('out').split('\n').slice(0, -1);
  const printed = (line: string) => box.until(`"${line}" is printed`, () => lines().includes(line));
  const idle = (streamer: ReturnType<typeof start>) => box.until('it sleeps', () => group(streamer).includes('sleep'));
  const write = (line: string, file = log()) => appendFileSync(file, `${line}\n`, { mode: 0o644 });

  test('a file that is written and renamed 25 times under load is printed line by line, none lost or doubled', async () => {
    const streamer = start(0.1);
    const writer = box.start('sh', box.write('writer.sh', WRITER), log());
    await box.until('there is a log', () => box.logs.length > 0);
    for (let n = 1; n <= 25; n += 1) {
      await sleep(250);
      renameSync(log(), box.at(`log/app.log.${n}`));
      await sleep(20); // for a while the writer does not know
      writer.kill('SIGUSR1');
      await box.until('the writer has a new file', () => box.logs.includes('app.log'));
    }
    box.write('stop', '');
    await box.until('the writer has ended', () => box.read('written') !== '');
    streamer.kill('SIGTERM');
    await once(streamer, 'exit');
    const written = Array.from({ length: Number(box.read('written')) }, (_, n) => `r${n + 1} ${'.'.repeat(90)}`);
    expect(written.length).toBeGreaterThan(2000);
    expect(lines()).toEqual(written);
    expect(box.errors).toBe('');
  });

  test('ends within a second of SIGTERM, amid its sleep, with the line that was written last', async () => {
    const streamer = start(30);
    await idle(streamer);
    write('last');
    streamer.kill('SIGTERM');
    await Promise.race([once(streamer, 'exit'), sleep(1000)]);
    expect(streamer.exitCode).toBe(0);
    expect(lines()).toEqual(['last']);
    expect(box.errors).toBe('');
  });

  test('what a slow writer still adds to the renamed file is printed at the end', async () => {
    const streamer = start(0.1);
    write('old');
    await printed('old');
    renameSync(log(), box.at('log/app.log.1'));
    write('new');
    await printed('new');
    write('late', box.at('log/app.log.1'));
    streamer.kill('SIGTERM');
    await once(streamer, 'exit');
    expect(lines()).toEqual(['old', 'new', 'late']);
  });

  test('a file that appears later is printed from its head, as is one that was removed and made anew', async () => {
    start(0.1);
    await sleep(300);
    write('first');
    await printed('first');
    unlinkSync(log());
    await sleep(300);
    write('second');
    await printed('second');
    expect(lines()).toEqual(['first', 'second']);
    expect(box.errors).toBe('');
  });

  test('a truncated file is printed from its head again', async () => {
    start(0.1);
    write('a long line before the file is truncated');
    await printed('a long line before the file is truncated');
    truncateSync(log());
    await sleep(300);
    write('after');
    await printed('after');
    expect(lines()).toEqual(['a long line before the file is truncated', 'after']);
  });

  test('a line is printed once it is written, in parts as well', async () => {
    start(0.1);
    appendFileSync(log(), 'one ', { mode: 0o644 });
    await sleep(300);
    appendFileSync(log(), 'line\n');
    await printed('one line');
  });

  test('a file of another user is reported once, and printed once it can be read', async () => {
    write('secret');
    spawnSync('chmod', ['600', log()]);
    start(0.1);
    await sleep(700);
    const isRoot = process.getuid?.() === 0; // the streamer runs as 101 then
    expect(box.errors.match(/cannot read .*app\.log, is another user its owner\?/g) ?? []).toHaveLength(isRoot ? 1 : 0);
    spawnSync('chmod', ['644', log()]);
    await printed('secret');
  });
});

(LINUX ? test : test.skip)('shellcheck has nothing to say about it', () => {
  const input = renderStreamingScript('/log/app.log');
  const { stdout, status } = spawnSync(tool('shellcheck'), ['-'], { input, encoding: 'utf8' });
  expect([stdout, status]).toEqual(['', 0]);
});
