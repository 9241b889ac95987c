// Runs what CI servers and hooks are given, once, as they do: the scripts of the Action with bash, those of the template for GitLab
// with sh, and the hook through pre-commit where it is here, or else as it would call it.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse, parseAllDocuments } from 'yaml';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SOUND = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: sound}\n';
const BROKEN = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: broken}\ndta: {}\n';
const SETTINGS = 'paths: {exclude: vendor/}\n';

/** @param tarball the packed library */
export function checkIntegrations(tarball, check) {
  const repository = mkdtempSync(join(tmpdir(), 'repository-'));
  try {
    const files = { 'k8s/a.yaml': SOUND, 'vendor/b.yaml': BROKEN, 'values.yaml': 'a: 1\n', 'pod-rules.yaml': SETTINGS };
    for (const [name, text] of Object.entries(files)) {
      write(repository, name, text);
    }
    checkAction(repository, tarball, check);
    checkTemplate(repository, tarball, check);
    checkHook(repository, tarball, check);
  } finally {
    rmSync(repository, { recursive: true });
  }
}

function checkAction(repository, tarball, check) {
  const temp = mkdtempSync(join(tmpdir(), 'runner-'));
  const sound = runAction(repository, temp, { package: tarball });
  check('the Action passes a sound repository', sound.status === 0 && /^no findings in 1 object/m.test(sound.stdout));
  write(repository, 'k8s/my file.yaml', BROKEN);
  const paths = 'values.yaml\nk8s\n';
  const broken = runAction(repository, temp, { package: tarball, paths: 'k8s\n', 'sarif-file': 'out.sarif' });
  check(
    'the Action annotates a fault',
    broken.status === 1 && /^::error file=k8s\/my file\.yaml,line=4/m.test(broken.stdout),
  );
  check('the Action tells its exit code', readFileSync(join(temp, 'output'), 'utf8').endsWith('exit-code=1\n'));
  const sarif = JSON.parse(readFileSync(join(repository, 'out.sarif'), 'utf8'));
  check('the Action writes SARIF', sarif.runs[0].results.length === 1);
  const report = runAction(repository, temp, { package: tarball, paths, 'fail-on': 'never' });
  check('the Action may report only', report.status === 0 && /^::error/m.test(report.stdout));
  rmSync(join(repository, 'k8s/my file.yaml'));
  rmSync(temp, { recursive: true });
}

/** The steps of a composite action, one after the other until one fails. */
function runAction(repository, temp, given) {
  const { inputs, runs } = parse(readFileSync(join(ROOT, 'action.yml'), 'utf8'));
  const value = (name) => given[name] ?? inputs[name].default;
  let result = { status: 0, stdout: '' };
  for (const { run, env } of runs.steps) {
    const own = Object.entries(env).map(([name, text]) => [
      name,
      text.replace(/\$\{\{ inputs\.([\w-]+) \}\}/g, (_, key) => value(key)),
    ]);
    const script = join(temp, 'step.sh');
    writeFileSync(script, run);
    const shared = {
      ...process.env,
      RUNNER_TEMP: temp,
      GITHUB_OUTPUT: join(temp, 'output'),
      ...Object.fromEntries(own),
    };
    const options = { cwd: repository, env: shared, encoding: 'utf8' };
    const { status, stdout, stderr } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', script], options);
    result = { status, stdout: `${result.stdout}${stdout}`, stderr };
    if (status !== 0) {
      break;
    }
  }
  return result;
}

function checkTemplate(repository, tarball, check) {
  const sound = runTemplate(repository, { package: tarball });
  const report = readFileSync(join(repository, 'pod-rules.xml'), 'utf8');
  check(
    'the template for GitLab passes a sound repository',
    sound.status === 0 && /failures="0" errors="0"/.test(report),
  );
  write(repository, 'k8s/c.yaml', BROKEN);
  const broken = runTemplate(repository, { package: tarball, paths: 'k8s vendor' });
  check(
    'the template for GitLab fails for a fault, and has it in its report',
    broken.status === 1 && hasFailure(repository),
  );
  rmSync(join(repository, 'k8s/c.yaml'));
}

function hasFailure(repository) {
  return /failures="1"[\s\S]*<failure /.test(readFileSync(join(repository, 'pod-rules.xml'), 'utf8'));
}

/** The script of the one job of a component, with its inputs in their places. */
function runTemplate(repository, given) {
  const text = readFileSync(join(ROOT, 'templates/pod-rules.yml'), 'utf8');
  const [{ spec }] = parseAllDocuments(text).map((document) => document.toJS());
  const body = text.slice(text.indexOf('\n---\n') + 5);
  const jobs = parse(body.replace(/\$\[\[ inputs\.([\w-]+) \]\]/g, (_, key) => given[key] ?? spec.inputs[key].default));
  const [{ script }] = Object.values(jobs);
  return spawnSync('sh', ['-e', '-c', script.join('\n')], { cwd: repository, encoding: 'utf8' });
}

function checkHook(repository, tarball, check) {
  const run = spawnSync('pre-commit', ['--version']).status === 0 ? runPreCommit : callHook;
  const [hook] = parse(readFileSync(join(ROOT, '.pre-commit-hooks.yaml'), 'utf8'));
  const entry = hook.entry.replace(/cdk8s-pod-patterns@\S+/, tarball);
  write(repository, 'k8s/d.yaml', BROKEN);
  const config = { repos: [{ repo: 'local', hooks: [{ ...hook, entry, verbose: true }] }] };
  write(repository, '.pre-commit-config.yaml', JSON.stringify(config));
  execFileSync('git', ['init', '-q'], { cwd: repository });
  execFileSync('git', ['add', 'k8s', 'vendor', 'values.yaml', 'pod-rules.yaml'], { cwd: repository });
  const broken = run(repository, entry, ['k8s/a.yaml', 'k8s/d.yaml', 'values.yaml', 'vendor/b.yaml']);
  check(
    'the hook fails for a fault in a file of a commit',
    broken.status === 1 && /1 error in 2 objects/.test(broken.stdout),
  );
  const sound = run(repository, entry, ['k8s/a.yaml', 'values.yaml', 'vendor/b.yaml', 'pod-rules.yaml']);
  check('the hook passes what is sound, no manifest or left out', sound.status === 0);
}

function runPreCommit(repository, _, files) {
  return spawnSync('pre-commit', ['run', 'pod-rules', '--files', ...files], { cwd: repository, encoding: 'utf8' });
}

/** The command of the hook, with the files behind it. */
function callHook(repository, entry, files) {
  const [command, ...args] = entry.split(' ');
  return spawnSync(command, [...args, ...files], { cwd: repository, encoding: 'utf8' });
}

function write(repository, name, text) {
  mkdirSync(join(repository, name, '..'), { recursive: true });
  writeFileSync(join(repository, name), text);
}
