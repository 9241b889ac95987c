import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  copyTruncateScript,
  nginxRotationScript,
  type Rotation,
  renameAndSignalScript,
} from '../../../src/software/scripts/rotation';

const ROTATION: Rotation = { files: ['/logs/*.log', '/logs/audit.json'], maxBytes: 1024, keep: 3 };
const SCRIPTS = {
  nginx: (rotation: Rotation) => nginxRotationScript(rotation, '/tmp/nginx.pid'),
  'rename and signal': (rotation: Rotation) => renameAndSignalScript(rotation, 'java', 'USR1'),
  'copy and truncate': copyTruncateScript,
};

describe.each(Object.entries(SCRIPTS))('the script to rotate by %s', (_, render) => {
  test('is valid for a POSIX shell and names no undefined variable', () => {
    const script = render(ROTATION);
    expect(spawnSync('sh', ['-n'], { input: script })).toMatchObject({ status: 0 });
    expect(script.split('\n')[0]).toBe('#!/bin/sh');
    expect(script).toContain('\nset -u\n');
  });

  test('states files, size and number', () => {
    expect(render(ROTATION)).toContain("FILES='/logs/*.log /logs/audit.json'\nMAX_BYTES=1024\nKEEP=3\n");
    expect(render({ ...ROTATION, maxBytes: 4096, keep: 9 })).toContain('\nMAX_BYTES=4096\nKEEP=9\n');
  });

  test('is the same text each time', () => {
    expect(render(ROTATION)).toBe(render({ ...ROTATION }));
  });
});

test('nginx is found by its PID file, told to open its files again, and the container is not held up', () => {
  const script = nginxRotationScript(ROTATION, '/tmp/nginx.pid');
  expect(script).toContain("PID_FILE='/tmp/nginx.pid'");
  expect(script).toContain('kill -USR1 "$pid"');
  expect(script.trimEnd().endsWith('\nrun &')).toBe(true);
});

test('a process is found by its exact name', () => {
  const script = renameAndSignalScript(ROTATION, 'gunicorn', 'HUP');
  expect(script).toContain("PROCESS='gunicorn'\nSIGNAL='HUP'\n");
  expect(script).toContain('s/ ($PROCESS) ');
});

test.each(['rename and signal', 'copy and truncate'] as const)('the rotator that works by %s stops at once', (name) => {
  expect(SCRIPTS[name](ROTATION)).toContain("trap 'exit 0' TERM INT\n");
  expect(SCRIPTS[name](ROTATION)).toContain('sleep "$INTERVAL" & wait $!');
});

describe('a full file that is to be renamed', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'rotation-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  /** Lets the script look this often at files of these contents. */
  function look(times: number, files: Record<string, string>, process = 'no-such-app') {
    for (const [name, content] of Object.entries(files)) {
      writeFileSync(join(directory, name), content);
    }
    const script = renameAndSignalScript({ files: [`${directory}/*.log`], maxBytes: 8, keep: 3 }, process, 'HUP');
    const input = script
      .replace('while :; do', `looks=0\nwhile [ "$looks" -lt ${times} ]; do looks=$((looks + 1))`)
      .replace('sleep "$INTERVAL" & wait $!', 'sleep 0.3');
    return spawnSync('sh', ['-s'], { input, encoding: 'utf8' });
  }

  test('gets another name, and the process that writes it is signalled', () => {
    const app = join(directory, 'acme-app');
    writeFileSync(
      app,
      '#!/bin/sh\ntrap "echo HUP >$0.signal; : >${0%/*}/a.log; exit" HUP\n: >$0.ready\nwhile :; do sleep 0.05; done\n',
      {
        mode: 0o755,
      },
    );
    const waitFor = (file: string) =>
      spawnSync('sh', ['-c', 'for _ in $(seq 100); do [ -e "$0" ] && exit; sleep 0.05; done', file]);
    const running = spawn(app);
    try {
      waitFor(`${app}.ready`);
      expect(look(1, { 'a.log': 'more than full', 'b.log': 'small' }, 'acme-app')).toMatchObject({
        status: 0,
        stderr: '',
      });
      waitFor(`${app}.signal`);
    } finally {
      running.kill('SIGKILL');
    }
    expect(readdirSync(directory)).toEqual([
      'a.log',
      'a.log.1',
      'acme-app',
      'acme-app.ready',
      'acme-app.signal',
      'b.log',
    ]);
  });

  test('is left alone without a process of the name, which is said once', () => {
    const { status, stdout, stderr } = look(3, { 'a.log': 'more than full', 'b.log': 'more than full' });
    expect([status, stdout]).toEqual([0, '']);
    expect(stderr).toBe(`sh: ${directory}/a.log is full, but no process is named no-such-app: logs are not rotated\n`);
    expect(readdirSync(directory)).toEqual(['a.log', 'b.log']);
  });

  test('is not missed while all files are small', () => {
    expect(look(3, { 'a.log': 'small' })).toMatchObject({ status: 0, stdout: '', stderr: '' });
  });
});

describe('a full file that is copied', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'rotation-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  /** Fills the file and lets the script look at it once, as often as there are contents. */
  function rotate(keep: number, ...contents: string[]): Record<string, string> {
    const script = copyTruncateScript({ files: [`${directory}/*.log`], maxBytes: 8, keep });
    for (const content of contents) {
      writeFileSync(join(directory, 'app.log'), content);
      const once = script.replace('sleep "$INTERVAL" & wait $!', 'exit 0');
      expect(spawnSync('sh', [], { input: once, encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
    }
    return Object.fromEntries(
      readdirSync(directory).map((file) => [file, readFileSync(join(directory, file), 'utf8')]),
    );
  }

  test('is emptied, and the oldest copies go', () => {
    expect(rotate(2, 'the first', 'the second', 'the third')).toEqual({
      'app.log': '',
      'app.log.1': 'the third',
      'app.log.2': 'the second',
    });
  });

  test('leaves one copy where one is kept', () => {
    expect(rotate(1, 'the first', 'the second')).toEqual({ 'app.log': '', 'app.log.1': 'the second' });
  });

  test('is left alone while it is small', () => {
    expect(rotate(2, 'small')).toEqual({ 'app.log': 'small' });
  });
});
