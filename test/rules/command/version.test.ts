import { readFileSync } from 'node:fs';
import { packageVersion } from '../../../src/rules/command/version';

test('the version is that of the package', () => {
  expect(packageVersion()).toBe(JSON.parse(readFileSync('package.json', 'utf8')).version);
});
