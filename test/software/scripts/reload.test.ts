import { signalOnChangeScript } from '../../../src/software/scripts/reload';

const SCRIPT = signalOnChangeScript({ directory: '/watched', process: 'app', signal: 'USR1', number: 10 });

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
