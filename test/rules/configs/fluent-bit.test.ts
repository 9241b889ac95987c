import { flagSections, fluentBitParts, readFluentBit } from '../../../src/rules/configs/fluent-bit';
import { filesOf, podOf } from './support';

const MOUNT = { volumeMounts: [{ name: 'agent', mountPath: '/etc/agent' }] };

function read(data: Record<string, string>) {
  const files = filesOf(MOUNT, { agent: data });
  return readFluentBit(fluentBitParts(files.at(`/etc/agent/${Object.keys(data)[0]}`)!, files));
}

test('what it tails and where it remembers how far', () => {
  const reading = read({
    'agent.yaml': `
service: {grace: 7, http_server: on, http_listen: 127.0.0.1, storage.path: /state/buffer, log_file: /var/log/agent.log}
pipeline:
  inputs:
    - {name: tail, path: "/a/*.log, /b/*.log,relative", exclude_path: "*.gz", db: /state/a.db, read_from_head: true}
    - {name: tail, path: "\${DIR}/*.log", read_from_head: "\${HEAD}"}
  outputs: [{name: file, match: "*", path: /out, file: all.log}]`,
  });
  const tail = { exclude: ['*.gz'], fromHead: true, keepsPosition: true };
  expect(reading).toEqual({
    tails: [
      { pattern: '/a/*.log', ...tail },
      { pattern: '/b/*.log', ...tail },
    ],
    states: [
      { path: '/state/a.db', isDirectory: false },
      { path: '/state/buffer', isDirectory: true },
    ],
    listeners: [{ number: 2020, protocol: 'TCP', isLoopback: true, purpose: 'its HTTP server' }],
    writes: ['/var/log/agent.log', '/out/all.log'],
    dangling: [],
    graceSeconds: 7,
  });
});

test('the ports of plugins', () => {
  const { listeners } = read({
    'agent.conf':
      '[INPUT]\n    Name forward\n[INPUT]\n    Name forward\n    Unix_Path /run/a\n[INPUT]\n    Name udp\n    Port 5171\n[INPUT]\n    Name syslog\n    Mode udp\n[INPUT]\n    Name http\n    Port ${PORT}\n[OUTPUT]\n    Name prometheus_exporter\n',
  });
  expect(listeners.map(({ number, protocol }) => `${number}/${protocol}`)).toEqual([
    '24224/TCP',
    '5171/UDP',
    '5140/UDP',
    '2021/TCP',
  ]);
});

test('other files are included', () => {
  const main = '@INCLUDE inputs.conf\n[OUTPUT]\n    Name stdout\n    Match web\n';
  const inputs = '[INPUT]\n    Name tail\n    Tag app\n    Path /a\n';
  expect(read({ 'agent.conf': main, 'inputs.conf': inputs })).toMatchObject({
    tails: [{ pattern: '/a' }],
    dangling: ['output "stdout" matches "web", but no input has such a tag'],
  });
  expect(read({ 'agent.conf': `${main}@INCLUDE gone.conf\n`, 'inputs.conf': inputs }).dangling).toEqual([]);
  expect(read({ 'agent.conf': '@INCLUDE agent.conf\n' }).problem).toBeUndefined();
  expect(read({ 'agent.conf': main, 'inputs.conf': '[INPUT' }).problem).toMatch(/line 1/);
});

test('plugins may come as flags', () => {
  const args = [
    '-p',
    'a=b',
    '-i',
    'tail',
    '-t',
    'app',
    '-p',
    'path=/a',
    '-p',
    'DB=/b=c',
    '-F',
    'grep',
    '-o',
    'stdout',
    '-m',
    '*',
  ];
  const sections = flagSections(podOf({ args }).pod.containers[0]!);
  expect(sections.map(({ kind, values }) => ({ kind, ...Object.fromEntries(values) }))).toEqual([
    { kind: 'input', name: 'tail', tag: 'app', path: '/a', db: '/b=c' },
    { kind: 'filter', name: 'grep' },
    { kind: 'output', name: 'stdout', match: '*' },
  ]);
});

test.each([
  ['a filter', '[FILTER]\n    Name rewrite_tag\n'],
  ['a stream', '[STREAM_TASK]\n    Name a\n'],
  ['streams of another file', '[SERVICE]\n    Streams_File a.conf\n'],
])('%s may give records other tags', (_, part) => {
  const plugins = '[INPUT]\n    Name cpu\n    Tag app\n[OUTPUT]\n    Name stdout\n    Match web\n';
  expect(read({ 'agent.conf': plugins }).dangling).toHaveLength(1);
  expect(read({ 'agent.conf': plugins + part }).dangling).toEqual([]);
  expect(
    read({
      'agent.yaml':
        'stream_processor: [{name: a}]\npipeline: {inputs: [{name: cpu, tag: app}], outputs: [{name: stdout, match: web}]}',
    }).dangling,
  ).toEqual([]);
});
