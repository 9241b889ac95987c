import fc from 'fast-check';
import type { LogSource } from '../../../../src/companions/kit/log-source';
import { type FluentdConfig, renderFluentd } from '../../../../src/companions/logs/fluentd/config';
import { quoteFluentd, renderSections, Variable } from '../../../../src/companions/logs/fluentd/syntax';
import type { Container } from '../../../../src/pod/manifest/pod-template';
import { type FluentdSection, fluentdProblems, readFluentd, readLiteral } from '../../../fluentd-schema';
import { ANY_CHARACTER, assertAlways } from '../../../runs';
import { deepFreeze } from '../../../support';

const CONTAINER: Container = {
  name: 'log-agent',
  env: [{ name: 'POD_NAME' }, { name: 'POD_NAMESPACE' }, { name: 'NODE_NAME' }],
  volumeMounts: [
    { name: 'state', mountPath: '/state' },
    { name: 'logs', mountPath: '/logs', readOnly: true },
  ],
};
const SOURCE: LogSource = { container: 'app', path: '/logs/*.log', id: 'app.logs', rotatedPaths: [] };
const AGENT: FluentdConfig = deepFreeze({
  port: 24220,
  stateDirectory: '/state',
  bufferMebibytes: 128,
  sources: [SOURCE],
  outputs: [{ type: 'stdout', items: [] }],
});

/** The configuration as Fluentd reads it, after the independent check has found nothing. */
function render(changes: Partial<FluentdConfig> = {}) {
  const text = renderFluentd({ ...AGENT, ...changes });
  expect(fluentdProblems(text, CONTAINER)).toEqual([]);
  const sections = readFluentd(text);
  const logs = sections.find(({ argument }) => argument === '@LOGS')!.sections;
  return {
    text,
    sections,
    tail: sections.find(({ parameters }) => parameters['@type'] === 'tail')!,
    filters: logs.filter(({ name }) => name === 'filter'),
    match: logs.find(({ name }) => name === 'match')!,
  };
}

const renderSource = (changes: Partial<LogSource>) => render({ sources: [{ ...SOURCE, ...changes }] });
const inner = (section: FluentdSection, name: string) =>
  section.sections.find((each) => each.name === name)!.parameters;

describe('the configuration of Fluentd', () => {
  test('tells its health to the kubelet, but not its configuration, which shows credentials', () => {
    expect(render({ port: 1234 }).sections[0]!.parameters).toEqual({
      '@type': 'monitor_agent',
      bind: '0.0.0.0',
      port: '1234',
      include_config: 'false',
    });
  });

  test('reads files from their head, follows renamed ones and finds new ones within seconds', () => {
    expect(render().tail.parameters).toMatchObject({
      path: '/logs/*.log',
      glob_policy: 'extended',
      pos_file: '/state/app.logs.pos',
      read_from_head: 'true',
      follow_inodes: 'true',
      refresh_interval: '1',
      rotate_wait: '300',
      path_key: 'file',
    });
  });

  test('passes rotated files over where their names are known', () => {
    expect(renderSource({ rotatedPaths: ['/logs/*.1', '/logs/*.gz'] }).tail.parameters.exclude_path).toBe(
      '["/logs/*.1","/logs/*.gz"]',
    );
    expect(render().tail.parameters).not.toHaveProperty('exclude_path');
  });

  test('keeps a text line whole, in the field "log"', () => {
    const { tail, filters } = render();
    expect(inner(tail, 'parse')).toEqual({ '@type': 'none', message_key: 'log' });
    expect(filters.map(({ parameters }) => parameters['@type'])).toEqual(['record_transformer']);
  });

  test('keeps records on the state volume, tries forever, drops none for want of room and delivers at the end', () => {
    expect(inner(render({ bufferMebibytes: 64 }).match, 'buffer')).toEqual({
      '@type': 'file',
      path: '/state/buffer/output-1',
      chunk_limit_size: '4m',
      total_limit_size: '64m',
      flush_mode: 'interval',
      flush_interval: '1s',
      flush_at_shutdown: 'true',
      retry_forever: 'true',
      retry_max_interval: '30s',
      overflow_action: 'block',
      disable_chunk_backup: 'true',
    });
  });

  test('has chunks no larger than the whole buffer', () => {
    expect(inner(render({ bufferMebibytes: 1 }).match, 'buffer')).toMatchObject({ chunk_limit_size: '1m' });
  });

  test('sends every record to each of several outputs, with a buffer of their own', () => {
    const { match } = render({ outputs: [...AGENT.outputs, { type: 'null', items: [] }, { type: 'http', items: [] }] });
    expect(match.parameters).toEqual({ '@type': 'copy' });
    expect(match.sections.map(({ name, parameters }) => [name, parameters['@type'], parameters['@id']])).toEqual([
      ['store', 'stdout', 'output-1'],
      ['store', 'null', 'output-2'],
      ['store', 'http', 'output-3'],
    ]);
    expect(inner(match.sections[2]!, 'buffer').path).toBe('/state/buffer/output-3');
    expect(match.sections[1]!.sections).toEqual([]);
  });

  test('adds what a user says of the buffer', () => {
    const buffer = { name: 'buffer', items: [['compress', 'gzip'] as const] };
    const { match } = render({ outputs: [{ type: 'http', items: [buffer] }] });
    expect(match.sections.map(({ name }) => name)).toEqual(['buffer']);
    expect(inner(match, 'buffer')).toMatchObject({ compress: 'gzip', '@type': 'file' });
  });

  test('ships none of its own messages', () => {
    const own = render().sections.find(({ argument }) => argument === '@FLUENT_LOG')!;
    expect(own.sections[0]).toMatchObject({ name: 'match', argument: '**', parameters: { '@type': 'null' } });
  });

  test('parses a line before it adds the identity of the pod, so that the identity wins', () => {
    const { filters } = renderSource({ format: { type: 'json' } });
    expect(filters.map(({ argument, parameters }) => [argument, parameters['@type']])).toEqual([
      ['app.logs', 'parser'],
      ['app.logs', 'record_transformer'],
    ]);
    expect(inner(filters[1]!, 'record')).toEqual({
      pod_name: "#{ENV['POD_NAME']}",
      namespace_name: "#{ENV['POD_NAMESPACE']}",
      node_name: "#{ENV['NODE_NAME']}",
      container_name: 'app',
    });
  });

  test('keeps the line that does not parse, and takes no field named "time" for the time', () => {
    const [parser] = renderSource({ format: { type: 'json' } }).filters;
    expect(parser!.parameters).toMatchObject({
      key_name: 'log',
      reserve_data: 'true',
      reserve_time: 'true',
      remove_key_name_field: 'true',
      emit_invalid_record_to_error: 'false',
    });
    expect(inner(parser!, 'parse')).toEqual({ '@type': 'json', time_key: '' });
  });

  test('reads the time of a record, in UTC unless it says otherwise, and reports one that it cannot read', () => {
    const format = { type: 'json', timeKey: 'ts', timeFormat: '%Y-%m-%dT%H:%M:%S.%LZ' };
    const [parser] = renderSource({ format }).filters;
    expect(parser!.parameters).toMatchObject({ reserve_time: 'false', emit_invalid_record_to_error: 'true' });
    expect(inner(parser!, 'parse')).toEqual({
      '@type': 'json',
      time_key: 'ts',
      time_type: 'string',
      time_format: '%Y-%m-%dT%H:%M:%S.%LZ',
      localtime: 'false',
    });
    const [unix] = renderSource({ format: { type: 'json', timeKey: 'ts', timeFormat: '%s' } }).filters;
    expect(inner(unix!, 'parse')).toEqual({ '@type': 'json', time_key: 'ts', time_type: 'float' });
  });

  test.each(['^(?<a>\\d{4}) "(?<b>[^"]*)" it\'s: #x$', '(?<a>\\S+)\\t@%&*|>/#{x}'])(
    'keeps the expression %s',
    (expression) => {
      const [parser] = renderSource({ format: { type: 'regex', expression } }).filters;
      expect(inner(parser!, 'parse')).toMatchObject({ '@type': 'regexp', expression: `/${expression}/` });
    },
  );

  test('counts the code and size of an access log as numbers', () => {
    const [parser] = renderSource({ format: { type: 'nginx', expression: '(?<code>\\d+)' } }).filters;
    expect(inner(parser!, 'parse')).toMatchObject({ types: 'code:integer,size:integer' });
  });
});

describe('records of several lines', () => {
  /** The lines as records, by the expression of the generated parser. */
  function join(multiline: LogSource['multiline'], lines: string[]): string[][] {
    const { tail } = renderSource({ multiline });
    expect(tail.parameters).toMatchObject({ multiline_flush_interval: '1s', emit_unmatched_lines: 'true' });
    const { format_firstline: first, ...parse } = inner(tail, 'parse');
    expect(parse).toEqual({ '@type': 'multiline', format1: '/^(?<log>.*)/', time_key: '' });
    const records: string[][] = [];
    for (const line of lines) {
      if (new RegExp(first!.slice(1, -1)).test(line)) {
        records.push([line]);
      } else {
        records.at(-1)!.push(line);
      }
    }
    return records;
  }

  test.each<[string, string[][]]>([
    [
      'java',
      [
        ['10:00 ERROR order failed'],
        [
          'java.lang.IllegalStateException: no stock',
          '\tat com.acme.Shop.order(Shop.java:42)',
          'Caused by: java.io.IOException',
          '\t... 3 more',
        ],
        ['10:01 INFO next'],
      ],
    ],
    [
      'python',
      [
        [
          'Traceback (most recent call last):',
          '  File "a.py", line 3, in f',
          '    g()',
          'shop.errors.StockError: none left',
        ],
        ['INFO next'],
      ],
    ],
    [
      'go',
      [
        [
          'panic: no stock',
          '',
          'goroutine 1 [running]:',
          'main.(*Shop).order(0xc000012345, 0x2a)',
          '\t/src/shop.go:42 +0x1d',
          'exit status 2',
        ],
        ['{"level":"info"}'],
      ],
    ],
    ['ruby', [["shop.rb:3:in `order': no stock (StockError)", "\tfrom shop.rb:9:in `<main>'"], ['next']]],
  ])('join a stack trace of %s', (language, records) => {
    expect(join({ type: language }, records.flat())).toEqual(records);
  });

  test('begin where the user says', () => {
    const firstLine = '^\\d{4}-';
    expect(join({ type: 'custom', firstLine }, ['2026-1 a', 'b', '', '2026-2 c'])).toEqual([
      ['2026-1 a', 'b', ''],
      ['2026-2 c'],
    ]);
  });
});

describe('the independent check of a configuration', () => {
  const good = renderFluentd({ ...AGENT, sources: [{ ...SOURCE, format: { type: 'json' } }] });

  test.each([
    ['an unknown plugin', '@type stdout', '@type stdoud', 'unknown plugin stdoud'],
    ['an unknown parameter', 'path_key', 'pathkey', 'unknown parameter pathkey of tail'],
    ['an unknown section', /buffer>/g, 'bufer>', 'unknown section bufer of stdout'],
    ['an unknown parser', '@type json', '@type jason', 'unknown plugin jason'],
    ['a variable that nobody sets', "ENV['POD_NAME']", "ENV['POD_UID']", 'POD_UID is not in the environment'],
    ['positions off the state volume', '/state/app', '/tmp/app', '/tmp/app.logs.pos is not writable'],
    ['files that the agent cannot see', 'path /logs/', 'path /var/', '/var/*.log is on no read-only volume'],
  ])('finds %s', (_, from, to, problem) => {
    expect(fluentdProblems(good.replace(from, to), CONTAINER)).toContain(problem);
  });

  test.each([
    ['a section without an end', '</buffer>', ''],
    ['an end of another section', '</buffer>', '</match>'],
    ['a parameter that is there twice', 'path_key file', 'path_key file\npath_key file'],
    ['Ruby code', 'path_key file', 'path_key "#{`id`}"'],
  ])('fails on %s', (_, from, to) => {
    expect(() => fluentdProblems(good.replace(from, to), CONTAINER)).toThrow();
  });
});

describe('a text in the configuration of Fluentd', () => {
  test.each([
    ['', "''"],
    ["it's", "'it\\'s'"],
    ['C:\\logs', "'C:\\\\logs'"],
    ['#{ENV["X"]}', '\'#{ENV["X"]}\''],
    ['a # no comment', "'a # no comment'"],
    ['two\nlines of #{`id`} and "quotes"', '"two\\nlines of \\#{`id`} and \\"quotes\\""'],
  ])('%j is written %s', (text, written) => {
    expect(quoteFluentd(text)).toBe(written);
  });

  test('is read back as it was, whatever stands in it, and evaluates nothing', () => {
    const text = fc.oneof(
      fc.string({ unit: ANY_CHARACTER }),
      fc
        .array(fc.constantFrom('\\', "'", '"', '#', '{', '}', '\n', '\t', 'n', '$', '<', '>', ' '))
        .map((s) => s.join('')),
    );
    assertAlways(
      fc.property(text, (value) => {
        expect(readLiteral(quoteFluentd(value))).toBe(value);
      }),
      2000,
    );
  });

  test('of a parameter never becomes another parameter or section', () => {
    assertAlways(
      fc.property(fc.string({ unit: ANY_CHARACTER }), (value) => {
        const text = renderSections([
          {
            name: 'match',
            argument: '**',
            items: [
              ['a', value],
              ['b', 1],
            ],
          },
        ]);
        expect(readFluentd(text)).toEqual([
          { name: 'match', argument: '**', parameters: { a: value, b: '1' }, sections: [] },
        ]);
      }),
      1000,
    );
  });
});

test('sections are written in each other, with values of every kind', () => {
  const text = renderSections([
    {
      name: 'match',
      argument: '**',
      items: [
        ['@type', 'http'],
        ['port', 80],
        ['tls', false],
        ['paths', ['/a b', '/c']],
        { name: 'auth', items: [['password', new Variable('HTTP_PASSWORD')]] },
      ],
    },
    { name: 'source', items: [] },
  ]);
  expect(text).toBe(`<match **>
  @type http
  port 80
  tls false
  paths '["/a b","/c"]'
  <auth>
    password "#{ENV['HTTP_PASSWORD']}"
  </auth>
</match>

<source>
</source>
`);
});
