import { parse } from 'yaml';
import type { LogSource } from '../../../../src/companions/kit/log-source';
import { type FluentBitConfig, renderFluentBit } from '../../../../src/companions/logs/fluent-bit/config';
import { LogRotation } from '../../../../src/pod/logs/log-rotation';
import type { Container } from '../../../../src/pod/manifest/pod-template';
import { fluentBitProblems } from '../../../fluent-bit-schema';
import { deepFreeze } from '../../../support';

/** A container that has all that a configuration below refers to. */
const CONTAINER: Container = {
  name: 'log-agent',
  env: [{ name: 'POD_NAME' }, { name: 'POD_NAMESPACE' }, { name: 'NODE_NAME' }],
  volumeMounts: [
    { name: 'state', mountPath: '/state' },
    { name: 'logs', mountPath: '/logs', readOnly: true },
  ],
};
const SOURCE: LogSource = { container: 'app', path: '/logs/*.log', id: 'app.logs', rotatedPaths: [] };
const AGENT: FluentBitConfig = deepFreeze({
  port: 2020,
  graceSeconds: 10,
  stateDirectory: '/state',
  bufferMebibytes: 128,
  sources: [SOURCE],
  filters: [],
  outputs: [{ name: 'stdout', properties: {} }],
});

/** The configuration as Fluent Bit reads it, after the independent check has found nothing. */
function render(changes: Partial<FluentBitConfig> = {}): any {
  const text = renderFluentBit({ ...AGENT, ...changes });
  expect(fluentBitProblems(text, CONTAINER)).toEqual([]);
  return parse(text);
}

function renderSource(changes: Partial<LogSource>): any {
  return render({ sources: [{ ...SOURCE, ...changes }] });
}

describe('the configuration of Fluent Bit', () => {
  test('serves health and metrics to the kubelet and cannot be reloaded over the network', () => {
    expect(render({ port: 2121 }).service).toMatchObject({
      http_server: 'on',
      http_listen: '0.0.0.0',
      http_port: 2121,
      hot_reload: 'off',
    });
  });

  test('takes the time it was given to deliver before it stops', () => {
    expect(render({ graceSeconds: 33 }).service.grace).toBe(33);
  });

  test('reads files from their head, finds new ones within seconds and survives long lines', () => {
    expect(render().pipeline.inputs).toEqual([
      expect.objectContaining({
        name: 'tail',
        path: '/logs/*.log',
        read_from_head: 'on',
        refresh_interval: 1,
        skip_long_lines: 'on',
      }),
    ]);
  });

  test('keeps positions and unsent records on the state volume', () => {
    const { service, pipeline } = render();
    expect(service['storage.path']).toBe('/state/buffer');
    expect(pipeline.inputs[0]['storage.type']).toBe('filesystem');
    expect(pipeline.inputs[0].db).toMatch(/^\/state\/.*\.db$/);
  });

  test('passes rotated files over where their names are known', () => {
    expect(renderSource({ rotatedPaths: ['/logs/*.gz'] }).pipeline.inputs[0].exclude_path).toBe('/logs/*.gz');
    expect(render().pipeline.inputs[0]).not.toHaveProperty('exclude_path');
  });

  const rotated = (rotation: LogRotation) => {
    const { path, exclude_path, rotate_wait } = renderSource({
      path: '/logs/app.log',
      rotation,
      rotatedPaths: rotation.rotatedFiles.split(',').map((name) => `/logs/${name}`),
    }).pipeline.inputs[0];
    return { path, exclude_path, rotate_wait };
  };

  test.each([
    ['a rotator', LogRotation.renameAndSignal({ process: 'app' })],
    ['the application', LogRotation.byApplication()],
  ])('finds what %s renamed again, and so never closes it before it is deleted and read', (_, rotation) => {
    expect(rotated(rotation)).toMatchObject({ path: '/logs/app.log,/logs/app.log.[0-9]', rotate_wait: 315_360_000 });
    expect(rotated(rotation).exclude_path.split(',')).not.toContain('/logs/*.[0-9]');
  });

  test('finds all that is kept where it has two digits', () => {
    const rotation = LogRotation.renameAndSignal({ process: 'app', keep: 12 });
    expect(rotated(rotation)).toEqual({
      path: '/logs/app.log,/logs/app.log.[0-9],/logs/app.log.[0-9][0-9]',
      exclude_path: undefined,
      rotate_wait: 315_360_000,
    });
  });

  test.each([
    ['copies', LogRotation.copyTruncate(), '/logs/*.[0-9],/logs/*.[0-9][0-9]'],
    ['archives', LogRotation.byApplication({ rotatedFiles: '*.gz' }), '/logs/*.gz'],
  ])('does not read %s, and holds what it had open for minutes', (_, rotation, exclude_path) => {
    expect(rotated(rotation)).toEqual({ path: '/logs/app.log', exclude_path, rotate_wait: 300 });
    expect(render().pipeline.inputs[0].rotate_wait).toBe(300);
  });

  test('tries forever and holds back no more than the limit', () => {
    expect(render({ bufferMebibytes: 64 }).pipeline.outputs).toEqual([
      { name: 'stdout', match: '*', retry_limit: 'no_limits', 'storage.total_limit_size': '64M' },
    ]);
  });

  test('lets the properties of an output win over the defaults', () => {
    const outputs = [{ name: 'stdout', properties: { match: 'app.*', retry_limit: 3 } }];
    expect(render({ outputs }).pipeline.outputs[0]).toMatchObject({ match: 'app.*', retry_limit: 3 });
  });

  test('keeps the files of the S3 output on the state volume, in place of the chunks of the engine', () => {
    const [output] = render({ outputs: [{ name: 's3', properties: { bucket: 'logs' } }] }).pipeline.outputs;
    expect(output).toMatchObject({ store_dir: '/state/s3-1', store_dir_limit_size: '128M', bucket: 'logs' });
    expect(output).not.toHaveProperty('storage.total_limit_size');
  });

  test('gives each S3 output a directory of its own, by its place among the outputs', () => {
    const s3 = { name: 's3', properties: { bucket: 'logs' } };
    const { outputs } = render({ outputs: [s3, ...AGENT.outputs, s3] }).pipeline;
    expect(outputs.map(({ store_dir }: any) => store_dir)).toEqual(['/state/s3-1', undefined, '/state/s3-3']);
  });

  test('writes what two plugins share twice, not as a YAML alias', () => {
    const record = ['team shop'];
    const filter = { name: 'record_modifier', properties: { record } };
    const output = { name: 'http', properties: { header: record } };
    const { filters, outputs } = render({ filters: [filter, filter], outputs: [output, output] }).pipeline;
    expect(filters.slice(-2).map((each: any) => each.record)).toEqual([record, record]);
    expect(outputs.map(({ header }: any) => header)).toEqual([record, record]);
  });

  test('states no log level, which would win over FLB_LOG_LEVEL', () => {
    expect(render().service).not.toHaveProperty('log_level');
  });

  test('has no parsers where lines are text', () => {
    expect(Object.keys(render())).toEqual(['service', 'pipeline']);
  });

  test('parses a line before it adds the identity of the pod, so that the identity wins', () => {
    const { filters } = renderSource({ format: { type: 'json' } }).pipeline;
    expect(filters.map(({ name }: any) => name)).toEqual(['parser', 'record_modifier']);
    expect(filters[1].remove_key).toEqual(['pod_name', 'namespace_name', 'node_name', 'container_name']);
    expect(filters[1].record).toEqual([
      'pod_name "${POD_NAME}"',
      'namespace_name "${POD_NAMESPACE}"',
      'node_name "${NODE_NAME}"',
      'container_name app',
    ]);
  });

  test('runs the filters of the user last, on all records', () => {
    const { filters } = render({ filters: [{ name: 'grep', properties: { exclude: '$log DEBUG' } }] }).pipeline;
    expect(filters.at(-1)).toEqual({ name: 'grep', match: '*', exclude: '$log DEBUG' });
  });

  test('keeps the other fields and the line that does not parse', () => {
    const { parsers, pipeline } = renderSource({ format: { type: 'json', timeKey: 'ts', timeFormat: '%s' } });
    expect(parsers).toEqual([{ name: expect.any(String), format: 'json', time_key: 'ts', time_format: '%s' }]);
    expect(pipeline.filters[0]).toMatchObject({ key_name: 'log', reserve_data: 'on', parser: parsers[0].name });
  });

  test.each(['^(?<a>\\d{4}) "(?<b>[^"]*)" it\'s: #x$', '(?<a>\\S+)\\t@%&*|>'])(
    'keeps the expression %s',
    (expression) => {
      const { parsers } = renderSource({ format: { type: 'regex', expression } });
      expect(parsers[0]).toMatchObject({ format: 'regex', regex: expression });
    },
  );

  test('names a built-in multiline parser', () => {
    const config = renderSource({ multiline: { type: 'java' } });
    expect(config.pipeline.inputs[0]['multiline.parser']).toBe('java');
    expect(config).not.toHaveProperty('multiline_parsers');
  });
});

describe('records that start with a line of their own', () => {
  /** The lines as records, by the two expressions of the generated parser. */
  function join(firstLine: string, lines: string[]): string[][] {
    const [parser] = renderSource({ multiline: { type: 'custom', firstLine } }).multiline_parsers;
    const [first, continued] = parser.rules.map(({ regex }: any) => new RegExp(regex.slice(1, -1)));
    const records: string[][] = [];
    for (const line of lines) {
      expect([line, first.test(line), continued.test(line)]).toEqual([line, first.test(line), !first.test(line)]);
      if (first.test(line)) {
        records.push([line]);
      } else {
        records.at(-1)!.push(line);
      }
    }
    return records;
  }

  test('are read by a state machine that begins at a first line and loops on continued ones', () => {
    const [parser] = renderSource({ multiline: { type: 'custom', firstLine: '^\\d' } }).multiline_parsers;
    expect(parser.type).toBe('regex');
    expect(parser.rules.map(({ state, next_state }: any) => [state, next_state])).toEqual([
      ['start_state', 'continued'],
      ['continued', 'continued'],
    ]);
  });

  test('join a stack trace of Java with the line before it', () => {
    const trace = [
      '2026-11-22 10:00:00 ERROR order failed',
      'java.lang.IllegalStateException: no stock at 2026-11-22',
      '\tat com.acme.Shop.order(Shop.java:42)',
      'Caused by: java.io.IOException',
      '',
      '\t... 3 more',
    ];
    expect(join('^\\d{4}-\\d{2}-\\d{2}', [...trace, '2026-11-22 10:00:01 INFO next'])).toEqual([
      trace,
      ['2026-11-22 10:00:01 INFO next'],
    ]);
  });

  test('can be told by any of several words', () => {
    expect(join('^(INFO|ERROR)|^WARN', ['INFO a', 'b', 'WARN c', 'ERROR d', ' INFO e'])).toEqual([
      ['INFO a', 'b'],
      ['WARN c'],
      ['ERROR d', ' INFO e'],
    ]);
  });

  test('can be told by what stands in the middle of the line', () => {
    expect(join('\\[main\\]', ['x [main] a', 'b', 'y [main] c'])).toEqual([['x [main] a', 'b'], ['y [main] c']]);
  });
});

describe('the independent check of a configuration', () => {
  const good = renderFluentBit({ ...AGENT, sources: [{ ...SOURCE, format: { type: 'json' } }] });
  const problems = (from: string | RegExp, to: string, container = CONTAINER) => {
    const text = good.replace(from, to);
    expect(container === CONTAINER && text === good).toBe(false);
    return fluentBitProblems(text, container);
  };

  test.each([
    ['an unknown key', /^service:/m, 'services: {}\nservice:', 'unknown top-level key services'],
    ['an unknown setting', 'grace:', 'gracious:', 'unknown property gracious of service'],
    ['an unknown property', 'path_key:', 'pathkey:', 'unknown property pathkey of tail'],
    ['an unknown plugin', 'name: stdout', 'name: stdoud', 'unknown plugin stdoud'],
    ['a list of paths', 'path: /logs/*.log', 'path: [/logs/*.log]', 'property path of tail takes no list'],
    ['an undefined parser', /parser: .*/, 'parser: nginx', 'no parser nginx'],
    ['an undefined multiline parser', 'path_key:', 'multiline.parser: x\n      path_key:', 'no multiline parser x'],
    ['a variable that nobody sets', '${POD_NAME}', '${POD_UID}', '${POD_UID} is not in the environment'],
    ['positions off the state volume', /db: .*/, 'db: /tmp/a.db', '/tmp/a.db is not on the state volume'],
    ['files that the agent cannot see', 'path: /logs/', 'path: /var/', '/var/*.log is on no read-only volume'],
    ['an alias', /flush: 1\n {2}grace: .*/, 'flush: &a 1\n  grace: *a', 'alias *a, which Fluent Bit cannot load'],
    ['a key that is there twice', 'flush: 1', 'flush: 1\n  flush: 2', 'not YAML: DUPLICATE_KEY'],
  ])('finds %s', (_, from, to, problem) => {
    expect(problems(from, to)).toContain(problem);
  });

  test('finds files that two inputs keep in one database', () => {
    const text = renderFluentBit({ ...AGENT, sources: [SOURCE, { ...SOURCE, id: 'app.more' }] });
    const twice = text.replace('app.more.db', 'app.logs.db');
    expect(fluentBitProblems(twice, CONTAINER)).toContain('two times db /state/app.logs.db');
  });

  test('finds two S3 outputs that keep their files in one place', () => {
    const output = { name: 's3', properties: { store_dir: '/state/s3' } };
    const text = renderFluentBit({ ...AGENT, outputs: [output, output] });
    expect(fluentBitProblems(text, CONTAINER)).toContain('two times store_dir /state/s3');
  });

  test('finds a state volume among the tailed files', () => {
    const volumeMounts = [{ name: 'logs', mountPath: '/' }];
    expect(problems('', '', { ...CONTAINER, volumeMounts })).toContain('/logs/*.log is on the state volume');
  });
});
