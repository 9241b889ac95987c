import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import * as yaml from 'yaml';
import { loadYaml } from '../../src/private/yaml';

const ROOT = join(__dirname, '../..');

/** Runs a script of TypeScript in a process of its own, and gives what it prints. */
function run(script: string): string {
  const { stdout, stderr } = spawnSync(process.execPath, ['-r', '@swc-node/register', '-e', script], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  return stdout + stderr;
}

const loaded = `Object.keys(require.cache).some((file) => /node_modules.yaml.dist/.test(file))`;

test('the YAML library is the one that this package depends on', () => {
  expect(loadYaml().parse).toBe(yaml.parse);
});

test('the YAML library is loaded when it is asked for, and not before', () => {
  const script = `
    const { loadYaml } = require('./src/private/yaml');
    const before = ${loaded};
    loadYaml();
    console.log(before, ${loaded});`;
  expect(run(script)).toBe('false true\n');
});

test('whoever checks objects that are no text, or a text of plain YAML, never loads it', () => {
  const script = `
    const { readObjectViews } = require('./src/rules/documents');
    const { splitDocuments } = require('./src/rules/text/document-cutter');
    const { runRules } = require('./src/rules/engine');
    const { RULES } = require('./src/rules/list');
    const { listObjectViews } = require('./src/rules/model/object-view');
    const found = runRules(listObjectViews({ apiVersion: 'v1', kind: 'Pod' }, {}), RULES).length > 0;
    const before = ${loaded};
    splitDocuments('a: 1').flatMap(readObjectViews);
    const plain = ${loaded};
    splitDocuments('a: &a 1').flatMap(readObjectViews);
    console.log(found, before, plain, ${loaded});`;
  expect(run(script)).toBe('true false false true\n');
});
