import { filesOf } from './support';

const DATA = { agent: { 'agent.yaml': 'a: 1', 'other.conf': 'b' } };
const mounted = (mount: object, volume: object = { configMap: { name: 'agent' } }) =>
  filesOf({ volumeMounts: [{ name: 'agent', ...mount }] }, DATA, [{ name: 'agent', ...volume }]);

test('a file of a ConfigMap', () => {
  const file = mounted({ mountPath: '/etc/agent/' }).at('/etc/agent/agent.yaml');
  expect(file?.text).toBe('a: 1');
  expect(file?.mount.path).toBe('spec.containers[0].volumeMounts[0]');
  expect(file?.title).toBe('key "agent.yaml" of ConfigMap "agent"');
});

test('by subPath', () => {
  expect(mounted({ mountPath: '/etc/a.yaml', subPath: 'agent.yaml' }).at('/etc/a.yaml')?.text).toBe('a: 1');
});

test('under another name', () => {
  const items = [{ key: 'agent.yaml', path: 'sub/main.yaml' }, { key: 'gone', path: 'gone' }, {}];
  expect(mounted({ mountPath: '/etc' }, { configMap: { name: 'agent', items } }).at('/etc/sub/main.yaml')?.text).toBe(
    'a: 1',
  );
  expect(
    mounted({ mountPath: '/etc', subPath: 'sub' }, { configMap: { name: 'agent', items } }).at('/etc/main.yaml')?.text,
  ).toBe('a: 1');
});

test('of a projected volume', () => {
  const files = mounted(
    { mountPath: '/etc' },
    { projected: { sources: [{ secret: {} }, { configMap: { name: 'agent' } }] } },
  );
  expect(files.at('/etc/agent.yaml')?.text).toBe('a: 1');
});

test('all files of a directory', () => {
  expect(
    mounted({ mountPath: '/etc/agent' })
      .in('/etc/agent')
      .map(({ path }) => path),
  ).toEqual(['/etc/agent/agent.yaml', '/etc/agent/other.conf']);
});

test('nothing where the ConfigMap is not in the set, or the volume is another', () => {
  expect(mounted({ mountPath: '/etc' }, { configMap: { name: 'other' } }).at('/etc/agent.yaml')).toBeUndefined();
  expect(mounted({ mountPath: '/etc' }, { emptyDir: {} }).at('/etc/agent.yaml')).toBeUndefined();
  expect(mounted({ mountPath: '/etc' }).at('/opt/agent.yaml')).toBeUndefined();
});
