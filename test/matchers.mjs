// Uses the matchers of the packed library as the test runners of users load them, with their types: jest with its globals, with
// `@jest/globals`, as ES modules, and Vitest with the setup of README; and where no `expect` of jest is installed.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** @param seed a manifest that an error is found in */
export function checkMatchers(project, seed, check) {
  const run = (command, args, env = {}) =>
    spawnSync('npx', [command, ...args], { cwd: project, encoding: 'utf8', env: { ...process.env, ...env } });
  checkGlobals(project, run, check);
  const tests = toTests(seed);
  write(
    project,
    'matchers/jest.test.ts',
    `import { expect, test } from '@jest/globals';\nimport 'cdk8s-pod-patterns/testing/jest';\n${tests}`,
  );
  write(
    project,
    'matchers/esm.test.mts',
    `import { expect, test } from '@jest/globals';\nimport 'cdk8s-pod-patterns/testing/jest';\n${tests}`,
  );
  write(project, 'matchers/vitest.test.mts', `import { expect, test } from 'vitest';\n${tests}`);
  write(project, 'matchers/setup.mts', readVitestSetup());
  checkTypes(project, run, check);
  const jest = (file, env) => run('jest', ['--ci', '--rootDir', 'matchers/out', '--testMatch', `**/${file}`], env);
  const isPassed = ({ status, stdout, stderr }) => status === 0 && /2 passed/.test(`${stdout}${stderr}`);
  check('the matchers work with `@jest/globals`', isPassed(jest('jest.test.js')));
  check(
    'the matchers work in jest with ES modules',
    isPassed(jest('esm.test.mjs', { NODE_OPTIONS: '--experimental-vm-modules' })),
  );
  const config =
    "export default { test: { setupFiles: ['matchers/setup.mts'], include: ['matchers/vitest.test.mts'] } };\n";
  write(project, 'vitest.config.mjs', config);
  check('the matchers work in Vitest with the setup of README', isPassed(run('vitest', ['run'])));
  checkAlone(project, check);
}

/** The tests of an example, which are those of README. */
function checkGlobals(project, run, check) {
  cpSync(join(ROOT, 'examples/07-tested-chart'), join(project, 'out/07-tested-chart'), { recursive: true });
  const { status, stderr } = run('jest', ['--ci', '--rootDir', 'out', '--testMatch', '**/*.test.js']);
  check('the matchers work in jest', status === 0 && /Tests: .*\d passed/.test(stderr));
}

function toTests(seed) {
  return `import { Manifests } from 'cdk8s-pod-patterns/testing';
test('passes', () => {
  expect(Manifests.fromFile('examples/01-my-app/expected.k8s.yaml')).toPassPodRules();
});
test('fails', () => {
  const seed = Manifests.fromYaml(${JSON.stringify(seed)});
  expect(seed).not.toPassPodRules();
  expect(() => expect(seed).toPassPodRules()).toThrow('unknown-field');
});
`;
}

function readVitestSetup() {
  return /```typescript\n((?:(?!```)[\s\S])*from 'vitest';[\s\S]*?)```/.exec(
    readFileSync(join(ROOT, 'README.md'), 'utf8'),
  )[1];
}

/** The types of the matchers are there in each runner, without the globals of jest, and no declaration of ours has an error. */
function checkTypes(project, run, check) {
  const compilerOptions = {
    strict: true,
    module: 'NodeNext',
    target: 'ES2022',
    types: ['node'],
    outDir: 'out',
    rootDir: '.',
    skipLibCheck: true,
  };
  write(project, 'matchers/tsconfig.json', JSON.stringify({ compilerOptions, include: ['.'] }));
  const { status, stdout } = run('tsc', ['-p', 'matchers']);
  check(
    'the types of the matchers are known with `@jest/globals`, ES modules and Vitest',
    status === 0 || told(stdout),
  );
}

/** A project without jest, whose declarations are all read. */
function checkAlone(project, check) {
  const alone = mkdtempSync(join(tmpdir(), 'alone-'));
  try {
    for (const name of ['cdk8s-pod-patterns', 'cdk8s', 'cdk8s-plus-28', 'constructs']) {
      cpSync(join(project, 'node_modules', name), join(alone, 'node_modules', name), { recursive: true });
    }
    write(
      alone,
      'main.ts',
      "import 'cdk8s-pod-patterns/testing/jest';\nimport { Manifests } from 'cdk8s-pod-patterns/testing';\nManifests.fromYaml('');\n",
    );
    const compilerOptions = { strict: true, module: 'NodeNext', target: 'ES2022', types: [], noEmit: true };
    write(alone, 'tsconfig.json', JSON.stringify({ compilerOptions, include: ['main.ts'] }));
    const tsc = join(project, 'node_modules/.bin/tsc');
    const { status, stdout } = spawnSync(tsc, ['-p', '.'], { cwd: alone, encoding: 'utf8' });
    check('the types of the test kit have no error where no jest is installed', status === 0 || told(stdout));
  } finally {
    rmSync(alone, { recursive: true });
  }
}

function told(output) {
  console.log(output);
  return false;
}

function write(folder, name, text) {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
}
