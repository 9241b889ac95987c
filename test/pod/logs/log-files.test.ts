import { LogFiles, type LogFilesOptions, LogFormat, Multiline } from '../../../src/index';

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
      kind: 'json',
      timeKey: 'ts',
      timeFormat: '%Y-%m-%dT%H:%M:%S.%LZ',
    });
    expect(LogFormat.json({ timeKey: 'ts', timeFormat: '%s' }).timeFormat).toBe('%s');
  });

  test('without a field for the time has no way to write it', () => {
    const { kind, timeKey, timeFormat, expression } = LogFormat.json();
    expect([kind, timeKey, timeFormat, expression]).toEqual(['json', undefined, undefined, undefined]);
  });

  test('of a regular expression keeps it', () => {
    const format = LogFormat.regex('^(?<level>\\w+) (?<message>.*)$', { timeKey: 'time' });
    expect(format).toMatchObject({ kind: 'regex', expression: '^(?<level>\\w+) (?<message>.*)$', timeKey: 'time' });
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
    const { kind, expression, timeKey, timeFormat } = LogFormat.nginxAccess();
    expect([kind, timeKey, timeFormat]).toEqual(['nginx', 'time', '%d/%b/%Y:%H:%M:%S %z']);
    expect(new RegExp(expression!).exec(line)?.groups).toMatchObject({ time: '22/Nov/2025:13:39:00 +0000', ...fields });
  });
});

describe('lines that make one record', () => {
  test.each([
    ['java', Multiline.java()],
    ['python', Multiline.python()],
    ['go', Multiline.golang()],
    ['ruby', Multiline.ruby()],
  ])('may be stack traces of %s', (kind, multiline) => {
    expect([multiline.kind, multiline.firstLine]).toEqual([kind, undefined]);
  });

  test('may begin at each line that matches an expression', () => {
    expect(Multiline.startingWith('^\\d{4}-')).toMatchObject({ kind: 'custom', firstLine: '^\\d{4}-' });
  });

  test('fails where the expression is empty', () => {
    expect(() => Multiline.startingWith('')).toThrow(
      new Error('[Multiline.startingWith] the expression "" matches every line; pass what a first line begins with'),
    );
  });
});
