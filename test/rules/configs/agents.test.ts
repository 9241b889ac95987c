import { findDotted } from '../../../src/rules/configs/dotted-fields';
import { readFilebeat } from '../../../src/rules/configs/filebeat';
import { readFluentd } from '../../../src/rules/configs/fluentd';
import { parseFluentdText } from '../../../src/rules/configs/fluentd-file';
import { readPromtail } from '../../../src/rules/configs/promtail';
import { findSoftwareConfig } from '../../../src/rules/configs/software-config';
import { Field } from '../../../src/rules/model/field';
import { filesOf, podOf } from './support';

const containerOf = (container: object = {}) => podOf(container).pod.containers[0]!;
const ports = (reading: { listeners: readonly { number: number; protocol: string; isLoopback: boolean }[] }) =>
  reading.listeners.map(({ number, protocol, isLoopback }) => `${number}/${protocol}${isLoopback ? ' (pod)' : ''}`);

test.each([
  [{ a: { b: { c: 1 } } }, 1],
  [{ 'a.b.c': 1 }, 1],
  [{ 'a.b': { c: 1 } }, 1],
  [{ a: { 'b.c': 1 } }, 1],
  [{ a: 1 }, undefined],
  [{}, undefined],
])('a field may be nested or dotted: %j', (data, value) => {
  expect(findDotted(Field.root(data), 'a.b.c').value).toBe(value);
});

describe('filebeat', () => {
  const read = (text: string, args: string[] = []) => readFilebeat(text, containerOf({ args }));

  test('what it tails and where it remembers how far', () => {
    const reading = read(`
filebeat.inputs:
  - {type: filestream, id: a, paths: [/a/*.log, relative, "\${DIR}/x.log"]}
  - {type: log, paths: [/b/*.log], tail_files: true, exclude_files: ['\\.gz$']}
  - {type: filestream, id: c, enabled: false, paths: [/c]}
  - {type: stdin}
path.data: /state`);
    expect(reading.tails).toEqual([
      { pattern: '/a/*.log', exclude: [], fromHead: true, keepsPosition: true },
      { pattern: '/b/*.log', exclude: ['*'], fromHead: false, keepsPosition: true },
    ]);
    expect(reading.states).toEqual([{ path: '/state', isDirectory: true }]);
  });

  const TAIL = 'filebeat: {inputs: [{type: log, paths: [/a]}]}';
  test.each([
    [TAIL, [], ['/usr/share/filebeat/data']],
    [`${TAIL}\npath: {data: "\${path.home}/x"}`, [], []],
    [`${TAIL}\nfilebeat.registry.path: reg`, [], ['/usr/share/filebeat/data/reg']],
    [
      'filebeat.inputs: [{type: log, paths: [/a]}]\nfilebeat.registry: {path: reg}',
      [],
      ['/usr/share/filebeat/data/reg'],
    ],
    [TAIL, ['--path.data', '/x'], ['/x']],
    [TAIL, ['-E', 'path.data=/x'], ['/x']],
    [TAIL, ['--path.data=$(DIR)'], []],
    ['output.console: {}', [], []],
  ])('%j with %j keeps its state in %j', (text, args, paths) => {
    expect(read(text, args).states.map(({ path }) => path)).toEqual(paths);
  });

  test('its ports and output', () => {
    const reading = read(`
http: {enabled: true, port: 5067}
filebeat.inputs:
  - {type: tcp, host: "0.0.0.0:9000"}
  - {type: udp, host: "localhost:9001"}
  - {type: syslog, protocol.udp: {host: "0.0.0.0:9002"}}
  - {type: http_endpoint, listen_address: 0.0.0.0}
output.file: {path: /out, filename: beat}`);
    expect(ports(reading)).toEqual(['5067/TCP (pod)', '9000/TCP', '9001/UDP (pod)', '9002/UDP', '8000/TCP']);
    expect(reading.writes).toEqual(['/out/beat']);
    expect(read('http.enabled: false')).toMatchObject({ listeners: [], writes: [] });
  });

  test('what is no YAML', () => {
    expect(read('a: "b').problem).toMatch(/^is no YAML/);
    expect(read('text').problem).toBe('is one text, not fields of YAML');
  });
});

describe('fluentd', () => {
  function read(data: Record<string, string>) {
    const files = filesOf({ volumeMounts: [{ name: 'agent', mountPath: '/etc/agent' }] }, { agent: data });
    return readFluentd(files.findFile(`/etc/agent/${Object.keys(data)[0]}`)!, files);
  }

  test('values that Ruby makes, and comments, are passed over', () => {
    const reading = read({
      'fluent.conf': `
# <source> of all
<source>
  @type tail # files
  path /a/*.log,"#{ENV['X']}"
  pos_file /state/#{id}.pos
</source>`,
    });
    expect(reading).toMatchObject({ tails: [], states: [], problem: undefined });
  });

  test('what it tails, where it remembers how far, and what it writes', () => {
    const reading = read({
      'fluent.conf': `<source>
  @type tail
  path /a/*.log,/b/%Y/%m.log,relative
  exclude_path ["/a/x.log",
    "/a/y.log"]
  pos_file "/state/a.pos"
  read_from_head true
</source>
<worker 0>
  <source>
    @type tail
    path /d.log
    follow_inodes true
  </source>
</worker>
<match a.**>
  @type file
  path /out/%Y/a
  <buffer tag>
    @type file
    path /state/buffer/*.log
  </buffer>
</match>`,
    });
    const tail = { exclude: ['/a/x.log', '/a/y.log'], fromHead: true, keepsPosition: true, takesRenamedForNew: true };
    expect(reading.tails).toEqual([
      { pattern: '/a/*.log', ...tail },
      { pattern: '/b/*/*.log', ...tail },
      { pattern: '/d.log', exclude: [], fromHead: false, keepsPosition: false, takesRenamedForNew: false },
    ]);
    expect(reading.states).toEqual([
      { path: '/state/a.pos', isDirectory: false },
      { path: '/state/buffer', isDirectory: true },
    ]);
    expect(reading.writes).toEqual(['/out/']);
  });

  test('its ports', () => {
    const source = (type: string, ...more: string[]) => `<source>\n@type ${type}\n${more.join('\n')}\n</source>\n`;
    const text = [
      source('forward'),
      source('http', 'port 9000', 'bind 127.0.0.1'),
      source('syslog'),
      source('syslog', 'port 5141', '<transport tcp>', '</transport>'),
      source('monitor_agent', 'port "#{ENV[\'P\']}"'),
      source('debug_agent'),
      source('exec'),
    ];
    expect(ports(read({ 'fluent.conf': text.join('') }))).toEqual([
      '24224/TCP',
      '9000/TCP (pod)',
      '5140/UDP',
      '5141/TCP',
      '24230/TCP (pod)',
    ]);
  });

  test('what other files hold, and what is not there', () => {
    const source = '<source>\n@type tail\npath /a\n@label @APP\n</source>\n';
    expect(read({ 'fluent.conf': `@include a.conf\n${source}`, 'a.conf': '<label @APP>\n</label>' })).toMatchObject({
      isPartial: false,
      dangling: [],
    });
    expect(read({ 'fluent.conf': '@include *.in', 'a.in': source, 'b.in': '<label @APP>\n</label>' })).toMatchObject({
      tails: [{ pattern: '/a' }],
      dangling: [],
    });
    expect(read({ 'fluent.conf': `@include b/*.conf\n${source}` })).toMatchObject({ isPartial: true, dangling: [] });
    expect(read({ 'fluent.conf': source }).dangling).toEqual([
      'source "tail" sends to label "@APP", which is not defined',
    ]);
    expect(read({ 'fluent.conf': '<match a>\n</match>' }).problem).toBe('has a `<match>` without `@type`');
    expect(read({ 'fluent.conf': '{{ x }}\n<match a>\n</match>' }).problem).toBeUndefined();
    expect(read({ 'fluent.conf': '@include fluent.conf' }).tails).toEqual([]);
    expect(read({ 'fluent.yaml': 'config: []' })).toMatchObject({ isPartial: true, tails: [] });
  });

  test('sections that are never closed, or never opened', () => {
    expect(parseFluentdText('<a>\n<b>\nc d').sections).toHaveLength(1);
    expect(parseFluentdText('</a>\nc d').values.get('c')).toBe('d');
  });
});

describe('promtail', () => {
  const CONFIG = `
server: {http_listen_port: 9080, grpc_listen_address: 127.0.0.1}
positions: {filename: /state/positions.yaml}
clients: [{url: "http://loki:3100"}]
scrape_configs:
  - job_name: app
    static_configs:
      - {targets: [localhost], labels: {__path__: "/logs/*.log", __path_exclude__: "/logs/x.log"}}
      - {labels: {job: none}}
  - job_name: in
    syslog: {listen_address: "0.0.0.0:1514", listen_protocol: udp}
  - job_name: push
    loki_push_api: {server: {http_listen_port: 3500, grpc_listen_port: 3600}}`;

  test('what it tails, where it remembers how far, and its ports', () => {
    const reading = readPromtail(CONFIG, containerOf());
    expect(reading.tails).toEqual([
      { pattern: '/logs/*.log', exclude: ['/logs/x.log'], fromHead: true, keepsPosition: true },
    ]);
    expect(reading.states).toEqual([{ path: '/state/positions.yaml', isDirectory: false }]);
    expect(ports(reading)).toEqual(['9080/TCP', '9095/TCP (pod)', '1514/UDP', '3500/TCP', '3600/TCP']);
  });

  test('what flags may change, and what is off', () => {
    const args = ['-server.http-listen-port=1', '-positions.file=/x'];
    expect(readPromtail(CONFIG, containerOf({ args }))).toMatchObject({ states: [], listeners: [] });
    const off = 'server: {disable: true}\nclients: []\nscrape_configs: []';
    expect(readPromtail(off, containerOf())).toMatchObject({ states: [], listeners: [] });
    expect(readPromtail('a: "b', containerOf()).problem).toMatch(/^is no YAML/);
  });
});

test.each([
  [{ image: 'acme/a', args: ['-c', '/etc/x/beat.yml'] }, 'Filebeat'],
  [
    {
      image: 'docker.elastic.co/beats/filebeat:9',
      args: ['-e'],
      mountPath: '/usr/share/filebeat/filebeat.yml',
      subPath: 'beat.yml',
    },
    'Filebeat',
  ],
  [{ image: 'acme/a', args: ['--config', '/etc/x/fluent.conf'] }, 'Fluentd'],
  [
    { image: 'fluent/fluentd:v1', mountPath: '/fluentd/etc', env: [{ name: 'FLUENTD_CONF', value: 'fluent.conf' }] },
    'Fluentd',
  ],
  [{ image: 'acme/a', command: ['promtail', '-config.file=/etc/x/tail.yaml'] }, 'Promtail'],
  [{ image: 'acme/a', args: ['-config.file=/etc/x/scrape.yaml'] }, undefined],
])('%j is %s', ({ mountPath = '/etc/x', subPath, ...container }: any, software) => {
  const { pod, set } = podOf(
    { ...container, volumeMounts: [{ name: 'x', mountPath, subPath }] },
    {
      x: {
        'beat.yml': 'filebeat.inputs: []',
        'fluent.conf': '<source>\n  @type tail\n</source>',
        'tail.yaml': 'clients: []\nscrape_configs: []',
        'scrape.yaml': 'scrape_configs: []',
      },
    },
  );
  expect(findSoftwareConfig(pod.containers[0]!, pod, set)?.software).toBe(software);
});
