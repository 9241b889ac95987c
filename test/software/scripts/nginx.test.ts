import { spawnSync } from 'node:child_process';
import { FIND_NGINX, nginxReloadScript } from '../../../src/software/scripts/nginx';

const SCRIPT = nginxReloadScript(['/tls/tls.crt', '/tls/tls.key'], '/tmp/nginx.pid');

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
