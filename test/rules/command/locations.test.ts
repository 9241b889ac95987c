import { join } from 'node:path';
import { relativePath, uriOf } from '../../../src/rules/command/locations';

test('files are named from the working directory on', () => {
  expect(relativePath('./k8s/../k8s/web.yaml')).toBe('k8s/web.yaml');
  expect(relativePath(join(process.cwd(), 'k8s', 'web.yaml'))).toBe('k8s/web.yaml');
  expect(relativePath('../web.yaml')).toBe('../web.yaml');
});

test('URIs are escaped', () => {
  expect(uriOf('k8s/my app#1.yaml')).toBe('k8s/my%20app%231.yaml');
  expect(uriOf('<stdin>')).toBe('%3Cstdin%3E');
});
