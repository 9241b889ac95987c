import { configPaths } from '../../../src/rules/configs/config-path';
import { podOf } from './support';

const pathsOf = (container: object) => configPaths(podOf(container).pod.containers[0]!, 'AGENT_CONFIG');

test.each([[['-c', '/a.yaml']], [['--config', '/a.yaml']], [['--config=/a.yaml']], [['-config=file:/a.yaml']]])(
  '%j names /a.yaml',
  (args) => {
    expect(pathsOf({ args })).toEqual({ paths: ['/a.yaml'], isUnclear: false });
  },
);

test('so does an environment variable', () => {
  expect(pathsOf({ env: [{ name: 'AGENT_CONFIG', value: '/a.yaml' }] }).paths).toEqual(['/a.yaml']);
});

test.each([
  [['--config=yaml:a: 1']],
  [['-c', '$(CONFIG)']],
  [['-c']],
  [['-c', '/a.yaml', '--config-dir=/b']],
  [['sh', '-c', '/agent -c /a.yaml']],
])('%j is unclear', (args) => {
  expect(pathsOf({ args }).isUnclear).toBe(true);
});
