import { parse } from 'yaml';
import { LogFormat, Multiline } from '../../../../src';
import { renderVector, toBufferBytes, type VectorConfig } from '../../../../src/companions/logs/vector/config';
import { toVectorMultiline } from '../../../../src/companions/logs/vector/multiline';
import { renderRecordProgram } from '../../../../src/companions/logs/vector/remap';
import { deepFreeze } from '../../../support';
import { vectorProblems } from '../../../vector-schema';

const SOURCE = { container: 'app', path: '/logs/*.log', id: 'app.logs', rotatedPaths: [] };
const SINK = { type: 'http', options: { uri: 'http://in', method: 'post' }, onDisk: true };
const AGENT: VectorConfig = deepFreeze({
  port: 8686,
  stateDirectory: '/state',
  bufferMebibytes: 256,
  sources: [SOURCE],
  transforms: [],
  sinks: [SINK],
  secrets: [],
});

/** The configuration as Vector reads it, after the independent check has found nothing. */
function render(changes: Partial<VectorConfig> = {}): any {
  const config = parse(renderVector({ ...AGENT, ...changes }));
  expect(vectorProblems(config)).toEqual([]);
  return config;
}

describe('the configuration of Vector', () => {
  test('keeps all state in one directory', () => {
    expect(render().data_dir).toBe('/state');
  });

  test('counts what is read only when each sink has it', () => {
    expect(render().acknowledgements).toEqual({ enabled: true });
  });

  test('reads files from their head, with long lines and without the name of the host', () => {
    expect(render().sources).toEqual({
      app_logs: {
        type: 'file',
        include: ['/logs/*.log'],
        read_from: 'beginning',
        max_line_bytes: 1048576,
        host_key: '',
      },
    });
  });

  test('joins lines in the source', () => {
    const multiline = Multiline.startingWith('^\\d');
    expect(render({ sources: [{ ...SOURCE, multiline }] }).sources.app_logs.multiline).toMatchObject({
      start_pattern: '^\\d',
      mode: 'halt_before',
    });
  });

  test('sends the records of all files to each sink', () => {
    const config = render({
      sources: [SOURCE, { ...SOURCE, id: 'proxy.logs', container: 'proxy' }],
      sinks: [SINK, { ...SINK, type: 'console', options: { target: 'stdout' }, onDisk: false }],
    });
    expect(config.sinks.http_1.inputs).toEqual(['app_logs_record', 'proxy_logs_record']);
    expect(config.sinks.console_2.inputs).toEqual(config.sinks.http_1.inputs);
    expect(config.transforms.proxy_logs_record).toMatchObject({ type: 'remap', inputs: ['proxy_logs'] });
    expect(config.transforms.proxy_logs_record.source).toContain('.container_name = "proxy"');
  });

  test('blocks where a buffer is full, so that the files are the buffer', () => {
    expect(render({ bufferMebibytes: 300 }).sinks.http_1.buffer).toEqual({
      type: 'disk',
      max_size: 300 * 2 ** 20,
      when_full: 'block',
    });
  });

  test('writes what two sinks share twice, not as a YAML alias', () => {
    const options = deepFreeze({ uri: 'http://in', request: { headers: { a: 'b' } } });
    const sink = { ...SINK, options };
    expect(renderVector({ ...AGENT, sinks: [sink, sink] })).not.toMatch(/[&*]\w+$/m);
  });
});

test.each([
  [1, 268435488],
  [256, 268435488],
  [257, 257 * 2 ** 20],
])('a buffer of %i MiB is %i bytes', (mebibytes, bytes) => {
  expect(toBufferBytes(mebibytes)).toBe(bytes);
});

/**
 * The lines as records, as the file source of Vector joins them.
 *
 * @see https://vector.dev/docs/reference/configuration/sources/file/#multiline
 */
function join(multiline: Multiline, lines: readonly string[]): string[][] {
  const { mode, start_pattern, condition_pattern } = toVectorMultiline(multiline);
  const [start, condition] = [new RegExp(start_pattern), new RegExp(condition_pattern)];
  const records: string[][] = [];
  let open = false;
  for (const line of lines) {
    const goesOn: boolean = open && condition.test(line) === (mode !== 'halt_before');
    if (goesOn || (open && mode === 'continue_past')) {
      records.at(-1)!.push(line);
      open = goesOn;
    } else {
      records.push([line]);
      open = start.test(line);
    }
  }
  return records;
}

describe('the lines of one record', () => {
  test('begin as told, and each other line goes on', () => {
    const lines = ['stray', '2026 a', '  b', 'c', '2026 d'];
    expect(join(Multiline.startingWith('^\\d{4}'), lines)).toEqual([['stray'], ['2026 a', '  b', 'c'], ['2026 d']]);
  });

  test('are an exception of Java with its causes', () => {
    const trace = [
      'java.lang.IllegalStateException: no',
      '\tat shop.Cart.add(Cart.java:7)',
      '\tSuppressed: java.io.IOException: closed',
      '\t\tat shop.File.close(File.java:9)',
      'Caused by: java.lang.NullPointerException',
      '\tat shop.Item.price(Item.java:3)',
      '\t... 12 more',
    ];
    expect(join(Multiline.java(), ['INFO a', ...trace, 'INFO b'])).toEqual([['INFO a'], trace, ['INFO b']]);
  });

  test('are a traceback of Python with the exception after it', () => {
    const trace = [
      'Traceback (most recent call last):',
      '  File "a.py", line 1, in <module>',
      '    f()',
      'shop.Sold: x',
    ];
    expect(join(Multiline.python(), ['a', ...trace, 'b', '  c'])).toEqual([['a'], trace, ['b'], ['  c']]);
  });

  test('are a panic of Go with its goroutines', () => {
    const trace = [
      'panic: runtime error: index out of range [3] with length 3',
      '',
      'goroutine 1 [running]:',
      'main.(*Cart).add(0xc000012345, 0x3)',
      '\t/src/cart.go:7 +0x1d',
      'created by main.main',
      '\t/src/main.go:9 +0x2a',
      'exit status 2',
    ];
    expect(join(Multiline.golang(), ['ready f(x)', ...trace, 'started'])).toEqual([['ready f(x)'], trace, ['started']]);
  });

  test('are an exception of Ruby', () => {
    const trace = [
      "a.rb:6:in `/': divided by 0 (ZeroDivisionError)",
      "\tfrom a.rb:6:in `b'",
      "\t 1: from a.rb:2:in `c'",
    ];
    expect(join(Multiline.ruby(), ['a', ...trace, 'b'])).toEqual([['a'], trace, ['b']]);
  });

  test('are waited for one second', () => {
    expect(toVectorMultiline(Multiline.python()).timeout_ms).toBe(1000);
    expect(toVectorMultiline(Multiline.startingWith('^x'))).toEqual({
      start_pattern: '^x',
      condition_pattern: '^x',
      mode: 'halt_before',
      timeout_ms: 1000,
    });
  });
});

const IDENTITY = [
  '.pod_name = get_env_var!("POD_NAME")',
  '.namespace_name = get_env_var!("POD_NAMESPACE")',
  '.node_name = get_env_var!("NODE_NAME")',
  '.container_name = "app"',
];

/** The steps before the identity of the pod is added, which come first, so that the identity wins. */
function steps(format: LogFormat): string[] {
  const lines = renderRecordProgram('app', format).split('\n');
  expect(lines.slice(-IDENTITY.length)).toEqual(IDENTITY);
  return lines.slice(0, -IDENTITY.length);
}

/** Every program here was compiled and run with the crate `vrl` 0.38. */
describe('the program that makes a record of a line', () => {
  test('adds the identity of the pod', () => {
    expect(renderRecordProgram('app')).toBe(IDENTITY.join('\n'));
  });

  test('puts the fields of a JSON object in place of the line, and keeps what is none', () => {
    expect(steps(LogFormat.json())).toEqual([
      'line = to_string(.message) ?? ""',
      'fields = object(parse_json(line) ?? {}) ?? {}',
      'if fields != {} {',
      '  del(.message)',
      '  . = merge(., fields)',
      '}',
    ]);
  });

  test('finds the groups of an expression that took part', () => {
    expect(steps(LogFormat.regex('^(?<a>x)|(?<b>y)$')).slice(1, 3)).toEqual([
      "fields = parse_regex(line, r'^(?<a>x)|(?<b>y)$') ?? {}",
      'fields = filter(fields) -> |_name, value| { value != null }',
    ]);
  });

  test.each([
    ["it's (?<a>x)", "it\\'s (?<a>x)"],
    ["it\\'s (?<a>x)", "it\\'s (?<a>x)"],
    ['a\\\\(?<a>x)', 'a\\\\(?<a>x)'],
    ['"(?<a>\\d+)"', '"(?<a>\\d+)"'],
  ])('quotes the expression %s', (expression, literal) => {
    expect(steps(LogFormat.regex(expression))[1]).toBe(`fields = parse_regex(line, r'${literal}') ?? {}`);
  });

  test.each([
    [undefined, '%Y-%m-%dT%H:%M:%S%.fZ'],
    ['%d/%b/%Y:%H:%M:%S %z', '%d/%b/%Y:%H:%M:%S %z'],
    ['%F %T,%L', '%F %T,%3f'],
  ])('takes the time of the record from a field written as %s', (timeFormat, format) => {
    expect(steps(LogFormat.json({ timeKey: 'ts', timeFormat })).slice(5, -1)).toEqual([
      `  time, unread = parse_timestamp(to_string(.ts) ?? "", "${format}")`,
      '  if unread == null {',
      '    del(.ts)',
      '    .timestamp = time',
      '  }',
    ]);
  });

  test('quotes the name of a field that needs it', () => {
    expect(steps(LogFormat.json({ timeKey: '@time' })).join('\n')).toContain('del(."@time")');
  });

  test('makes numbers of the code and the size of an access log', () => {
    expect(steps(LogFormat.nginxAccess())).toEqual(
      expect.arrayContaining(['  .code = to_int(.code) ?? .code', '  .size = to_int(.size) ?? .size']),
    );
  });
});
