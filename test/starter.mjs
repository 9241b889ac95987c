// Makes a project with `cdk8s-pod-patterns init` of the packed library, installs it, and runs the steps of its pipelines.
//
//   node test/starter.mjs <tarball with the command> <generation> <its library> <tarball of that library>
import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

const [, script, ...args] = process.argv;
if (script === fileURLToPath(import.meta.url)) {
  process.exitCode = testProject(...args) ? 0 : 1;
}

/** Whether a project of another generation keeps all that is promised. */
function testProject(command, generation, library, tarball) {
  const folder = mkdtempSync(join(tmpdir(), 'command-'));
  const results = [];
  try {
    execFileSync('npm', ['install', '--no-audit', '--no-fund', '--legacy-peer-deps', command], {
      cwd: folder,
      stdio: 'ignore',
    });
    checkStarter(folder, tarball, (promise, kept) => results.push(`${kept ? 'ok    ' : 'FAILED'} ${promise}`), {
      generation,
      library,
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
  console.log(results.join('\n'));
  return results.every((line) => line.startsWith('ok'));
}

/**
 * @param project a folder in which the library is installed
 * @param tarball the packed library
 */
export function checkStarter(project, tarball, check, { generation = '28', library = 'cdk8s-pod-patterns' } = {}) {
  const home = mkdtempSync(join(tmpdir(), 'starter-'));
  try {
    for (const pipeline of ['github', 'gitlab']) {
      checkProject(join(home, pipeline), { project, tarball, pipeline, generation, library }, check);
    }
  } finally {
    rmSync(home, { recursive: true });
  }
}

function checkProject(folder, { project, tarball, pipeline, generation, library }, check) {
  const options = ['--name', 'shop', '--pipeline', pipeline, '--cdk8s-plus', generation];
  const made = spawnSync('npx', ['cdk8s-pod-patterns', 'init', folder, ...options], { cwd: project, encoding: 'utf8' });
  check(`\`npx cdk8s-pod-patterns init\` makes a project for ${pipeline}`, made.status === 0 && made.stderr === '');
  installLibrary(folder, library, tarball);
  commit(folder);
  // The first pipeline runs before anybody has committed dist/, the second one after.
  const steps = listSteps(folder, pipeline);
  const first = runSteps(folder, steps);
  check(`the pipeline of ${pipeline} passes a new project`, first === undefined);
  if (first !== undefined) {
    console.log(first);
  }
  check('the project synthesizes one file', readdirSync(join(folder, 'dist')).join() === 'shop.k8s.yaml');
  commit(folder);
  checkFailures(folder, steps, check);
}

/** The project asks a registry for this version, which is there after its release only. */
function installLibrary(folder, library, tarball) {
  const file = join(folder, 'package.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8'));
  manifest.dependencies[library] = `file:${tarball}`;
  writeFileSync(file, JSON.stringify(manifest));
  execFileSync('npm', ['install', '--no-audit', '--no-fund'], { cwd: folder, stdio: 'ignore' });
}

function commit(folder) {
  const git = (...args) => execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd: folder });
  git('init', '-q');
  git('add', '.');
  git('commit', '-qm', 'state');
}

function listSteps(folder, pipeline) {
  if (pipeline === 'gitlab') {
    return parse(readFileSync(join(folder, '.gitlab-ci.yml'), 'utf8')).test.script;
  }
  const { steps } = parse(readFileSync(join(folder, '.github/workflows/ci.yml'), 'utf8')).jobs.test;
  return steps.flatMap(({ run }) => run ?? []);
}

/** The first step that fails, with its output; nothing where all pass. */
function runSteps(folder, steps) {
  const env = { ...process.env, CDK8S_CHECK_UPGRADE: 'false' };
  for (const step of steps) {
    const { status, stdout, stderr } = spawnSync('bash', ['-ec', step], { cwd: folder, encoding: 'utf8', env });
    if (status !== 0) {
      return `${step}\n${stdout}${stderr}`;
    }
  }
  return undefined;
}

function checkFailures(folder, [, ...steps], check) {
  const chart = join(folder, 'chart.ts');
  const text = readFileSync(chart, 'utf8');
  writeFileSync(chart, text.replace('replicas: 2', 'replicas: 3'));
  check('the pipeline finds a dist/ that is stale', /^git diff/.test(runSteps(folder, steps)));
  writeFileSync(chart, text.replace('replicas: 2', 'replica: 2'));
  check('the pipeline finds what does not compile', /^npm test[\s\S]*replica/.test(runSteps(folder, steps)));
  writeFileSync(chart, text.replace('minAvailable', 'maxUnavailable'));
  check('the pipeline finds a test that fails', /^npm test[\s\S]*PodDisruptionBudget/.test(runSteps(folder, steps)));
  writeFileSync(chart, text);
  appendFileSync(join(folder, 'dist/other.yaml'), 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndta: {}\n');
  check('the pipeline finds what a rule finds', /^npx pod-rules/.test(runSteps(folder, steps.slice(-1))));
}
