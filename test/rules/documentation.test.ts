import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rulesDocumentation } from './documentation';

const FILE = join(__dirname, '../../docs/rules.md');

test('docs/rules.md has a row for each rule, with the manifests that prove it', () => {
  if (process.env.UPDATE_GOLDEN) {
    writeFileSync(FILE, rulesDocumentation());
  }
  expect(readFileSync(FILE, 'utf8')).toBe(rulesDocumentation());
});
