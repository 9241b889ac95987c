import fc from 'fast-check';
import {
  type Agent,
  type LokiEndpoint,
  renderAlloy,
  type Source,
  validateAlloyLogs,
} from '../../../../src/companions/logs/alloy/config';
import {
  quoteAlloyString,
  renderBlocks,
  toEnvironmentExpression,
  toReference,
} from '../../../../src/companions/logs/alloy/syntax';
import type { Container } from '../../../../src/pod/manifest/pod-template';
import { type AlloyBlock, alloyProblems, readAlloy, readString } from '../../../alloy-schema';
import { assertAlways } from '../../../runs';
import { deepFreeze } from '../../../support';

const CONTAINER: Container = {
  name: 'log-agent',
  env: ['POD_NAME', 'POD_NAMESPACE', 'NODE_NAME', 'USER', 'PASSWORD', 'TOKEN'].map((name) => ({ name })),
  volumeMounts: [
    { name: 'state', mountPath: '/state' },
    { name: 'logs', mountPath: '/logs', readOnly: true },
  ],
};
const SOURCE: Source = { container: 'app', path: '/logs/*.log', id: 'app.var-log', rotatedPaths: [] };
const LOKI: LokiEndpoint = { endpoint: 'http://loki:3100', labels: {} };
const AGENT: Agent = deepFreeze({ sources: [SOURCE], endpoints: [LOKI] });

/** The configuration as Alloy reads it, after the independent check has found nothing. */
function render(changes: Partial<Agent> = {}): AlloyBlock[] {
  const text = renderAlloy({ ...AGENT, ...changes });
  expect(alloyProblems(text, CONTAINER)).toEqual([]);
  return readAlloy(text);
}

const renderSource = (changes: Partial<Source>) => render({ sources: [{ ...SOURCE, ...changes }] });
const find = (blocks: readonly AlloyBlock[], name: string) => blocks.find((each) => each.name === name)!;
const stages = (changes: Partial<Source>) => find(renderSource(changes), 'loki.process').blocks;

describe('the configuration of Alloy', () => {
  test('finds files each second and reads them from their head', () => {
    const blocks = render();
    expect(find(blocks, 'local.file_match')).toMatchObject({
      label: 'app__var_log',
      attributes: { path_targets: [{ __path__: '/logs/*.log', container: 'app' }], sync_period: '1s' },
    });
    expect(find(blocks, 'loki.source.file').attributes).toEqual({
      targets: { evaluated: 'local.file_match.app__var_log.targets' },
      forward_to: [{ evaluated: 'loki.write.loki_1.receiver' }],
    });
    expect(find(blocks, 'loki.source.file').blocks).toEqual([
      {
        name: 'file_watch',
        attributes: { min_poll_frequency: '100ms', max_poll_frequency: '100ms' },
        blocks: [],
      },
    ]);
  });

  test('passes rotated files over', () => {
    const excluded = (...rotatedPaths: string[]) =>
      find(renderSource({ rotatedPaths }), 'local.file_match').attributes.path_targets[0].__path_exclude__;
    expect(excluded('/logs/*.gz')).toBe('/logs/*.gz');
    expect(excluded('/logs/*.[0-9]', '/logs/*.gz')).toBe('{/logs/*.[0-9],/logs/*.gz}');
    expect(excluded()).toBeUndefined();
  });

  test('sends lines as they are where nothing is known of them, or of their time', () => {
    for (const format of [undefined, { type: 'json' }, { type: 'regex', expression: '(?<a>x)' }]) {
      expect(renderSource({ format }).map(({ name }) => name)).toEqual([
        'local.file_match',
        'loki.source.file',
        'loki.write',
      ]);
    }
  });

  test('takes the time of a line of JSON from its field', () => {
    const format = { type: 'json', timeKey: 'log.time', timeFormat: '%Y-%m-%dT%H:%M:%S.%LZ' };
    expect(stages({ format })).toEqual([
      { name: 'stage.json', attributes: { expressions: { 'log.time': '"log.time"' } }, blocks: [] },
      {
        name: 'stage.timestamp',
        attributes: { source: 'log.time', format: '2006-01-02T15:04:05.999999999Z', action_on_failure: 'skip' },
        blocks: [],
      },
    ]);
    expect(stages({ format: { ...format, timeFormat: '%s' } })[1]!.attributes).toMatchObject({ format: 'Unix' });
  });

  test('takes the time of a line from the group of an expression', () => {
    const format = { type: 'regex', expression: '^(?<t>\\S+) (a|b)$', timeKey: 't', timeFormat: '%s' };
    expect(stages({ format })[0]!.attributes).toEqual({ expression: '^(?P<t>\\S+) (?:a|b)$' });
    expect(stages({ format, multiline: { type: 'custom', firstLine: '^\\d' } })[1]!.attributes).toEqual({
      expression: '(?m)^(?P<t>\\S+) (?:a|b)$',
    });
  });

  test('joins lines by their first one, before it looks for their time', () => {
    const format = { type: 'json', timeKey: 't', timeFormat: '%s' };
    const found = stages({ format, multiline: { type: 'custom', firstLine: '^\\d{4}-' } });
    expect(found.map(({ name }) => name)).toEqual(['stage.multiline', 'stage.json', 'stage.timestamp']);
    expect(found[0]!.attributes).toEqual({ firstline: '^\\d{4}-', max_wait_time: '1s', max_lines: 1000 });
  });

  test('names the pod in labels of few values', () => {
    expect(find(render({ endpoints: [{ ...LOKI, labels: { team: 'shop' } }] }), 'loki.write').attributes).toEqual({
      external_labels: {
        team: 'shop',
        namespace: { evaluated: 'sys.env("POD_NAMESPACE")' },
        pod: { evaluated: 'sys.env("POD_NAME")' },
        node: { evaluated: 'sys.env("NODE_NAME")' },
      },
    });
  });

  test('sends to the path of push requests, below that of the URL', () => {
    const { blocks } = find(render({ endpoints: [{ ...LOKI, endpoint: 'https://[::1]/logs/' }] }), 'loki.write');
    expect(blocks[0]!.attributes.url).toBe('https://[::1]/logs/loki/api/v1/push');
  });

  test('tries forever', () => {
    expect(find(render(), 'loki.write').blocks).toEqual([
      {
        name: 'endpoint',
        attributes: { url: 'http://loki:3100/loki/api/v1/push', max_backoff_period: '30s', max_backoff_retries: 0 },
        blocks: [],
      },
    ]);
  });

  test('authenticates with variables', () => {
    const basic = find(
      render({ endpoints: [{ ...LOKI, tenant_id: 't', username: 'USER', password: 'PASSWORD' }] }),
      'loki.write',
    );
    expect(basic.blocks[0]).toMatchObject({
      attributes: { tenant_id: 't' },
      blocks: [
        {
          name: 'basic_auth',
          attributes: { username: { evaluated: 'sys.env("USER")' }, password: { evaluated: 'sys.env("PASSWORD")' } },
        },
      ],
    });
    const bearer = find(render({ endpoints: [{ ...LOKI, bearer_token: 'TOKEN' }] }), 'loki.write').blocks[0]!;
    expect(bearer.attributes.bearer_token).toEqual({ evaluated: 'sys.env("TOKEN")' });
    expect(bearer.blocks).toEqual([]);
  });

  test('sends every line to each of several outputs', () => {
    const blocks = render({ endpoints: [LOKI, LOKI], sources: [SOURCE, { ...SOURCE, id: '2nd.logs' }] });
    expect(blocks.map(({ name, label }) => `${name}.${label}`)).toEqual([
      'local.file_match.app__var_log',
      'loki.source.file.app__var_log',
      'local.file_match._2nd__logs',
      'loki.source.file._2nd__logs',
      'loki.write.loki_1',
      'loki.write.loki_2',
    ]);
    expect(blocks[3]!.attributes.forward_to).toEqual([
      { evaluated: 'loki.write.loki_1.receiver' },
      { evaluated: 'loki.write.loki_2.receiver' },
    ]);
  });
});

describe('what Alloy cannot express', () => {
  test.each([
    [
      undefined,
      { type: 'java' },
      'lines of a stack trace cannot be joined by how they go on, because Alloy knows a record by its first line alone; use `Multiline.startingWith`',
    ],
    [
      undefined,
      { type: 'custom', firstLine: '^(?!x)' },
      'expression "^(?!x)" of a first line has "(?!", which Alloy does not know; write it without',
    ],
    [
      { type: 'regex', expression: '(?<t>x)(?=y)', timeKey: 't', timeFormat: '%s' },
      undefined,
      'expression "(?<t>x)(?=y)" has "(?=", which Alloy does not know; write it without',
    ],
    [
      { type: 'json', timeKey: 't', timeFormat: '%j' },
      undefined,
      '`timeFormat` "%j" cannot be told to Alloy; use "%s", or conversions of date and time with signs between them',
    ],
  ])('%j %j', (format, multiline, problem) => {
    expect(validateAlloyLogs(format, multiline)).toBe(problem);
  });

  test.each([
    [undefined, undefined],
    [{ type: 'regex', expression: '(?<t>x)(?=y)' }, undefined],
    [
      { type: 'json', timeKey: 't', timeFormat: '%s' },
      { type: 'custom', firstLine: '^\\d' },
    ],
  ])('is not %j %j', (format, multiline) => {
    expect(validateAlloyLogs(format, multiline)).toBeUndefined();
  });
});

describe('the independent check of a configuration', () => {
  const good = renderAlloy({
    ...AGENT,
    sources: [{ ...SOURCE, format: { type: 'json', timeKey: 't', timeFormat: '%s' } }],
  });

  test.each([
    ['an unknown component', /loki\.process "/, 'loki.proces "', 'unknown block loki.proces'],
    ['an unknown stage', 'stage.json', 'stage.jason', 'unknown block loki.process stage.jason'],
    ['an unknown attribute', 'sync_period', 'sync_time', 'unknown attribute sync_time of local.file_match'],
    ['a missing attribute', /url .*\n/, '', 'no attribute url of loki.write endpoint'],
    ['a variable that nobody sets', '"POD_NAME"', '"POD_UID"', 'POD_UID is not in the environment'],
    ['a component that is not there', 'loki.write.loki_1', 'loki.write.loki_2', 'no component loki.write.loki_2'],
    ['files that the agent cannot see', '"/logs/', '"/var/', '/var/*.log is on no read-only volume'],
    ['an expression of another kind', 'sys.env("POD_NAME")', 'sys.exec("x")', 'an expression of another kind'],
  ])('finds %s', (_, from, to, problem) => {
    const text = good.replace(from, to);
    expect(text).not.toBe(good);
    expect(alloyProblems(text, CONTAINER)).toContain(problem);
  });

  test('finds two components of one name', () => {
    expect(alloyProblems(renderAlloy({ ...AGENT, sources: [SOURCE, SOURCE] }), CONTAINER)).toContain(
      'two components loki.source.file.app__var_log',
    );
  });

  test.each([
    ['an open block', /\}\n$/, ''],
    ['a string without an end', '"1s"', '"1s'],
    ['a label of odd signs', '"app__var_log"', '"app-var"'],
  ])('fails on %s', (_, from, to) => {
    expect(() => readAlloy(good.replace(from, to))).toThrow();
  });
});

describe('a text in the configuration of Alloy', () => {
  test.each([
    ['', '""'],
    ['say "hi"', '"say \\"hi\\""'],
    ['^\\d+$', '"^\\\\d+$"'],
    ['two\nlines\tand\r\0', '"two\\nlines\\tand\\r\\u0000"'],
    ['\ufeffmark', '"\\ufeffmark"'],
    ['half \ud83d', '"half \\ufffd"'],
    ['whole 😀 ü', '"whole 😀 ü"'],
    ['// no comment ${x} `y`', '"// no comment ${x} `y`"'],
  ])('%j is written %s', (text, written) => {
    expect(quoteAlloyString(text)).toBe(written);
  });

  const texts = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc
      .array(fc.constantFrom('\\', '"', '\n', 'u', '0', '/', '*', '`', '}', '\ufeff', '\0'))
      .map((signs) => signs.join('')),
  );

  test('is read back as it was, whatever stands in it', () => {
    assertAlways(
      fc.property(texts, (text) => {
        expect(readString(quoteAlloyString(text))).toBe(text);
      }),
      2000,
    );
  });

  test('of an attribute or key never becomes another attribute or block', () => {
    assertAlways(
      fc.property(texts, texts, (text, key) => {
        const written = renderBlocks([{ name: 'a.b', label: 'c', body: [['x', { [key]: text }]] }]);
        expect(readAlloy(written)).toEqual([
          { name: 'a.b', label: 'c', attributes: { x: { [key]: text } }, blocks: [] },
        ]);
      }),
      1000,
    );
  });
});

test('blocks are written in each other, with values of every kind', () => {
  const text = renderBlocks([
    {
      name: 'loki.write',
      label: 'a',
      body: [
        ['on', true],
        ['retries', 0],
        ['labels', { pod: toEnvironmentExpression('POD_NAME'), 'x-y': 'z', true: '1' }],
        ['to', [toReference('loki', 'b', 'receiver'), 'c']],
        { name: 'endpoint', body: [['url', 'http://loki']] },
      ],
    },
    { name: 'empty', body: [] },
  ]);
  expect(text).toBe(`loki.write "a" {
	on      = true
	retries = 0
	labels  = {
		pod    = sys.env("POD_NAME"),
		"x-y"  = "z",
		"true" = "1",
	}
	to      = [loki.b.receiver, "c"]

	endpoint {
		url = "http://loki"
	}
}

empty {
}
`);
});
