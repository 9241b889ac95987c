import { runInNewContext } from 'node:vm';
import { parse } from 'yaml';
import { LogFormat } from '../../../../src';
import {
  type Agent,
  renderFilebeat,
  type Source,
  validateFilebeatLogs,
} from '../../../../src/companions/logs/filebeat/config';
import { buildParsingScript } from '../../../../src/companions/logs/filebeat/script';
import type { Container } from '../../../../src/pod/manifest/pod-template';
import { filebeatProblems } from '../../../filebeat-schema';
import { deepFreeze } from '../../../support';

const CONTAINER: Container = {
  name: 'log-agent',
  env: [{ name: 'POD_NAME' }, { name: 'POD_NAMESPACE' }, { name: 'NODE_NAME' }],
  volumeMounts: [
    { name: 'state', mountPath: '/state' },
    { name: 'logs', mountPath: '/logs', readOnly: true },
  ],
};
const SOURCE: Source = { container: 'app', paths: ['/logs/*.log'], id: 'app.logs', excludedPaths: [] };
const AGENT: Agent = deepFreeze({
  port: 5066,
  flushSeconds: 10,
  stateDirectory: '/state',
  formatField: 'parsed',
  sources: [SOURCE],
  processors: [],
  output: { type: 'console', settings: { 'codec.json.pretty': false } },
});

/** The configuration as Filebeat reads it, after the independent check has found nothing. */
function render(changes: Partial<Agent> = {}): any {
  const text = renderFilebeat({ ...AGENT, ...changes });
  expect(filebeatProblems(text, CONTAINER)).toEqual([]);
  return parse(text);
}

function input(changes: Partial<Source> = {}, agent: Partial<Agent> = {}): any {
  return render({ ...agent, sources: [{ ...SOURCE, ...changes }] })['filebeat.inputs'][0];
}

describe('the configuration of Filebeat', () => {
  test('serves health and metrics to the kubelet, and logs to standard error', () => {
    expect(render({ port: 1234 })).toMatchObject({
      'http.enabled': true,
      'http.host': '0.0.0.0',
      'http.port': 1234,
      'logging.to_stderr': true,
    });
  });

  test('knows files by their inodes, so that short ones are shipped and those that begin alike are not mixed up', () => {
    expect(input()).toMatchObject({
      type: 'filestream',
      id: 'app.logs',
      paths: ['/logs/*.log'],
      'file_identity.native': null,
      'prospector.scanner': { 'fingerprint.enabled': false },
    });
  });

  test('looks for new files and lines each second', () => {
    expect(input()).toMatchObject({
      'prospector.scanner': { check_interval: '1s' },
      backoff: { init: '1s', max: '1s' },
    });
  });

  test('reads a deleted file to its end, and lets no other have its inode meanwhile', () => {
    expect(input()).toMatchObject({ 'close.on_state_change.removed': false, clean_removed: false });
  });

  test('reads to the end and delivers before it stops', () => {
    const config = render({ flushSeconds: 33 });
    expect(config['filebeat.shutdown_timeout']).toBe('33s');
    expect(config['filebeat.inputs'][0].read_until_eof).toEqual({ enabled: true, timeout: '33s' });
  });

  test('holds back in memory, or on disk where it is told how much', () => {
    expect(render()['queue.mem']).toEqual({ 'flush.timeout': '1s' });
    const config = render({ diskQueueMebibytes: 64 });
    expect(config['queue.disk']).toEqual({ max_size: '64MiB' });
    expect(config).not.toHaveProperty(['queue.mem']);
  });

  test('keeps its positions on the state volume', () => {
    expect(render()).toMatchObject({ 'path.data': '/state/data', 'path.logs': '/state/logs' });
  });

  test('installs nothing in Elasticsearch', () => {
    const output = { type: 'elasticsearch', settings: { hosts: ['es:9200'] } };
    expect(render({ output })).toMatchObject({ 'setup.ilm.enabled': false, 'setup.template.enabled': false });
    expect(render()).not.toHaveProperty(['setup.ilm.enabled']);
  });

  test('passes files over that it cannot read, named by an expression of the whole path', () => {
    const { exclude_files } = input({ excludedPaths: ['/logs/*.gz', '/logs/a?+[0-9].zip'] })['prospector.scanner'];
    expect(exclude_files).toEqual(['^/logs/[^/]*\\.gz$$', '^/logs/a[^/]\\+[0-9]\\.zip$$']);
    expect(input()['prospector.scanner']).not.toHaveProperty('exclude_files');
  });

  test('names the pod as Elastic’s own integrations do', () => {
    expect(input().processors).toEqual([
      {
        add_fields: {
          target: 'kubernetes',
          fields: {
            'pod.name': '${POD_NAME}',
            namespace: '${POD_NAMESPACE}',
            'node.name': '${NODE_NAME}',
            'container.name': 'app',
          },
        },
      },
    ]);
  });

  test('reads JSON below the field of formats', () => {
    expect(input({ format: { type: 'json' } }).parsers).toEqual([
      { ndjson: { target: 'parsed', add_error_key: true } },
    ]);
    expect(input({ format: { type: 'json' } }, { formatField: '' }).parsers[0].ndjson.target).toBe('');
  });

  test('takes the time of the event from its field', () => {
    const format = { type: 'json', timeKey: 'ts', timeFormat: '%Y-%m-%dT%H:%M:%S.%LZ' };
    expect(input({ format }).processors[0]).toEqual({
      timestamp: {
        field: 'parsed.ts',
        layouts: ['2006-01-02T15:04:05.999999999Z'],
        ignore_missing: true,
        ignore_failure: true,
      },
    });
    const unix = { type: 'json', timeKey: 'ts', timeFormat: '%s' };
    expect(input({ format: unix }, { formatField: '' }).processors[0].timestamp).toMatchObject({
      field: 'ts',
      layouts: ['UNIX'],
    });
  });

  test('takes lines apart by a script in which no variable is replaced', () => {
    const [{ script }] = input({ format: { type: 'regex', expression: '^(?<a>\\S+) (?<b>.*)$' } }).processors;
    expect(script.lang).toBe('javascript');
    expect(script.source).toContain('new RegExp("^(\\\\S+) (.*)$$", "m")');
    expect(script.source).not.toMatch(/(?<!\$)\$(?!\$)/);
  });

  test('joins the lines of a record before it reads them', () => {
    const { parsers } = input({ format: { type: 'json' }, multiline: { type: 'custom', firstLine: '^\\{$' } });
    expect(parsers.map((parser: object) => Object.keys(parser)[0])).toEqual(['multiline', 'ndjson']);
    expect(parsers[0].multiline).toEqual({
      type: 'pattern',
      pattern: '^\\{$$',
      negate: true,
      match: 'after',
      max_lines: 1000,
      timeout: '1s',
    });
  });

  test.each(['java', 'python', 'go', 'ruby'])('joins a stack trace of %s to the line before it', (language) => {
    expect(input({ multiline: { type: language } }).parsers[0].multiline).toMatchObject({
      pattern: expect.stringMatching(/^\^\(\?:.+\)$/),
      negate: false,
      match: 'after',
    });
  });

  test('runs the processors of the user on all events', () => {
    const processors = [{ drop_event: { when: { equals: { 'parsed.level': 'debug' } } } }];
    expect(render({ processors }).processors).toEqual(processors);
    expect(render()).not.toHaveProperty('processors');
  });
});

describe('what Filebeat cannot express', () => {
  test.each([
    [
      { type: 'regex', expression: '(?<a>x)(?<=y)' },
      undefined,
      'expression "(?<a>x)(?<=y)" has "(?<=", which Filebeat\'s JavaScript does not know; write it without',
    ],
    [
      { type: 'json', timeKey: 'ts', timeFormat: '%j' },
      undefined,
      '`timeFormat` "%j" cannot be told to Filebeat; use "%s", or conversions of date and time with signs between them',
    ],
    [
      undefined,
      { type: 'custom', firstLine: '^(?!x)' },
      'expression "^(?!x)" of a first line has "(?!", which Filebeat does not know; write it without',
    ],
  ])('%j %j', (format, multiline, problem) => {
    expect(validateFilebeatLogs(format, multiline)).toBe(problem);
  });

  test.each([
    [undefined, undefined],
    [{ type: 'json', timeKey: 'ts', timeFormat: '%s' }, { type: 'java' }],
    [
      { type: 'regex', expression: '^(?<a>(?!x).)' },
      { type: 'custom', firstLine: '^\\d' },
    ],
  ])('is not %j %j', (format, multiline) => {
    expect(validateFilebeatLogs(format, multiline)).toBeUndefined();
  });
});

describe('the independent check of a configuration', () => {
  const good = renderFilebeat({ ...AGENT, sources: [{ ...SOURCE, format: { type: 'json' } }] });

  test.each([
    ['an unknown setting', 'clean_removed', 'clean_remove', 'unknown filebeat.inputs.clean_remove'],
    ['an unknown output', 'output.console', 'output.consol', 'unknown output.consol.codec.json.pretty'],
    ['a variable that nobody sets', '${POD_NAME}', '${POD_UID}', 'POD_UID is not in the environment'],
    ['a registry off the state volume', 'path.data: /state', 'path.data: /tmp', '/tmp/data is not writable'],
    ['files that the agent cannot see', '- /logs/', '- /var/', '/var/*.log is on no read-only volume'],
    ['no output', /output\.console:\n.*\n/, '', 'not one output'],
  ])('finds %s', (_, from, to, problem) => {
    const text = good.replace(from, to);
    expect(text).not.toBe(good);
    expect(filebeatProblems(text, CONTAINER)).toContain(problem);
  });

  test('finds two inputs of one id', () => {
    expect(filebeatProblems(renderFilebeat({ ...AGENT, sources: [SOURCE, SOURCE] }), CONTAINER)).toContain(
      'two inputs app.logs',
    );
  });
});

/** The fields that the script puts into an event of this line, as Filebeat runs it. */
function run(line: string, expression: string, type = 'regex', field = 'parsed') {
  const script = buildParsingScript(expression, type, field) as { source: string };
  const fields: Record<string, unknown> = {};
  const event = {
    Get: () => line,
    Put: (name: string, value: unknown) => void Object.assign(fields, { [name]: value }),
  };
  runInNewContext(`${script.source}process(event)`, { event });
  return fields;
}

describe('the script that takes a line apart', () => {
  test('puts each group below the field, or beside those of Filebeat', () => {
    expect(run('12 ERROR no stock', '^(?<n>\\d+) (?<level>\\w+) (.*)$')).toEqual({
      'parsed.n': '12',
      'parsed.level': 'ERROR',
    });
    expect(run('12 x', '^(?<n>\\d+)', 'regex', '')).toEqual({ n: '12' });
  });

  test('leaves a line alone that does not match, and a group out that is not there', () => {
    expect(run('plain', '^(?<n>\\d+)')).toEqual({});
    expect(run('12', '^(?<n>\\d+)(?: (?<more>.*))?$')).toEqual({ 'parsed.n': '12' });
  });

  test('reads the access log of nginx, with numbers', () => {
    const line = '10.0.0.1 - - [22/Nov/2026:10:00:00 +0000] "GET /a HTTP/1.1" 200 12 "-" "curl/8"';
    expect(run(line, LogFormat.nginxAccess().expression!, 'nginx')).toMatchObject({
      'parsed.remote': '10.0.0.1',
      'parsed.method': 'GET',
      'parsed.path': '/a',
      'parsed.code': 200,
      'parsed.size': 12,
    });
    expect(run('127.0.0.1 - - [x] "" 400 -', LogFormat.nginxAccess().expression!, 'nginx')).toMatchObject({
      'parsed.code': 400,
      'parsed.size': '-',
    });
  });

  test.each(['^"(?<a>[^"\\\\]*)"\\t\'x\'$', '(?<a>\\$\\{b\\})/\\u2028'.replace('\\u2028', '\u2028')])(
    'is a program of ECMAScript 5, whatever stands in the expression %j',
    (expression) => {
      const { source } = buildParsingScript(expression, 'regex', 'parsed') as { source: string };
      expect(source).not.toMatch(/[\u2028\u2029`]|=>|\b(let|const)\b/);
      expect(() => run('x', expression)).not.toThrow();
    },
  );

  test('says what the program could not do', () => {
    expect(buildParsingScript('(?<a>x)(?<=y)', 'regex', 'parsed')).toEqual({ foreign: '(?<=' });
  });
});
