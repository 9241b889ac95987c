import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { FIND_NGINX, renderNginxReloadScript } from '../../src/software/scripts/nginx';
import { renderSignalOnChangeScript } from '../../src/software/scripts/reload';
import {
  type Rotation,
  renderCopyTruncateScript,
  renderNginxRotationScript,
  renderRenameAndSignalScript,
} from '../../src/software/scripts/rotation';
import { FIND_PROCESS, quoteShell } from '../../src/software/scripts/shell';
import { renderStreamingScript } from '../../src/software/scripts/streaming';
import { renderWaitForHttpScript, renderWaitForTcpScript, type Waiting } from '../../src/software/scripts/waiting';
import { assertAlways } from '../runs';

// That which waits for a server goes on in a shell without a trap.
describe('a script that goes on after a trap', () => {
  const FILES: Rotation = { files: ['/logs/app.log'], maxBytes: 1000, keep: 3 };
  const ALL = [
    renderSignalOnChangeScript({ directory: '/watched', process: 'app', signal: 'USR1', number: 10 }),
    renderRenameAndSignalScript(FILES, 'app', 'USR1'),
    renderCopyTruncateScript(FILES),
    renderStreamingScript('/logs/app.log'),
  ];

  test.each(ALL.map((script) => [script.split('\n')[1], script]))(
    'reads nothing, as busybox 1.38 would spin: %s',
    (_, script) => {
      const commands = script!.split('\n').filter((line) => !line.startsWith('#'));
      expect(commands.filter((line) => /^trap '[^']/.test(line))).toHaveLength(1);
      expect(commands.filter((line) => /(^|[;&|({]|\b(do|then|else)\b)\s*read\s/.test(line))).toEqual([]);
    },
  );
});

test('a process is found by its name, zombies and this one passed over', () => {
  expect(FIND_PROCESS).toContain('sed -n "s/ ($PROCESS) \\([^Z] \\)/ \\1/p"');
  expect(FIND_PROCESS).toContain('grep -v "^$$ "');
});

describe('nginx', () => {
  const SCRIPT = renderNginxReloadScript(['/tls/tls.crt', '/tls/tls.key'], '/tmp/nginx.pid');

  describe('the script that loads renewed certificates', () => {
    test('is valid for a POSIX shell and names no undefined variable', () => {
      expect(spawnSync('sh', ['-n'], { input: SCRIPT })).toMatchObject({ status: 0 });
      expect(SCRIPT.split('\n')[0]).toBe('#!/bin/sh');
      expect(SCRIPT).toContain('\nset -u\n');
    });

    test('watches its files, and finds nginx by its PID file', () => {
      expect(SCRIPT).toContain("FILES='/tls/tls.crt /tls/tls.key'\n");
      expect(SCRIPT).toContain("PID_FILE='/tmp/nginx.pid'\n");
      expect(SCRIPT).toContain(FIND_NGINX);
    });

    test('asks nginx before it loads anything, and holds the container up by nothing', () => {
      expect(SCRIPT).toContain('nginx -t -q; then kill -HUP "$pid"');
      expect(SCRIPT.trimEnd().split('\n').pop()).toBe('run &');
    });
  });
});

describe('reload', () => {
  const SCRIPT = renderSignalOnChangeScript({ directory: '/watched', process: 'app', signal: 'USR1', number: 10 });

  // That it works is proved with real shells and processes, in test/real-software/config-reloader.test.ts.
  describe('the script that signals a process when files changed', () => {
    test('is told what it watches and whom it signals', () => {
      expect(SCRIPT).toContain("DIRECTORY='/watched'\nPROCESS='app'\nSIGNAL='USR1'\nNUMBER=10 # of the signal\n");
    });

    test('notices the flip of the link by which the kubelet changes all files at once', () => {
      expect(SCRIPT).toContain('readlink "$DIRECTORY/..data"');
    });

    test('leaves on SIGTERM', () => {
      expect(SCRIPT).toContain("trap 'exit 0' TERM INT\n");
    });
  });
});

const ROTATION: Rotation = { files: ['/logs/*.log', '/logs/audit.json'], maxBytes: 1024, keep: 3 };
const SCRIPTS = {
  nginx: (rotation: Rotation) => renderNginxRotationScript(rotation, '/tmp/nginx.pid'),
  'rename and signal': (rotation: Rotation) => renderRenameAndSignalScript(rotation, 'java', 'USR1'),
  'copy and truncate': renderCopyTruncateScript,
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
  const script = renderNginxRotationScript(ROTATION, '/tmp/nginx.pid');
  expect(script).toContain("PID_FILE='/tmp/nginx.pid'");
  expect(script).toContain('kill -USR1 "$pid"');
  expect(script.trimEnd().endsWith('\nrun &')).toBe(true);
});

test('a process is found by its exact name', () => {
  const script = renderRenameAndSignalScript(ROTATION, 'gunicorn', 'HUP');
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
  function look(times: number, files: Record<string, string>, process = 'no-such-app', pause = 'sleep 0.05') {
    for (const [name, content] of Object.entries(files)) {
      writeFileSync(join(directory, name), content);
    }
    const script = renderRenameAndSignalScript({ files: [`${directory}/*.log`], maxBytes: 8, keep: 3 }, process, 'HUP');
    const input = script
      .replace('while :; do', `looks=0\nwhile [ "$looks" -lt ${times} ]; do looks=$((looks + 1))`)
      .replace('sleep "$INTERVAL" & wait $!', pause);
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
    const wait = (file: string) => `for _ in $(seq 100); do [ -e "${file}" ] && break; sleep 0.05; done`;
    const waitFor = (file: string) => spawnSync('sh', ['-c', wait(file)]);
    const running = spawn(app);
    try {
      waitFor(`${app}.ready`);
      const files = { 'a.log': 'more than full', 'b.log': 'small' };
      const reopened = wait(join(directory, 'a.log'));
      expect(look(1, files, 'acme-app', reopened)).toMatchObject({ status: 0, stderr: '' });
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
    const script = renderCopyTruncateScript({ files: [`${directory}/*.log`], maxBytes: 8, keep });
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

test.each([
  ['plain', "'plain'"],
  ['two words', "'two words'"],
  ["it's", "'it'\\''s'"],
  ['', "''"],
])('the text "%s" is one word of a script', (text, word) => {
  expect(quoteShell(text)).toBe(word);
});

test('any text comes out of a shell as it went in, and nothing of it is run', () => {
  const hostile = fc.string({ unit: fc.constantFrom(...'\'"`$()\\;&|<>*?#~ \n\tab{}[]!'.split('')) });
  assertAlways(
    fc.property(
      fc.array(
        fc.oneof(hostile, fc.string()).filter((text) => !text.includes('\0')),
        { maxLength: 20 },
      ),
      (texts) => {
        const script = texts.map((text) => `printf '%s\\0' ${quoteShell(text)}\n`).join('');
        const { stdout, status } = spawnSync('sh', ['-c', script], { encoding: 'utf8' });
        expect([stdout, status]).toEqual([texts.map((text) => `${text}\0`).join(''), 0]);
      },
    ),
    50,
  );
});

describe('the script that prints a log file', () => {
  const script = renderStreamingScript('/var/log/app/app.log');

  test('names the file once, quoted', () => {
    expect(script.match(/\/var\/log\/app\/app\.log/g)).toHaveLength(1);
    expect(script).toContain("FILE='/var/log/app/app.log'\n");
  });

  test('ends on SIGTERM, which a shell as PID 1 would otherwise ignore', () => {
    expect(script).toMatch(/^trap '.*' TERM INT$/m);
    expect(script).toMatch(/& nap=\$!; wait "\$nap"/);
  });

  test('is the text of a shell script', () => {
    expect(script).toMatch(/^#!\/bin\/sh\n/);
    expect(spawnSync('sh', ['-n'], { input: script, encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
  });
});

const WAITING: Waiting = { timeout: 90, period: 3 };
const HOSTILE = `http://api/it's/$(reboot)/"\`id\`"?a=b&c=\\`;

/** The script with attempts that do what is told: what it printed. Of a second its clock may see the end, so it gets two. */
function run(attempt: string, waiting: Waiting = { timeout: 2, period: 2 }) {
  const script = renderWaitForHttpScript(waiting, HOSTILE).replace(
    /^attempt\(\).*$/m,
    () => `attempt() { ${attempt}; }`,
  );
  const { status, stdout, stderr } = spawnSync('sh', ['-s'], { input: script, encoding: 'utf8' });
  return { status, lines: stdout.trimEnd().split('\n'), stderr: stderr.trimEnd() };
}

describe.each([
  ['TCP', renderWaitForTcpScript(WAITING, 'db', 5432)],
  ['HTTP', renderWaitForHttpScript(WAITING, 'http://api:8080/healthz')],
])('the script that waits for %s', (_, script) => {
  test('is valid for a POSIX shell and names no undefined variable', () => {
    expect(spawnSync('sh', ['-n'], { input: script })).toMatchObject({ status: 0 });
    expect(script.split('\n')[0]).toBe('#!/bin/sh');
    expect(script).toContain('\nset -u\n');
  });

  test('states how long it waits', () => {
    expect(script).toContain('\nTIMEOUT=90 # seconds in all\nPERIOD=3 ');
  });

  test('stops at once, because it only waits in the foreground', () => {
    expect(script).toContain(`trap 'kill "$loop" 2>/dev/null; exit 143' TERM INT\nrun &\n`);
    expect(script.endsWith('wait "$loop"\n')).toBe(true);
  });
});

test('a port of an IPv6 address is told from the address', () => {
  expect(renderWaitForTcpScript(WAITING, '::1', 5432)).toContain("WHAT='[::1]:5432'\n");
  expect(renderWaitForTcpScript(WAITING, 'db', 5432)).toContain("WHAT='db:5432'\n");
});

test('nothing in a URL is run', () => {
  const { status, lines } = run(`[ "$WHAT" = "$(printf '%s' "$WHAT")" ]`);
  expect([status, ...lines]).toEqual([
    0,
    `waiting for ${HOSTILE}, at most 2 s`,
    expect.stringMatching(/answers after [012] s$/),
  ]);
  expect(lines[1]).toContain(`${HOSTILE} answers after`);
});

test('what failed is said in one line, the last of what was printed', () => {
  const { status, lines, stderr } = run('echo note; echo "wget: server returned error: HTTP/1.1 503"; return 1');
  expect(status).toBe(1);
  expect(lines).toEqual([
    `waiting for ${HOSTILE}, at most 2 s`,
    'no answer yet: wget: server returned error: HTTP/1.1 503',
  ]);
  expect(stderr).toBe(
    `gave up: ${HOSTILE} did not answer within 2 s; last error: wget: server returned error: HTTP/1.1 503`,
  );
});

test.each([
  ['return 7', 'exit code 7'],
  [
    'echo "nc: db (10.0.0.1:5432): Connection refused"; echo "sent 0, rcv 0"; return 1',
    'nc: db \\(10\\.0\\.0\\.1:5432\\): Connection refused',
  ],
  ['return 143', 'no answer within [12] s'],
  ['return 124', 'no answer within [12] s'],
])('an attempt that does `%s` failed with "%s"', (attempt, reason) => {
  expect(run(attempt).stderr).toMatch(new RegExp(`; last error: ${reason}$`));
});

test('each new reason is said once', () => {
  const { lines } = run('if [ "$left" -gt 2 ]; then echo one; else echo two; fi; return 1', { timeout: 4, period: 1 });
  expect(lines.slice(1)).toEqual(['no answer yet: one', 'no answer yet: two']);
});
