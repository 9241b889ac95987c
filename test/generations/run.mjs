// Makes the package of each other generation of cdk8s-plus, and puts it before all that this one is put before: jsii, the types of
// all tests and examples, the contracts, the examples and the rest of the tests. What its YAML has otherwise is the list of
// differences.json, and nothing else.
//
//   npm run test:generations                    all of them
//   npm run test:generations -- 33 --update     one of them; writes the list: read the diff
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeGeneration } from '../../tools/generation.mjs';
import names from '../../tools/generation-names.cjs';
import comparison from './compare.cjs';

const { toPackageName } = names;
const { compareYaml } = comparison;
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** What does not belong to a generation, or has tests of its own. */
const PASSED = ['/node_modules/', '/test/(generations|languages|real-software|cluster|release)/'].flatMap((path) => [
  '--testPathIgnorePatterns',
  path,
]);
const LIST = new URL('differences.json', import.meta.url);
const differences = JSON.parse(readFileSync(LIST, 'utf8'));
const named = process.argv.slice(2).filter((arg) => arg in differences);
const generations = named.length > 0 ? named : Object.keys(differences);
let failed = 0;

for (const generation of generations) {
  const folder = mkdtempSync(join(tmpdir(), `${toPackageName(generation)}-`));
  try {
    writeGeneration(generation, folder);
    step(generation, 'is compiled by jsii', folder, ['run', 'build']);
    step(generation, 'has the types that its tests and examples expect', folder, ['run', 'typecheck']);
    checkPackage(generation, folder);
    checkYaml(generation, folder);
    step(generation, 'keeps the contracts, and passes all other tests', folder, [
      'exec',
      '--',
      'jest',
      '--ci',
      ...PASSED,
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
process.exitCode = failed === 0 ? 0 : 1;

function step(generation, promise, folder, args, env = {}) {
  const result = spawnSync('npm', args, { cwd: folder, encoding: 'utf8', env: { ...process.env, ...env } });
  check(`${toPackageName(generation)} ${promise}`, result.status === 0, `${result.stdout}${result.stderr}`);
}

/** The files of the two packages are the same. */
function checkPackage(generation, folder) {
  const args = ['pack', '--dry-run', '--json', '--ignore-scripts'];
  const [{ name, files }] = JSON.parse(execFileSync('npm', args, { cwd: folder, encoding: 'utf8' }));
  const bundled = files.some(({ path }) => path === 'node_modules/yaml/dist/index.js');
  check(`${toPackageName(generation)} is packed with what it bundles`, name === toPackageName(generation) && bundled);
}

/** Writes the expected YAML of the generation where that of 28 was, and lists the differences between them. */
function checkYaml(generation, folder) {
  step(generation, 'synthesizes all examples', folder, ['exec', '--', 'jest', 'test/golden'], { UPDATE_GOLDEN: '1' });
  const found = [
    ...new Set(listExpected().flatMap((file) => compareYaml(read(ROOT, file), read(folder, file)))),
  ].sort();
  if (process.argv.includes('--update')) {
    differences[generation] = found;
    writeFileSync(LIST, `${JSON.stringify(differences, null, 2)}\n`);
  }
  const expected = differences[generation];
  const wrong = [
    ...found
      .filter((difference) => !expected.includes(difference))
      .map((difference) => `not in the list: ${difference}`),
    ...expected.filter((difference) => !found.includes(difference)).map((difference) => `not found: ${difference}`),
  ];
  check(`${toPackageName(generation)} differs in the listed fields alone`, wrong.length === 0, wrong.join('\n'));
}

function listExpected() {
  const examples = readdirSync(join(ROOT, 'examples')).map((name) => `examples/${name}/expected.k8s.yaml`);
  const charts = readdirSync(join(ROOT, 'dist')).filter((name) => name.endsWith('.yaml'));
  return [...examples, ...charts.map((name) => `dist/${name}`)];
}

function read(folder, file) {
  return readFileSync(join(folder, file), 'utf8');
}

function check(promise, kept, output = '') {
  console.log(`${kept ? 'ok    ' : 'FAILED'} ${promise}`);
  if (!kept) {
    failed += 1;
    console.log(output);
  }
}
