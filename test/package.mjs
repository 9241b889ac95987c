// Uses the library as its users do: packs it, installs the tarball into an empty project with the newest peers, compiles
// the examples there in strict TypeScript, runs them and their tests, and compares what they synthesize with the expected
// YAML. Then the rules: as a command, as a validation of the cdk8s CLI, and as matchers of jest and Vitest. At last a project that
// `init` makes, with its pipeline.
//
//   node test/package.mjs             packs it first
//   node test/package.mjs <tarball>   tests one that is there, of what is built here
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkIntegrations } from './integrations.mjs';
import { checkDiffAction } from './integrations-diff.mjs';
import { checkMatchers } from './matchers.mjs';
import { checkStarter } from './starter.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const EXAMPLES = readdirSync(join(ROOT, 'examples'));
const project = mkdtempSync(join(tmpdir(), 'package-'));
const run = (command, args, options = {}) =>
  execFileSync(command, args, { cwd: project, encoding: 'utf8', ...options });
let passed = 0;
let failed = 0;

try {
  const tarball = process.argv[2] === undefined ? packLibrary() : resolve(process.argv[2]);
  checkFiles(listPacked(tarball));
  installProject(tarball);
  run('npx', ['tsc', '-p', '.']);
  copyCharts();
  EXAMPLES.forEach(checkExample);
  checkLoading();
  checkNames();
  checkCommand();
  checkIntegrations(tarball, check);
  await checkDiffAction(tarball, check);
  checkValidation();
  checkMatchers(project, seed(), check);
  checkStarter(project, tarball, check);
} finally {
  rmSync(project, { recursive: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

function packLibrary() {
  run('npm', ['run', 'build'], { cwd: ROOT, stdio: 'ignore' });
  const packing = ['pack', '--json', '--ignore-scripts', '--pack-destination', project];
  const [{ filename }] = JSON.parse(run('npm', packing, { cwd: ROOT }));
  return join(project, filename);
}

function listPacked(tarball) {
  const paths = run('tar', ['-tzf', tarball]).trim().split('\n');
  return paths.map((path) => path.replace(/^package\//, ''));
}

function checkFiles(packed) {
  const needed = [
    '.jsii',
    'lib/src/index.js',
    'lib/src/index.d.ts',
    'lib/bin/cdk8s-pod-patterns.js',
    'lib/bin/command.js',
    'lib/bin/draw.js',
    'lib/bin/later.js',
    'lib/bin/pod-rules.js',
    'pod-rules.schema.json',
    'lib/src/testing/index.d.ts',
    'lib/src/testing/jest.js',
    ...readdirSync(join(ROOT, 'lib/parts')).map((file) => `lib/parts/${file}`),
    'node_modules/yaml/dist/index.js',
    'LICENSE',
    'README.md',
    ...readdirSync(join(ROOT, 'starter'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => relative(ROOT, join(parentPath, name)).replaceAll('\\', '/')),
  ];
  const own = packed.filter((file) => !file.startsWith('node_modules/yaml/'));
  const surplus = own.filter((file) =>
    /^lib\/src\/main\.|^(?!starter\/).*\.test\.|tsbuildinfo|\.map$|^(dist|examples|src|test)\//.test(file),
  );
  const missing = needed.filter((file) => !packed.includes(file));
  check('the package holds what it needs and no more', [...missing, ...surplus].length === 0);
  const mapped = own.filter((file) => /sourceMappingURL=data:/.test(readFileSync(join(ROOT, file), 'utf8')));
  check('the package holds no inline source maps', mapped.length === 0);
}

function installProject(tarball) {
  writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'shop', private: true }));
  const peers = ['cdk8s@2', 'cdk8s-plus-28@2', 'constructs@10'];
  const tools = [
    'typescript@5.9',
    '@types/node@20',
    '@types/jest@30',
    'jest@30',
    'vitest@3',
    'cdk8s-cli@2',
    'cdk8s-plus-34@2',
  ];
  run('npm', ['install', '--no-audit', '--no-fund', ...peers, ...tools, tarball], { stdio: 'ignore' });
  cpSync(join(ROOT, 'examples'), join(project, 'examples'), { recursive: true });
  const compilerOptions = {
    strict: true,
    module: 'CommonJS',
    target: 'ES2022',
    outDir: 'out',
    types: ['node', 'jest'],
  };
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['examples'] }));
}

/** The charts that apps include lie beside their code. */
function copyCharts() {
  for (const example of EXAMPLES.filter((name) => existsSync(join(project, 'examples', name, 'chart.yaml')))) {
    cpSync(join(project, 'examples', example, 'chart.yaml'), join(project, 'out', example, 'chart.yaml'));
  }
}

function checkExample(example) {
  const outdir = join(project, 'dist', example);
  run('node', [join(project, 'out', example, 'main.js')], { env: { ...process.env, CDK8S_OUTDIR: outdir } });
  const yaml = readdirSync(outdir).map((file) => readFileSync(join(outdir, file), 'utf8'));
  check(
    `examples/${example} synthesizes the expected YAML`,
    yaml.join('') === readFileSync(join(ROOT, 'examples', example, 'expected.k8s.yaml'), 'utf8'),
  );
}

/** The files of the package that are loaded after each of these statements. */
function loadedBy(...statements) {
  const note = 'seen.push(Object.keys(require.cache).filter((file) => /cdk8s-pod-patterns.lib/.test(file)));';
  const script = ['const seen = [];', ...statements.map((statement) => `${statement};${note}`)].join('\n');
  const seen = JSON.parse(run('node', ['-e', `${script}\nconsole.log(JSON.stringify(seen));`]));
  return seen.map((files) => files.map((file) => file.replaceAll('\\', '/').split('/lib/')[1]));
}

function checkLoading() {
  const [entry, app, pattern] = loadedBy(
    "const library = require('cdk8s-pod-patterns')",
    'new library.FastApp()',
    'library.WebWithLogAgentDeployment',
  );
  const contents = ['src/index.js', 'parts/load.js'];
  check('`require` of the package loads its table of contents alone', isEqual(entry, contents));
  check('a FastApp loads nothing but the synthesis', isEqual(app, [...contents, 'parts/synth.js']));
  check(
    'a pattern loads the kernel and what most patterns need, and no rule',
    isEqual(pattern, [...contents, 'parts/synth.js', 'parts/pod.js', 'parts/shared.js']),
  );
  const recorded = "require('cdk8s-pod-patterns').PodRules.recordConstructs(new (require('cdk8s').App)())";
  const [rules] = loadedBy(recorded);
  check('an app whose constructs are recorded loads no rule', !rules.includes('parts/rules.js'));
}

function isEqual(files, expected) {
  return files.toSorted().join() === expected.toSorted().join();
}

/** Every name is found in every way of asking: by ES modules, and by the runtimes of jsii, which look up each type. */
function checkNames() {
  writeFileSync(
    join(project, 'names.mjs'),
    `import { createRequire } from 'node:module';
import * as all from 'cdk8s-pod-patterns';
import { FastApp, Severity, WebWithLogAgentPod } from 'cdk8s-pod-patterns';
const library = createRequire(import.meta.url)('cdk8s-pod-patterns');
const same = [FastApp === library.FastApp, Severity === library.Severity, WebWithLogAgentPod === library.WebWithLogAgentPod];
const lost = Object.keys(library).filter((name) => library[name] === undefined || all[name] !== library[name]);
console.log(JSON.stringify({ same, lost, names: Object.keys(library) }));`,
  );
  const { same, lost, names } = JSON.parse(run('node', ['names.mjs']));
  check('ES modules import every name', same.every(Boolean) && lost.length === 0);
  const { types } = JSON.parse(readFileSync(join(ROOT, '.jsii'), 'utf8'));
  const values = Object.values(types).filter(({ kind }) => kind !== 'interface');
  const unknown = values.filter(({ name }) => !names.includes(name));
  check('jsii finds every class and enum', values.length === names.length && unknown.length === 0);
}

/** The manifest that this project began with. */
function seed() {
  return /```yml\n([\s\S]*?)```/.exec(readFileSync(join(ROOT, 'examples/01-my-app/README.md'), 'utf8'))[1];
}

function checkCommand() {
  const whole = EXAMPLES.filter((name) => !existsSync(join(ROOT, 'examples', name, 'chart.yaml')));
  const folders = whole.map((name) => join('dist', name));
  const sound = spawnSync('npx', ['pod-rules', ...folders], { cwd: project, encoding: 'utf8' });
  check(
    '`npx pod-rules` finds nothing in what the examples synthesize, but for the charts of others',
    sound.status === 0,
  );
  const broken = spawnSync('npx', ['pod-rules', '-'], { cwd: project, encoding: 'utf8', input: seed() });
  check('`npx pod-rules` finds the errors of a manifest', broken.status === 1 && /unknown-field/.test(broken.stdout));
  const long = spawnSync('npx', ['cdk8s-pod-patterns', 'check', '-'], {
    cwd: project,
    encoding: 'utf8',
    input: seed(),
  });
  check('`npx cdk8s-pod-patterns check` does the same', long.status === 1 && long.stdout === broken.stdout);
}

function checkValidation() {
  const folder = join(project, 'validated');
  mkdirSync(folder);
  writeFileSync(join(folder, 'seed.yaml'), seed());
  const app = `const { App, Chart, Include } = require('cdk8s'); const { PodRules } = require('cdk8s-pod-patterns');
const app = new App(); PodRules.recordConstructs(app);
new Include(new Chart(app, 'shop'), 'seed', { url: 'seed.yaml' }); app.synth();`;
  writeFileSync(join(folder, 'app.js'), app);
  const validation = 'package: ./../node_modules/cdk8s-pod-patterns, version: 0.1.0, class: PodRulesValidation';
  writeFileSync(join(folder, 'cdk8s.yaml'), `app: node app.js\noutput: dist\nvalidations: [{${validation}}]\n`);
  const env = { ...process.env, CDK8S_CHECK_UPGRADE: 'false' };
  const { status, stdout } = spawnSync('npx', ['cdk8s', 'synth'], { cwd: folder, encoding: 'utf8', env });
  const isNamed = /unknown-field \(error\)[\s\S]*Construct Path: shop\/seed/.test(stdout);
  check('`cdk8s synth` exits with 2 on an error of a rule, and names the construct', status === 2 && isNamed);
}

function check(promise, kept) {
  console.log(`${kept ? 'ok    ' : 'FAILED'} ${promise}`);
  if (kept) {
    passed += 1;
  } else {
    failed += 1;
  }
}
