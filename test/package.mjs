// Uses the library as its users do: packs it, installs the tarball into an empty project with the newest peers, compiles
// the examples there in strict TypeScript, runs them, and compares what they synthesize with the expected YAML.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const project = mkdtempSync(join(tmpdir(), 'package-'));
const run = (command, args, options = {}) =>
  execFileSync(command, args, { cwd: project, encoding: 'utf8', ...options });
let passed = 0;
let failed = 0;

try {
  run('npm', ['run', 'build'], { cwd: ROOT, stdio: 'ignore' });
  const packing = ['pack', '--json', '--ignore-scripts', '--pack-destination', project];
  const [{ filename, files }] = JSON.parse(run('npm', packing, { cwd: ROOT }));
  checkFiles(files.map(({ path }) => path));
  installProject(filename);
  run('npx', ['tsc', '-p', '.']);
  for (const example of readdirSync(join(ROOT, 'examples'))) {
    checkExample(example);
  }
} finally {
  rmSync(project, { recursive: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

function checkFiles(packed) {
  const needed = [
    '.jsii',
    'lib/src/index.js',
    'lib/src/index.d.ts',
    'lib/imports/monitoring.coreos.com.js',
    'LICENSE',
    'README.md',
  ];
  const surplus = packed.filter((file) => /main\.|test|tsbuildinfo|\.map$|^(dist|examples|src)\//.test(file));
  check(
    'the package holds what it needs and no more',
    [...needed.filter((file) => !packed.includes(file)), ...surplus].length === 0,
  );
}

function installProject(tarball) {
  writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'shop', private: true }));
  const packages = ['cdk8s@2', 'cdk8s-plus-28@2', 'constructs@10', 'typescript@5.9', '@types/node@20', `./${tarball}`];
  run('npm', ['install', '--no-audit', '--no-fund', ...packages], { stdio: 'ignore' });
  const filter = (file) => !/\.test\.ts$/.test(file);
  cpSync(join(ROOT, 'examples'), join(project, 'examples'), { recursive: true, filter });
  const compilerOptions = { strict: true, module: 'CommonJS', target: 'ES2022', outDir: 'out', types: ['node'] };
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['examples'] }));
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

function check(promise, kept) {
  console.log(`${kept ? 'ok    ' : 'FAILED'} ${promise}`);
  if (kept) {
    passed += 1;
  } else {
    failed += 1;
  }
}
