import { memoizeByText } from '../../../src/private/memo';
import { isSmall } from '../../../src/rules/configs/config-file';
import { readConfigPaths } from '../../../src/rules/configs/config-path';
import { isLoopbackHost, parseListeners, toListeners } from '../../../src/rules/configs/endpoints';
import { readClassicFile, readYamlFile } from '../../../src/rules/configs/fluent-bit-file';
import { parseDirectives } from '../../../src/rules/configs/nginx';
import { readYamlText } from '../../../src/rules/configs/yaml-text';
import { filesOf, podOf } from './support';

const DATA = { agent: { 'agent.yaml': 'a: 1', 'other.conf': 'b' } };
const mounted = (mount: object, volume: object = { configMap: { name: 'agent' } }) =>
  filesOf({ volumeMounts: [{ name: 'agent', ...mount }] }, DATA, [{ name: 'agent', ...volume }]);

test('a file of a ConfigMap', () => {
  const file = mounted({ mountPath: '/etc/agent/' }).findFile('/etc/agent/agent.yaml');
  expect(file?.text).toBe('a: 1');
  expect(file?.mount.path).toBe('spec.containers[0].volumeMounts[0]');
  expect(file?.title).toBe('key "agent.yaml" of ConfigMap "agent"');
});

test('by subPath', () => {
  expect(mounted({ mountPath: '/etc/a.yaml', subPath: 'agent.yaml' }).findFile('/etc/a.yaml')?.text).toBe('a: 1');
});

test('under another name', () => {
  const items = [{ key: 'agent.yaml', path: 'sub/main.yaml' }, { key: 'gone', path: 'gone' }, {}];
  expect(
    mounted({ mountPath: '/etc' }, { configMap: { name: 'agent', items } }).findFile('/etc/sub/main.yaml')?.text,
  ).toBe('a: 1');
  expect(
    mounted({ mountPath: '/etc', subPath: 'sub' }, { configMap: { name: 'agent', items } }).findFile('/etc/main.yaml')
      ?.text,
  ).toBe('a: 1');
});

test('of a projected volume', () => {
  const files = mounted(
    { mountPath: '/etc' },
    { projected: { sources: [{ secret: {} }, { configMap: { name: 'agent' } }] } },
  );
  expect(files.findFile('/etc/agent.yaml')?.text).toBe('a: 1');
});

test('all files of a directory', () => {
  expect(
    mounted({ mountPath: '/etc/agent' })
      .listDirectory('/etc/agent')
      .map(({ path }) => path),
  ).toEqual(['/etc/agent/agent.yaml', '/etc/agent/other.conf']);
});

test('nothing where the ConfigMap is not in the set, or the volume is another', () => {
  expect(mounted({ mountPath: '/etc' }, { configMap: { name: 'other' } }).findFile('/etc/agent.yaml')).toBeUndefined();
  expect(mounted({ mountPath: '/etc' }, { emptyDir: {} }).findFile('/etc/agent.yaml')).toBeUndefined();
  expect(mounted({ mountPath: '/etc' }).findFile('/opt/agent.yaml')).toBeUndefined();
});

const pathsOf = (container: object) =>
  readConfigPaths(podOf(container).pod.containers[0]!, { variable: 'AGENT_CONFIG' });

test.each([
  [['-c', '/a.yaml']],
  [['--config', '/a.yaml']],
  [['--config=/a.yaml']],
  [['-config=file:/a.yaml']],
  [['sh', '-c', 'exec /agent -c /a.yaml']],
  [['-config.file=/a.yaml']],
])('%j names /a.yaml', (args) => {
  expect(pathsOf({ args })).toEqual({ paths: ['/a.yaml'], isUnclear: false });
});

test('a relative path is one in the directory of the software', () => {
  const read = (naming: object, container: object) => readConfigPaths(podOf(container).pod.containers[0]!, naming);
  expect(read({ directory: '/etc/agent' }, { args: ['-c', 'a.yaml'] }).paths).toEqual(['/etc/agent/a.yaml']);
  const env = [{ name: 'A', value: 'a.yaml' }];
  expect(read({ variable: 'A', variableDirectory: '/etc/agent' }, { env }).paths).toEqual(['/etc/agent/a.yaml']);
});

test('so does an environment variable', () => {
  expect(pathsOf({ env: [{ name: 'AGENT_CONFIG', value: '/a.yaml' }] }).paths).toEqual(['/a.yaml']);
});

test.each([
  [['--config=yaml:a: 1']],
  [['-c', '$(CONFIG)']],
  [['-c']],
  [['-c', '/a.yaml', '--config-dir=/b']],
  [['sh', '-c', '/agent -c /a.yaml & wait']],
  [['sh', '-c', 'exec /agent']],
  [['sh', '/agent', '-c', '/a.yaml']],
])('%j is unclear', (args) => {
  expect(pathsOf({ args }).isUnclear).toBe(true);
});

test.each([
  ['0.0.0.0:4317', 4317, false],
  [':8888', 8888, false],
  ['[::]:80', 80, false],
  ['localhost:13133', 13133, true],
  ['127.0.0.1:8686', 8686, true],
  ['[::1]:80', 80, true],
])('%s is port %i', (address, number, isLoopback) => {
  expect(parseListeners(address, 'test')).toEqual([{ number, protocol: 'TCP', isLoopback, purpose: 'test' }]);
});

test.each([[undefined], ['${env:HOST}:4317'], ['localhost'], ['unix:///run/a.sock'], ['localhost:0'], ['a:70000']])(
  '%s is none',
  (address) => {
    expect(parseListeners(address, 'test')).toEqual([]);
  },
);

test('host and port may stand apart', () => {
  expect(toListeners('127.0.0.1', '2020', 'test', 'UDP')).toEqual([
    { number: 2020, protocol: 'UDP', isLoopback: true, purpose: 'test' },
  ]);
  expect(toListeners(undefined, undefined, 'test')).toEqual([]);
  expect(isLoopbackHost('127.0.0.1.example.com')).toBe(false);
});

const plain = ({ sections }: ReturnType<typeof readYamlFile>) =>
  sections.map(({ type: kind, values }) => ({ kind, ...Object.fromEntries(values) }));

test('both formats give the same', () => {
  const yaml = readYamlFile(
    'service: {Flush: 1}\npipeline:\n  inputs: [{Name: tail, Path: "/a/*.log"}]\n  outputs: [{name: stdout, match: "*"}]',
  );
  const classic = readClassicFile(
    '# all\n[SERVICE]\n    Flush 1\n\n[INPUT]\n    Name    tail\n    # where\n    Path  /a/*.log\n[OUTPUT]\n    name stdout\n    match *\n',
  );
  expect(plain(yaml)).toEqual([
    { kind: 'service', flush: '1' },
    { kind: 'input', name: 'tail', path: '/a/*.log' },
    { kind: 'output', name: 'stdout', match: '*' },
  ]);
  expect(plain(classic)).toEqual(plain(yaml));
});

test('lists are texts, and what is neither is unknown', () => {
  const { sections } = readYamlFile(
    'pipeline: {inputs: [{name: tail, path: [/a, /b], processors: {logs: []}, tag: }]}',
  );
  expect(Object.fromEntries(sections[0]!.values)).toEqual({ name: 'tail', path: '/a,/b', processors: '${}' });
});

test('included files are named', () => {
  expect(readYamlFile('includes: [a.yaml]').includes).toEqual(['a.yaml']);
  expect(readClassicFile('@SET a=b\n@INCLUDE a.conf\n@include b.conf').includes).toEqual(['a.conf', 'b.conf']);
});

test.each([
  ['[INPUT\n', 'line 1 opens a section and does not close it with "]"'],
  ['Name tail\n', 'line 1 stands in no section'],
  ['[INPUT]\n    Name tail\n  Path /a', 'line 3 is indented less than the lines before it'],
  ['[INPUT]\n    Name\n', 'line 2 gives "Name" no value'],
  ['[INPUT]\n    Name\ttail\n', 'line 2 gives "Name\ttail" no value'],
])('%j is not in the classic format', (text, problem) => {
  expect(readClassicFile(text).problem).toBe(`is not in the classic format: ${problem}`);
});

test('groups and templates are no problem', () => {
  expect(readClassicFile('[INPUT]\n    Name tail\n    [PROCESSORS] x\n').problem).toBeUndefined();
  expect(readClassicFile('{{ if }}').problem).toBeUndefined();
});

test('directives with their words, in blocks and out of them', () => {
  const text =
    'user nginx; # not; this\nhttp { log_format a "x;y {z}" \'b\'; server { listen 80 default_server; if ($a = "") { return 200 ${b}c; } } }';
  expect(parseDirectives(text).map(({ name, words }) => [name, ...words])).toEqual([
    ['user', 'nginx'],
    ['http'],
    ['log_format', 'a', 'x;y {z}', 'b'],
    ['server'],
    ['listen', '80', 'default_server'],
    ['if', '($a', '=', '', ')'],
    ['return', '200', '${b}c'],
  ]);
});

test('no text takes long', () => {
  expect(parseDirectives('"'.repeat(50_000)).length).toBe(0);
});

test('a text is read once', () => {
  const read = jest.fn((text: string) => text.length);
  const remember = memoizeByText(read);
  expect([remember('abc'), remember('abc'), remember('ab')]).toEqual([3, 3, 2]);
  expect(read).toHaveBeenCalledTimes(2);
});

test('not everything is kept for ever', () => {
  const read = jest.fn((text: string) => text);
  const remember = memoizeByText(read);
  for (let index = 0; index < 1000; index++) {
    remember(String(index));
  }
  remember('999');
  expect(read).toHaveBeenCalledTimes(1000);
  remember('0');
  expect(read).toHaveBeenCalledTimes(1001);
});

test('a text beyond any ConfigMap is not read', () => {
  expect(isSmall('x')).toBe(true);
  expect(isSmall('x'.repeat(1024 * 1024 + 1))).toBe(false);
});

test('YAML and JSON are read', () => {
  expect(readYamlText('a: {b: on}').root.at('a', 'b').text).toBe('on');
  expect(readYamlText('{"a": [1]}').root.at('a').items[0]?.number).toBe(1);
});

test('broken YAML has a problem', () => {
  expect(readYamlText('a: "b').problem).toBe('is no YAML: Missing closing "quote');
  expect(readYamlText('a: 1\n b: 2').problem).toMatch(/^is no YAML: /);
});

test.each([
  ['several documents', 'a: 1\n---\na: 2'],
  ['a template', 'a: {{ .Value }}'],
  ['a bracket that closes in the first column', 'a: {\n  b: 1\n}'],
  ['a key twice', 'a: 1\na: 2'],
  [
    'aliases beyond measure',
    `a: &a [1]\nb: [${'*a,'.repeat(200)}]\nc: &c [${'*a,'.repeat(50)}]\nd: [${'*c,'.repeat(100)}]`,
  ],
])('%s have none', (_, text) => {
  expect(readYamlText(text).problem).toBeUndefined();
});
