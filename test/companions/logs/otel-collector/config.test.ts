import { parse } from 'yaml';
import { LogFormat, Multiline, OtelSignal } from '../../../../src';
import type { LogSource } from '../../../../src/companions/kit/log-source';
import { type OtelConfig, renderOtelCollector } from '../../../../src/companions/logs/otel-collector/config';
import { canJoinLines, escapeDollars, toOperators } from '../../../../src/companions/logs/otel-collector/operators';
import { otelProblems } from '../../../otel-collector-schema';
import { deepFreeze } from '../../../support';

const SOURCE = { container: 'app', path: '/logs/*.log', id: 'app.logs', rotatedPaths: [] };
const EXPORTER = { type: 'debug', settings: {}, signals: [OtelSignal.LOGS], onDisk: false };
const AGENT: OtelConfig = deepFreeze({
  port: 13133,
  stateDirectory: '/state',
  bufferMebibytes: 128,
  sources: [SOURCE],
  exporters: [EXPORTER],
});

/** The configuration as the collector reads it, after the independent check has found nothing. */
function render(changes: Partial<OtelConfig> = {}): any {
  const text = renderOtelCollector({ ...AGENT, ...changes });
  const config = parse(text);
  expect(otelProblems(config)).toEqual([]);
  return config;
}

function receiver(changes: Partial<LogSource> = {}): any {
  return render({ sources: [{ ...SOURCE, ...changes }] }).receivers['file_log/app.logs'];
}

describe('the configuration of the OpenTelemetry Collector', () => {
  test('reads files from their head', () => {
    expect(receiver()).toEqual({
      include: ['/logs/*.log'],
      start_at: 'beginning',
      poll_interval: '50ms',
      preserve_leading_whitespaces: true,
      include_file_path: true,
      storage: 'file_storage',
      resource: { 'k8s.container.name': 'app' },
      retry_on_failure: { enabled: true, max_elapsed_time: '0s' },
    });
  });

  test('joins lines to records that begin as told, also at the end of a file', () => {
    const multiline = Multiline.startingWith('^\\d+ $');
    expect(receiver({ multiline })).toMatchObject({
      multiline: { line_start_pattern: '^\\d+ $$' },
      force_flush_period: '1s',
    });
  });

  test('finds the fields of a line', () => {
    expect(receiver({ format: LogFormat.nginxAccess() }).operators).toEqual([
      expect.objectContaining({ type: 'regex_parser', regex: LogFormat.nginxAccess().expression }),
    ]);
  });

  test('sends batches that receivers of gRPC take', () => {
    const { exporters } = render({ exporters: [{ ...EXPORTER, type: 'otlp_grpc', onDisk: true }] });
    const { batch } = exporters.otlp_grpc.sending_queue;
    expect(batch).toEqual({ flush_timeout: '200ms', sizer: 'bytes', min_size: 1048576, max_size: 3145728 });
    expect(batch.max_size).toBeLessThan(4 * 1024 * 1024);
  });

  test('numbers exporters of one type', () => {
    const { exporters, service } = render({ exporters: [EXPORTER, { ...EXPORTER, type: 'otlp_grpc' }, EXPORTER] });
    expect(Object.keys(exporters)).toEqual(['debug', 'otlp_grpc', 'debug/2']);
    expect(service.pipelines.logs.exporters).toEqual(['debug', 'otlp_grpc', 'debug/2']);
  });

  test('has a pipeline of each signal that comes in and that somebody takes', () => {
    const all = { ...EXPORTER, signals: [OtelSignal.LOGS, OtelSignal.TRACES] };
    expect(Object.keys(render({ exporters: [all] }).service.pipelines)).toEqual(['logs']);
    const otlp = { grpcPort: 4317, httpPort: 4318 };
    expect(Object.keys(render({ otlp, exporters: [all] }).service.pipelines)).toEqual(['logs', 'traces']);
  });

  test('takes back the room of what was sent', () => {
    expect(render().extensions.file_storage.compaction).toEqual({ on_rebound: true, directory: '/state' });
  });

  test('writes what two exporters share twice, not as a YAML alias', () => {
    const settings = deepFreeze({ headers: { a: 'b' } });
    const exporter = { ...EXPORTER, type: 'otlp_http', settings };
    expect(renderOtelCollector({ ...AGENT, exporters: [exporter, exporter] })).not.toMatch(/[&*]\w+$/m);
  });
});

describe('the operators of a file', () => {
  test('are none where lines are text', () => {
    expect(toOperators()).toEqual([]);
    expect(toOperators(undefined, Multiline.startingWith('^x'))).toEqual([]);
  });

  test('read JSON, and keep what is none', () => {
    expect(toOperators(LogFormat.json())).toEqual([{ type: 'json_parser', on_error: 'send_quiet' }]);
  });

  test('read an expression, in which no dollar sign begins a variable', () => {
    expect(toOperators(LogFormat.regex('^(?<a>x)$'))).toEqual([
      { type: 'regex_parser', regex: '^(?<a>x)$$', on_error: 'send_quiet' },
    ]);
  });

  test.each([
    [undefined, { layout_type: 'strptime', layout: '%Y-%m-%dT%H:%M:%S.%LZ', location: 'UTC' }],
    ['%d/%b/%Y:%H:%M:%S %z', { layout_type: 'strptime', layout: '%d/%b/%Y:%H:%M:%S %z', location: 'UTC' }],
    ['%s', { layout_type: 'epoch', layout: 's' }],
    ['%s.%L', { layout_type: 'epoch', layout: 's.ms' }],
  ])('read the time as %s', (timeFormat, layout) => {
    const [parser] = toOperators(LogFormat.json({ timeKey: '@time', timeFormat })) as any[];
    expect(parser.timestamp).toEqual({ parse_from: 'attributes["@time"]', ...layout });
  });

  test('join stack traces before they read fields', () => {
    const steps = toOperators(LogFormat.json(), Multiline.java()) as any[];
    expect(steps.map(({ type }) => type)).toEqual(['recombine', 'json_parser']);
  });

  test.each([
    [Multiline.java(), 'java.lang.Error: x', false],
    [Multiline.java(), '\tat a.B.c(B.java:1)', true],
    [Multiline.java(), '\t... 3 more', true],
    [Multiline.java(), 'Caused by: java.io.IOException', true],
    [Multiline.java(), '  indented text', false],
    [Multiline.ruby(), "\tfrom a.rb:6:in `b'", true],
    [Multiline.ruby(), "\t 2: from a.rb:6:in `b'", true],
    [Multiline.ruby(), "a.rb:6:in `/': divided by 0", false],
  ])('know which line goes on a stack trace of %j: %j', (multiline, line, goesOn) => {
    const [{ is_first_entry }] = toOperators(undefined, multiline) as any[];
    const [, literal] = /^not \(body matches (".*")\)$/.exec(is_first_entry)!;
    expect(new RegExp(JSON.parse(literal!)).test(line)).toBe(goesOn);
  });
});

test.each([
  [Multiline.java(), true],
  [Multiline.ruby(), true],
  [Multiline.startingWith('^x'), true],
  [Multiline.python(), false],
  [Multiline.golang(), false],
])('the collector joins the lines of %j: %s', (multiline, expected) => {
  expect(canJoinLines(multiline)).toBe(expected);
});

test('dollar signs are doubled', () => {
  expect(escapeDollars('^a$|${b}$')).toBe('^a$$|$${b}$$');
});
