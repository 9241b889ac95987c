import { Size } from 'cdk8s';
import fc from 'fast-check';
import { LogFiles, type LogFilesOptions, LogFormat, LogRotation, LogRotationMethod, Multiline } from '../../../src';
import { isProcessName } from '../../../src/pod/logs/log-rotation';
import { assertAlways } from '../../runs';

describe('log files', () => {
  test('are a directory in its one spelling and a pattern', () => {
    const files = LogFiles.inDirectory('/var/log//app/', { pattern: '*.log' });
    expect([files.directory, files.pattern, files.path]).toEqual(['/var/log/app', '*.log', '/var/log/app/*.log']);
  });

  test('carry what is said of them', () => {
    const [format, multiline] = [LogFormat.json(), Multiline.java()];
    const files = LogFiles.inDirectory('/var/log', { pattern: '*', format, multiline, container: 'app' });
    expect(files).toMatchObject({ format, multiline, container: 'app' });
  });

  test('are lines of text of the main container where nothing is said', () => {
    const { format, multiline, container } = LogFiles.inDirectory('/var/log', { pattern: '*' });
    expect([format, multiline, container]).toEqual([undefined, undefined, undefined]);
  });

  test.each(['/var/log', '/a', '/srv/app-1.2/log_files', '/a@b%c+d=e'])('may be in "%s"', (directory) => {
    expect(LogFiles.inDirectory(directory, { pattern: 'a' }).directory).toBe(directory);
  });

  test.each([
    ['var/log', 'is not absolute; begin it with "/"'],
    ['/var:log', 'contains ":", which Kubernetes forbids in a mount path; choose another directory'],
    ['/', 'would hide the whole file system of the image; mount a directory below "/"'],
    ['/var/my log', 'has characters beside letters, digits and "._-@%+="; choose another directory'],
    ["/var/'log'", 'has characters beside letters, digits and "._-@%+="; choose another directory'],
    ['/var/$HOME', 'has characters beside letters, digits and "._-@%+="; choose another directory'],
    ['/var/*', 'has characters beside letters, digits and "._-@%+="; choose another directory'],
  ])('fails where the directory is "%s"', (directory, problem) => {
    expect(() => LogFiles.inDirectory(directory, { pattern: '*.log' })).toThrow(
      new Error(`[LogFiles.inDirectory] directory "${directory}" ${problem}`),
    );
  });

  test.each(['*.log', 'access.log', 'app-?.log', 'a+b=c@1%.log'])('may match "%s"', (pattern) => {
    expect(LogFiles.inDirectory('/var/log', { pattern }).pattern).toBe(pattern);
  });

  test.each(['', 'a/b.log', 'a b.log', "a'.log", '$(x)', 'a;b', 'a\n'])(
    'fails where the pattern is "%s"',
    (pattern) => {
      expect(() => LogFiles.inDirectory('/var/log', { pattern })).toThrow(
        new Error(
          `[LogFiles.inDirectory] pattern "${pattern}" is not the name of a file or has characters beside letters, digits and "._-@%+="; pass a shell pattern such as "*.log"`,
        ),
      );
    },
  );
});

describe('two sets of log files', () => {
  const files = (options: Partial<LogFilesOptions> = {}, directory = '/var/log') =>
    LogFiles.inDirectory(directory, { pattern: '*.log', ...options });
  const like = (a: LogFiles, b: LogFiles) => [a._readsLike(b), b._readsLike(a)];

  test.each<[string, () => LogFiles]>([
    ['text', () => files()],
    ['JSON', () => files({ format: LogFormat.json({ timeKey: 'ts' }) })],
    ['stack traces', () => files({ multiline: Multiline.java() })],
  ])('read alike where their lines mean the same: %s', (_, make) => {
    expect(like(make(), make())).toEqual([true, true]);
  });

  test('read alike wherever they are', () => {
    expect(like(files(), files({ pattern: 'a', container: 'app' }, '/srv'))).toEqual([true, true]);
  });

  test.each<[string, LogFilesOptions]>([
    ['format', { pattern: '*', format: LogFormat.json() }],
    ['time', { pattern: '*', format: LogFormat.json({ timeKey: 'time' }) }],
    ['way to write the time', { pattern: '*', format: LogFormat.json({ timeKey: 'ts', timeFormat: '%s' }) }],
    ['expression', { pattern: '*', format: LogFormat.regex('(?<a>.*)', { timeKey: 'ts' }) }],
    ['record', { pattern: '*', format: LogFormat.json({ timeKey: 'ts' }), multiline: Multiline.java() }],
  ])('read differently with another %s', (_, options) => {
    const json = files({ format: LogFormat.json({ timeKey: 'ts' }) });
    expect(like(json, files(options))).toEqual([false, false]);
  });
});

describe('a log format', () => {
  test('of JSON takes its time from a field, written as ISO 8601 unless said otherwise', () => {
    expect(LogFormat.json({ timeKey: 'ts' })).toMatchObject({
      type: 'json',
      timeKey: 'ts',
      timeFormat: '%Y-%m-%dT%H:%M:%S.%LZ',
    });
    expect(LogFormat.json({ timeKey: 'ts', timeFormat: '%s' }).timeFormat).toBe('%s');
  });

  test('without a field for the time has no way to write it', () => {
    const { type, timeKey, timeFormat, expression } = LogFormat.json();
    expect([type, timeKey, timeFormat, expression]).toEqual(['json', undefined, undefined, undefined]);
  });

  test('of a regular expression keeps it', () => {
    const format = LogFormat.regex('^(?<level>\\w+) (?<message>.*)$', { timeKey: 'time' });
    expect(format).toMatchObject({ type: 'regex', expression: '^(?<level>\\w+) (?<message>.*)$', timeKey: 'time' });
  });

  test.each(['^.*$', '^(a)(?:b)(?=c)$', '(?<=a)b', '(?<!a)b'])('fails where "%s" has no named group', (expression) => {
    expect(() => LogFormat.regex(expression)).toThrow(
      new Error(
        `[LogFormat.regex] expression "${expression}" has no named group, so no field would be found; write groups as "(?<name>...)"`,
      ),
    );
  });

  test.each([
    [
      'combined',
      '10.0.0.1 - alice [22/Nov/2025:13:39:00 +0000] "GET /a?b=1 HTTP/1.1" 200 12 "https://example.com/" "curl/8.5 (x)"',
      { user: 'alice', method: 'GET', path: '/a?b=1', code: '200', agent: 'curl/8.5 (x)' },
    ],
    [
      'without referer and agent',
      '::1 - - [22/Nov/2025:13:39:00 +0000] "POST / HTTP/2.0" 404 0',
      { remote: '::1', user: '-', method: 'POST', path: '/', code: '404', size: '0', referer: undefined },
    ],
    [
      'of a broken request',
      '10.0.0.1 - - [22/Nov/2025:13:39:00 +0000] "\\x16\\x03" 400 157 "-" "-"',
      { method: '\\x16\\x03', path: undefined, code: '400', referer: '-' },
    ],
  ])('of nginx reads a line %s', (_, line, fields) => {
    const { type, expression, timeKey, timeFormat } = LogFormat.nginxAccess();
    expect([type, timeKey, timeFormat]).toEqual(['nginx', 'time', '%d/%b/%Y:%H:%M:%S %z']);
    expect(new RegExp(expression!).exec(line)?.groups).toMatchObject({ time: '22/Nov/2025:13:39:00 +0000', ...fields });
  });
});

describe('lines that make one record', () => {
  test.each([
    ['java', Multiline.java()],
    ['python', Multiline.python()],
    ['go', Multiline.golang()],
    ['ruby', Multiline.ruby()],
  ])('may be stack traces of %s', (type, multiline) => {
    expect([multiline.type, multiline.firstLine]).toEqual([type, undefined]);
  });

  test('may begin at each line that matches an expression', () => {
    expect(Multiline.startingWith('^\\d{4}-')).toMatchObject({ type: 'custom', firstLine: '^\\d{4}-' });
  });

  test('fails where the expression is empty', () => {
    expect(() => Multiline.startingWith('')).toThrow(
      new Error('[Multiline.startingWith] the expression "" matches every line; pass what a first line begins with'),
    );
  });
});

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

  test.each([0, -1, 100, 1.5])('fails where it keeps %d files', (keep) => {
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
    assertAlways(
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
