import { readOpenTelemetry } from '../../../src/rules/configs/open-telemetry';

test('only what a pipeline uses counts', () => {
  const reading = readOpenTelemetry(`
extensions: {file_storage/a: , health_check: , zpages: }
receivers:
  file_log/a: {include: ["/a/*.log", "\${env:B}"], start_at: beginning, storage: file_storage/a}
  filelog: {include: [/b], start_at: "\${env:START}"}
  file_log/unused: {include: [/c]}
  otlp: {protocols: {grpc: , http: {endpoint: "0.0.0.0:4319"}}}
  statsd:
exporters: {file: {path: /out.json}, prometheus: {endpoint: "0.0.0.0:8889"}}
service:
  extensions: [file_storage/a, health_check]
  pipelines:
    logs: {receivers: [file_log/a, filelog, otlp, statsd], exporters: [file, prometheus]}`);
  expect(reading.tails).toEqual([
    { pattern: '/a/*.log', exclude: [], fromHead: true, keepsPosition: true },
    { pattern: '/b', exclude: [], fromHead: undefined, keepsPosition: false },
  ]);
  expect(reading.states).toEqual([{ path: '/var/lib/otelcol/file_storage', isDirectory: true }]);
  expect(reading.writes).toEqual(['/out.json']);
  expect(reading.listeners.map(({ number, protocol, isLoopback }) => [number, protocol, isLoopback])).toEqual([
    [4317, 'TCP', true],
    [4319, 'TCP', false],
    [8125, 'UDP', true],
    [8889, 'TCP', false],
    [13133, 'TCP', true],
    [8888, 'TCP', true],
  ]);
  expect(reading.dangling).toEqual([]);
});

test('its own metrics', () => {
  const ports = (metrics: string) => readOpenTelemetry(`service: {telemetry: {metrics: ${metrics}}}`).listeners;
  expect(ports('{level: none}')).toEqual([]);
  expect(ports('{address: ":8900"}')).toMatchObject([{ number: 8900, isLoopback: false }]);
  expect(
    ports('{readers: [{pull: {exporter: {prometheus: {host: 0.0.0.0, port: 8901}}}}, {periodic: {}}]}'),
  ).toMatchObject([{ number: 8901, isLoopback: false }]);
});

test('text that is no configuration', () => {
  expect(readOpenTelemetry('')).toMatchObject({ listeners: [] });
  expect(readOpenTelemetry('receivers').problem).toBe('is one text, not fields of YAML');
});
