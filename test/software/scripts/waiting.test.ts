import { spawnSync } from 'node:child_process';
import { type Waiting, waitForHttpScript, waitForTcpScript } from '../../../src/software/scripts/waiting';

const WAITING: Waiting = { timeout: 90, period: 3 };
const HOSTILE = `http://api/it's/$(reboot)/"\`id\`"?a=b&c=\\`;

/** The script with attempts that do what is told instead, and then what it printed. */
function run(attempt: string, waiting: Waiting = { timeout: 1, period: 1 }) {
  const script = waitForHttpScript(waiting, HOSTILE).replace(/^attempt\(\).*$/m, () => `attempt() { ${attempt}; }`);
  const { status, stdout, stderr } = spawnSync('sh', ['-s'], { input: script, encoding: 'utf8' });
  return { status, lines: stdout.trimEnd().split('\n'), stderr: stderr.trimEnd() };
}

describe.each([
  ['TCP', waitForTcpScript(WAITING, 'db', 5432)],
  ['HTTP', waitForHttpScript(WAITING, 'http://api:8080/healthz')],
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
  expect(waitForTcpScript(WAITING, '::1', 5432)).toContain("WHAT='[::1]:5432'\n");
  expect(waitForTcpScript(WAITING, 'db', 5432)).toContain("WHAT='db:5432'\n");
});

test('nothing in a URL is run', () => {
  const { status, lines } = run(`[ "$WHAT" = "$(printf '%s' "$WHAT")" ]`);
  expect([status, ...lines]).toEqual([
    0,
    `waiting for ${HOSTILE}, at most 1 s`,
    expect.stringMatching(/answers after [01] s$/),
  ]);
  expect(lines[1]).toContain(`${HOSTILE} answers after`);
});

test('what failed is said in one line, the last of what was printed', () => {
  const { status, lines, stderr } = run('echo note; echo "wget: server returned error: HTTP/1.1 503"; return 1');
  expect(status).toBe(1);
  expect(lines).toEqual([
    `waiting for ${HOSTILE}, at most 1 s`,
    'no answer yet: wget: server returned error: HTTP/1.1 503',
  ]);
  expect(stderr).toBe(
    `gave up: ${HOSTILE} did not answer within 1 s; last error: wget: server returned error: HTTP/1.1 503`,
  );
});

test.each([
  ['return 7', 'exit code 7'],
  [
    'echo "nc: db (10.0.0.1:5432): Connection refused"; echo "sent 0, rcv 0"; return 1',
    'nc: db (10.0.0.1:5432): Connection refused',
  ],
  ['return 143', 'no answer within 1 s'],
  ['return 124', 'no answer within 1 s'],
])('an attempt that does `%s` failed with "%s"', (attempt, reason) => {
  expect(run(attempt).stderr.endsWith(`; last error: ${reason}`)).toBe(true);
});

test('each new reason is said once', () => {
  const { lines } = run('if [ "$left" -gt 2 ]; then echo one; else echo two; fi; return 1', { timeout: 4, period: 1 });
  expect(lines.slice(1)).toEqual(['no answer yet: one', 'no answer yet: two']);
});
