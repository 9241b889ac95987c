import { Size } from 'cdk8s';
import fc from 'fast-check';
import { LogRotation, LogRotationMethod } from '../../../src/index';
import { isProcessName } from '../../../src/pod/logs/log-rotation';

const MAKERS = {
  byApplication: LogRotation.byApplication,
  copyTruncate: LogRotation.copyTruncate,
  renameAndSignal: (options: { keep?: number; maxFileSize?: Size } = {}) =>
    LogRotation.renameAndSignal({ process: 'shop', ...options }),
};

test.each([
  ['byApplication', LogRotationMethod.APPLICATION, 64, 5],
  ['copyTruncate', LogRotationMethod.COPY_TRUNCATE, 16, 3],
  ['renameAndSignal', LogRotationMethod.RENAME_AND_SIGNAL, 16, 3],
] as const)('%s has defaults', (name, method, maxMebibytes, keep) => {
  const rotation = MAKERS[name]();
  expect(rotation).toMatchObject({ method, keep });
  expect(rotation.maxFileSize.toMebibytes()).toBe(maxMebibytes);
});

describe.each(Object.entries(MAKERS))('%s', (_, make) => {
  test('keeps what it is given', () => {
    const rotation = make({ keep: 99, maxFileSize: Size.kibibytes(64) });
    expect([rotation.keep, rotation.maxFileSize.toKibibytes()]).toEqual([99, 64]);
  });

  test.each([0, -1, 100, 1.5, Number.NaN])('fails where it keeps %d files', (keep) => {
    expect(() => make({ keep })).toThrow(
      new Error(`[LogRotation] \`keep\` is ${keep}; pass a whole number from 1 to 99`),
    );
  });

  test('fails where a file is so small that it would always be rotated', () => {
    expect(() => make({ maxFileSize: Size.kibibytes(63) })).toThrow(
      new Error('[LogRotation] `maxFileSize` is 63 KiB, which would rotate all the time; pass at least 64 KiB'),
    );
  });

  test('gives room for twice the written and the kept files, in whole mebibytes', () => {
    const sizes = fc.record({
      keep: fc.integer({ min: 1, max: 99 }),
      kibibytes: fc.integer({ min: 64, max: 1 << 20 }),
    });
    fc.assert(
      fc.property(sizes, ({ keep, kibibytes }) => {
        const { volumeSize } = make({ keep, maxFileSize: Size.kibibytes(kibibytes) });
        const spare = volumeSize.toMebibytes() * 1024 - kibibytes * (2 * keep + 2);
        expect(spare).toBeGreaterThanOrEqual(0);
        expect(spare).toBeLessThan(1024);
      }),
    );
  });

  test('takes a size that is a fraction', () => {
    const rotation = make({ keep: 1, maxFileSize: Size.mebibytes(0.3) });
    expect(rotation.maxFileBytes).toBe(314573);
    expect(rotation.volumeSize.toMebibytes()).toBe(2);
  });

  test('knows the size of a file in bytes', () => {
    expect(make({ maxFileSize: Size.kibibytes(64) }).maxFileBytes).toBe(65536);
    expect(make({ maxFileSize: Size.mebibytes(1) }).maxFileBytes).toBe(1048576);
  });
});

describe('the names of rotated files', () => {
  const isRotated = ({ rotatedFiles }: LogRotation, name: string) =>
    rotatedFiles
      .split(',')
      .map((pattern) => new RegExp(`^${pattern.replace(/\./g, '\\.').replace(/\*/g, '.*')}$`))
      .some((pattern) => pattern.test(name));

  test.each(Object.entries(MAKERS))('of %s end in any number that may be kept', (_, make) => {
    const kept = ['app.log.1', 'app.log.9', 'app.log.10', 'app.log.99'];
    expect(kept.filter((name) => !isRotated(make(), name))).toEqual([]);
    expect(['app.log', 'app.2025.log', 'app-1.2.log', 'app1'].filter((name) => isRotated(make(), name))).toEqual([]);
  });

  test('may be archives where the application rotates', () => {
    const archives = ['app.log.1.gz', 'app-2025.zip', 'app.log.zst'];
    expect(archives.filter((name) => isRotated(LogRotation.byApplication(), name))).toEqual(archives);
    expect(archives.filter((name) => isRotated(LogRotation.copyTruncate(), name))).toEqual([]);
  });

  test('may be those that the application gives in its own way', () => {
    expect(LogRotation.byApplication({ rotatedFiles: 'shop-*.log.gz' }).rotatedFiles).toBe('shop-*.log.gz');
  });
});

test('a signal is USR1 unless said otherwise', () => {
  expect(LogRotation.renameAndSignal({ process: 'shop' })).toMatchObject({ process: 'shop', signal: 'USR1' });
  expect(LogRotation.renameAndSignal({ process: 'my.app+1_2-3', signal: 'HUP' })).toMatchObject({
    process: 'my.app+1_2-3',
    signal: 'HUP',
  });
});

test('nobody is signalled by the other methods', () => {
  for (const { process, signal } of [LogRotation.byApplication(), LogRotation.copyTruncate()]) {
    expect([process, signal]).toEqual([undefined, undefined]);
  }
});

test.each(['', 'sixteen-letters-', 'my app', "a'b", '/bin/app'])('fails where the process is "%s"', (process) => {
  expect(() => LogRotation.renameAndSignal({ process })).toThrow(
    new Error(
      `[LogRotation.renameAndSignal] \`process\` "${process}" is not a process name; pass 1 to 15 letters, digits, ".", "+", "_" or "-"`,
    ),
  );
});

test.each(['', 'usr1', 'USR 1', '-9'])('fails where the signal is "%s"', (signal) => {
  expect(() => LogRotation.renameAndSignal({ process: 'shop', signal })).toThrow(
    new Error(
      `[LogRotation.renameAndSignal] \`signal\` "${signal}" is not a signal; pass a name without "SIG", such as "USR1" or "HUP"`,
    ),
  );
});

test.each(['nginx', 'php-fpm8.3', 'a', 'x'.repeat(15), 'g++'])('"%s" can be the name of a process', (name) => {
  expect(isProcessName(name)).toBe(true);
});

test.each(['', 'x'.repeat(16), '/usr/sbin/nginx', 'my app', "a'b", '$(id)'])('"%s" is no name of a process', (name) => {
  expect(isProcessName(name)).toBe(false);
});
