import { spawnSync } from 'node:child_process';
import { streamingScript } from '../../../src/software/scripts/streaming';

describe('the script that prints a log file', () => {
  const script = streamingScript('/var/log/app/app.log');

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
