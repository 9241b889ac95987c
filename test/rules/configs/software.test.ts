import { readCloudSqlProxy } from '../../../src/rules/configs/cloud-sql-proxy';
import { mergeReadings, NOTHING_READ, toLiteralValue } from '../../../src/rules/configs/config';
import { collectFluentBitParts, parseFlagSections, readFluentBit } from '../../../src/rules/configs/fluent-bit';
import { findDefaultNginxLogs, readNginxConfig } from '../../../src/rules/configs/nginx';
import { readOpenTelemetry } from '../../../src/rules/configs/open-telemetry';
import { findSoftwareConfig } from '../../../src/rules/configs/software-config';
import { readTailCommand } from '../../../src/rules/configs/tail-command';
import { readVector } from '../../../src/rules/configs/vector';
import { filesOf, podOf } from './support';

const SHOP = 'acme:europe-west1:shop';
const LEDGER = 'acme.com:acme:us-central1:ledger';

/** The ports that a proxy with these arguments opens, those of the pod alone in brackets. */
const ports = (args: string[], more: object = {}) =>
  readCloudSqlProxy(podOf({ args, ...more }).pod.containers[0]!)?.listeners.map(({ number, isLoopback }) =>
    isLoopback ? `(${number})` : `${number}`,
  );

test.each([
  [[SHOP], []],
  [[`${SHOP}?port=5433`], ['(5433)']],
  [[`${SHOP}?address=0.0.0.0&port=5433`], ['5433']],
  [
    ['--port=5432', SHOP, `${LEDGER}?port=3306`, LEDGER],
    ['(5432)', '(3306)', '(5433)'],
  ],
  [['-p', '5432', '--address', '0.0.0.0', SHOP], ['5432']],
  [['--port=$(PORT)', SHOP], []],
  [['--unix-socket=/sockets', '--port=5432', SHOP], []],
  [[`${SHOP}?unix-socket=/sockets&port=5432`], []],
  [['--health-check', SHOP], ['(9090)']],
  [['--health-check', '--http-address=0.0.0.0', '--http-port=9801', SHOP], ['9801']],
  [['--health-check=false', '--prometheus', '--http-address', '0.0.0.0', SHOP], ['9090']],
  [['--health-check=false', SHOP], []],
  [['--quitquitquit', SHOP], ['(9091)']],
  [['--debug', '--admin-port=9092', SHOP], ['(9092)']],
  [['--http-address=0.0.0.0', SHOP], []],
  [[`-instances=${SHOP}=tcp:5432`], ['(5432)']],
  [[`--instances=${SHOP}=tcp:0.0.0.0:5432,${LEDGER}=unix:/sockets/ledger`], ['5432']],
  [
    ['-instances', `${SHOP}=tcp:5432`, '-instances', '$(LEDGER)=tcp:3306'],
    ['(5432)', '(3306)'],
  ],
  [
    [`-instances=${SHOP}=tcp:5432`, '-use_http_health_check'],
    ['(5432)', '8090'],
  ],
  [
    [`-instances=${SHOP}=tcp:5432`, '-use_http_health_check', '-health_check_port=8091'],
    ['(5432)', '8091'],
  ],
  [['-instances_metadata=instance/attributes/all', `-instances=${SHOP}=tcp:5432`], undefined],
])('%j opens %j', (args, expected) => {
  expect(ports(args)).toEqual(expected);
});

test.each([
  ['a file', ['--config-file=/etc/proxy.toml', SHOP], {}],
  ['a variable', [SHOP], { env: [{ name: 'CSQL_PROXY_PORT', value: '5432' }] }],
  ['variables that nobody sees', [SHOP], { envFrom: [{ configMapRef: { name: 'proxy' } }] }],
])('nothing is known where %s may say more', (_, args, more) => {
  expect(ports(args, more)).toBeUndefined();
});

test('a value that a variable or template changes is not known', () => {
  expect([
    toLiteralValue('/a'),
    toLiteralValue('${A}/a'),
    toLiteralValue('/a-{{ b }}'),
    toLiteralValue(undefined),
  ]).toEqual(['/a', undefined, undefined, undefined]);
});

test('several readings become one', () => {
  const one = { ...NOTHING_READ, writes: ['/a'], isPartial: true };
  const other = { ...NOTHING_READ, writes: ['/a', '/b'], problem: 'is broken' };
  expect(mergeReadings([one, other])).toEqual({
    ...NOTHING_READ,
    writes: ['/a', '/b'],
    isPartial: true,
    problem: 'is broken',
  });
});

describe('fluent bit', () => {
  const MOUNT = { volumeMounts: [{ name: 'agent', mountPath: '/etc/agent' }] };

  function read(data: Record<string, string>) {
    const files = filesOf(MOUNT, { agent: data });
    return readFluentBit(collectFluentBitParts(files.findFile(`/etc/agent/${Object.keys(data)[0]}`)!, files));
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
    const tail = { exclude: ['*.gz'], fromHead: true, keepsPosition: true, takesRenamedForNew: true };
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
    const sections = parseFlagSections(podOf({ args }).pod.containers[0]!);
    expect(sections.map(({ type: kind, values }) => ({ kind, ...Object.fromEntries(values) }))).toEqual([
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
});

describe('nginx', () => {
  const LOGS = ['/var/log/nginx/access.log', '/var/log/nginx/error.log'];

  function read(container: object, data: Record<string, string>) {
    const args = [container, { web: data }] as const;
    return readNginxConfig(podOf(...args).pod.containers[0]!, filesOf(...args))?.reading;
  }

  const IN_DIRECTORY = { volumeMounts: [{ name: 'web', mountPath: '/etc/nginx/conf.d' }] };

  test('ports of its servers', () => {
    const conf =
      'server { listen 8080; listen [::]:8080; listen 127.0.0.1:9000; listen unix:/a.sock; listen 443 quic; listen *; listen $a:1; }';
    expect(
      read(IN_DIRECTORY, { 'a.conf': conf })?.listeners.map(({ number, protocol, isLoopback }) => [
        number,
        protocol,
        isLoopback,
      ]),
    ).toEqual([
      [8080, 'TCP', false],
      [8080, 'TCP', false],
      [9000, 'TCP', true],
      [443, 'UDP', false],
      [80, 'TCP', false],
    ]);
  });

  test('files that it writes', () => {
    const conf = 'access_log /logs/a.log combined; access_log off; error_log /dev/stderr; error_log stderr;';
    expect(read(IN_DIRECTORY, { 'a.conf': conf })).toMatchObject({
      writes: [...LOGS, '/logs/a.log'],
      isPartial: false,
    });
    expect(read(IN_DIRECTORY, { 'a.conf': 'access_log /logs/$host.log;' })?.isPartial).toBe(true);
    expect(read(IN_DIRECTORY, { 'a.conf': 'include /etc/other/*.conf;' })?.isPartial).toBe(true);
  });

  test('a main file includes the others or does not', () => {
    const both = {
      volumeMounts: [
        ...IN_DIRECTORY.volumeMounts,
        { name: 'web', mountPath: '/etc/nginx/nginx.conf', subPath: 'nginx.conf' },
      ],
    };
    const ports = (main: string) =>
      read(both, { 'nginx.conf': main, 'a.conf': 'server { listen 81; }' })?.listeners.length;
    expect(ports('http { include /etc/nginx/conf.d/a*.conf; }')).toBe(1);
    expect(ports('http { server { listen 82; } include /etc/nginx/conf.d/*.conf; }')).toBeGreaterThan(1);
  });

  test.each([
    ['another program', { ...IN_DIRECTORY, command: ['sh'] }],
    ['another file', { ...IN_DIRECTORY, args: ['nginx', '-c', '/a.conf'] }],
    ['templates', { volumeMounts: [...IN_DIRECTORY.volumeMounts, { name: 'web', mountPath: '/etc/nginx/templates' }] }],
    ['nothing', {}],
  ])('%s says nothing', (_, container) => {
    expect(read(container, { 'a.conf': 'server { listen 80; }' })).toBeUndefined();
  });

  test('without a configuration it writes what its image says', () => {
    const logs = (container: object) => findDefaultNginxLogs(podOf(container).pod.containers[0]!);
    expect(logs({})).toEqual(LOGS);
    expect(logs({ args: ['nginx', '-g', 'daemon off;'] })).toEqual(LOGS);
    expect(logs({ args: ['nginx', '-g', 'error_log /a;'] })).toBeUndefined();
    expect(logs(IN_DIRECTORY)).toBeUndefined();
  });
});

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

const FLUENT_BIT = 'pipeline:\n  inputs: [{name: tail, path: /a}]';
const VECTOR = 'sources: {app: {type: file, include: [/a]}}\nsinks: {}';
const COLLECTOR = 'receivers: {file_log: {include: [/a]}}\nservice: {pipelines: {logs: {receivers: [file_log]}}}';

function configOf(container: object, data: Record<string, string> = {}) {
  const { pod, set } = podOf(container, { config: data });
  const config = findSoftwareConfig(pod.containers[0]!, pod, set);
  expect(findSoftwareConfig(pod.containers[0]!, pod, set)).toBe(config);
  return config && { software: config.software, tails: config.tails.length, source: config.source.path };
}

const at = (mountPath: string) => ({ volumeMounts: [{ name: 'config', mountPath }] });
const found = (software: string) => ({ software, tails: 1, source: 'spec.containers[0].volumeMounts[0]' });

test.each([
  ['Fluent Bit', 'fluent/fluent-bit:5.1.2', '/fluent-bit/etc', 'fluent-bit.yaml', FLUENT_BIT],
  [
    'Fluent Bit',
    'fluent/fluent-bit:5.1.2',
    '/fluent-bit/etc',
    'fluent-bit.conf',
    '[INPUT]\n    Name tail\n    Path /a\n',
  ],
  ['Vector', 'timberio/vector:0.58.0-alpine', '/etc/vector', 'vector.yaml', VECTOR],
  [
    'OpenTelemetry Collector',
    'otel/opentelemetry-collector-contrib:0.165.0',
    '/etc/otelcol-contrib',
    'config.yaml',
    COLLECTOR,
  ],
])('%s of the image %s at its place, and of an image that nobody knows', (software, image, directory, key, text) => {
  expect(configOf({ image, ...at(directory) }, { [key]: text })).toEqual(found(software));
  expect(configOf({ image: 'acme/agent:1', ...at(directory) }, { [key]: text })).toEqual(found(software));
  expect(
    configOf({ image: 'acme/agent:1', args: [`--config=/etc/x/${key}`], ...at('/etc/x') }, { [key]: text }),
  ).toEqual(found(software));
});

test('Fluent Bit and tail by their arguments', () => {
  const args = ['-i', 'tail', '-p', 'path=/a', '-o', 'stdout'];
  const source = 'spec.containers[0].args';
  expect(configOf({ image: 'fluent/fluent-bit:5.1.2', args })).toEqual({ software: 'Fluent Bit', tails: 1, source });
  expect(configOf({ image: 'acme/a:1', command: ['/bin/fluent-bit'], args })).toEqual({
    software: 'Fluent Bit',
    tails: 1,
    source,
  });
  expect(configOf({ image: 'busybox:1.37.0', args: ['tail', '-F', '/a'] })).toEqual({
    software: 'tail',
    tails: 1,
    source,
  });
});

test.each([
  ['nginx:1.30.6', ['tail', '-F', '/a']],
  ['nginx:1.30.6', ['sh', '-c', 'exec tail -F /a']],
  ['haproxy:3.4.6', ['tail', '-F', '/a']],
  ['envoyproxy/envoy:v1.38.4', ['sh', '-c', 'tail -F /a']],
])('tail in the image %s, which has a configuration of its own', (image, command) => {
  const container = { image, command, ...at('/etc/x') };
  expect(configOf(container, { 'a.conf': 'a' })).toEqual({
    software: 'tail',
    tails: 1,
    source: 'spec.containers[0].command',
  });
});

test.each([
  ['of other software', { image: 'envoyproxy/envoy:v1.38.0', args: ['-c', '/etc/x/a.yaml'], ...at('/etc/x') }],
  ['that is TOML', { image: 'timberio/vector:0.58.0-alpine', args: ['-c', '/etc/x/a.toml'], ...at('/etc/x') }],
  [
    'in several files',
    { image: 'otel/opentelemetry-collector:0.159.0', args: ['--config=/etc/x/a.yaml', '--config=/b'], ...at('/etc/x') },
  ],
  ['behind a shell', { image: 'acme/a:1', args: ['sh', '-c', 'agent -c /etc/x/a.yaml & wait'], ...at('/etc/x') }],
  [
    'that a script may have changed',
    { image: 'timberio/vector:0.58.0-alpine', args: ['sh', '-c', 'agent & vector'], ...at('/etc/vector') },
  ],
  ['that is not mounted', { image: 'timberio/vector:0.58.0-alpine' }],
  ['of unknown form', { image: 'acme/a:1', args: ['-c', '/etc/x/b.yaml'], ...at('/etc/x') }],
])('nothing of a configuration %s', (_, container) => {
  expect(configOf(container, { 'a.yaml': VECTOR, 'a.toml': 'a = 1', 'b.yaml': 'a: 1' })).toBeUndefined();
});

const followed = (...args: string[]) =>
  readTailCommand(podOf({ args }).pod.containers[0]!)?.tails.map(({ pattern }) => pattern);

test.each([
  [['tail', '-F', '/a.log', '/b.log']],
  [['/usr/bin/tail', '-n', '+1', '--follow=name', '/a.log', '/b.log']],
  [['sh', '-c', 'tail -n+1 -F /a.log "/b.log"']],
  [['/bin/sh', '-ec', "trap 'exit 0' TERM; until [ -e /a.log ]; do sleep 1; done; exec tail -qf /a.log /b.log | cat"]],
])('%j follows files', (args) => {
  expect(followed(...args)).toEqual(['/a.log', '/b.log']);
});

test.each([
  [['tail', '/a.log']],
  [['tail', '-f', '/dev/null']],
  [['sh', '-c', 'crond && tail -f /a.log']],
  [['sh', '-c', 'tail -f $FILE']],
  [['sh']],
  [['app', '--tail']],
  [[]],
])('%j does not', (args) => {
  expect(followed(...args)).toBeUndefined();
});

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
