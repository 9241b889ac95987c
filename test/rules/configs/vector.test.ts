import { readVector } from '../../../src/rules/configs/vector';

test('files, ports and what it writes', () => {
  const reading = readVector(`
data_dir: /state
api: {enabled: true}
sources:
  app: {type: file, include: ["/a/*.log", "\${B}"], exclude: ["*.gz"], read_from: end}
  web: {type: file, include: [/b], data_dir: /own}
  in: {type: syslog, address: "0.0.0.0:514", mode: udp}
  otel: {type: opentelemetry, grpc: {address: "0.0.0.0:4317"}, http: {address: "0.0.0.0:4318"}}
  hec: {type: splunk_hec}
sinks:
  out: {type: file, inputs: [app, otel.logs], path: /out/all.log}
  by_day: {type: file, inputs: [web], path: "/out/%Y.log"}
  metrics: {type: prometheus_exporter, inputs: [gone]}`);
  expect(reading.tails).toEqual([
    { pattern: '/a/*.log', exclude: ['*.gz'], fromHead: false, keepsPosition: true },
    { pattern: '/b', exclude: [], fromHead: true, keepsPosition: true },
  ]);
  expect(reading.states.map(({ path }) => path)).toEqual(['/state', '/own']);
  expect(reading.listeners.map(({ number }) => number)).toEqual([8686, 514, 4317, 4318, 8088, 9598]);
  expect(reading.writes).toEqual(['/out/all.log']);
  expect(reading.dangling).toEqual(['sink "metrics" takes its input from "gone", which is not defined']);
});

test('buffers on disk need the directory too', () => {
  expect(readVector('sinks: {out: {type: loki, inputs: [], buffer: {type: disk}}}').states).toEqual([
    { path: '/var/lib/vector', isDirectory: true },
  ]);
  expect(readVector('sinks: {}').states).toEqual([]);
});
