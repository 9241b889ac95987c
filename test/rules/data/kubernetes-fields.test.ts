import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HEADER, kubernetesFields } from '../../kubernetes-fields';

const FILE = join(__dirname, '../../src/rules/data/kubernetes-fields.ts');

test('the fields of Kubernetes are those of its OpenAPI schema', () => {
  const documentation = '/** Kinds with their types, then types with their fields, one a line. */';
  const module = `${HEADER}\n\n${documentation}\nexport const KUBERNETES_FIELDS = \`\n${kubernetesFields()}\n\`;\n`;
  if (process.env.UPDATE_GOLDEN) {
    writeFileSync(FILE, module);
  }
  expect(readFileSync(FILE, 'utf8')).toBe(module);
});
