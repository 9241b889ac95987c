import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FORMATS } from '../../../src/rules/command/arguments';
import { runCommand } from '../../../src/rules/command/main';
import { folderOf, Kept, terminal } from './support';

const ROOT = join(__dirname, '../../..');
const MAIN = join(ROOT, 'src/command/main.ts');
const REGISTER = ['-r', require.resolve('@swc-node/register')];

/** A Pod that nothing can be said against. */
const SOUND = `apiVersion: v1
kind: Pod
metadata: {name: shop}
spec:
  securityContext: {runAsNonRoot: true, runAsUser: 1000, seccompProfile: {type: RuntimeDefault}}
  containers:
    - name: app
      image: acme/app:1.4
      securityContext: {allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: {drop: [ALL]}}
`;

/** The Pod with which this project began: a typing mistake, and an agent that cannot see the log. */
const SEED = `apiVersion: v1
kind: Pod
metadata:
  name: my-app
spec:
  containers:
    - name: nginx
      image: nginx:1.27
      port:
        - containerPort: 80
    - name: log-agent
      image: busybox:1.36
      command: [sh, -c, tail -F /var/log/nginx/access.log]
`;

const FOLDER = folderOf({
  'seed.yaml': SEED,
  'sound.yaml': SOUND,
  'broken.yaml': `kind: Pod\nmetadata: {\n`,
  'set/a-service.yaml':
    'apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {selector: {app: web}, ports: [{port: 80, targetPort: http}]}\n',
  'set/values.yaml': 'replicas: 2\n',
});
const file = (name: string) => join(FOLDER, name);

async function call(args: string[], options: Parameters<typeof terminal>[0] = {}) {
  const connected = terminal(options);
  const code = await runCommand(args, connected);
  return { code, out: connected.stdout.text, err: connected.stderr.text };
}

describe('the seed manifest', () => {
  test('fails for the field that does not exist and for the log that the agent does not see', async () => {
    const { code, out } = await call(['--format', 'json', '--severity', 'error', file('seed.yaml')]);
    expect(code).toBe(1);
    const { findings } = JSON.parse(out);
    expect(findings.map(({ rule, line, path }: any) => ({ rule, line, path }))).toEqual([
      { rule: 'unknown-field', line: 9, path: 'spec.containers[0].port' },
      { rule: 'log-path', line: 11, path: 'spec.containers[1].volumeMounts' },
    ]);
  });

  test('is shown to people with the line that is wrong and what to write', async () => {
    const { out } = await call(['--severity', 'error', file('seed.yaml')]);
    expect(out).toContain(`error unknown-field ${file('seed.yaml')}:9\n`);
    expect(out).toContain('      9 |       port:\n      fix: write `ports`\n');
    expect(out).toContain('"/var/log/nginx/access.log"');
    expect(out).toMatch(/\n2 errors in 1 object\n$/);
  });
});

describe('the exit code', () => {
  test('is 0 where nothing is found', async () => {
    expect(await call([file('sound.yaml')])).toEqual({ code: 0, out: 'no findings in 1 object\n', err: '' });
    expect(
      await call(['--set', 'unknown-field=off', '--set', 'log-path=info', '--severity', 'error', file('seed.yaml')]),
    ).toMatchObject({
      code: 0,
    });
  });

  test('is 1 where a finding is reported, however slight', async () => {
    const { code } = await call(['--set', 'unknown-field=info', file('seed.yaml')]);
    expect(code).toBe(1);
  });

  test('is 2 where an input cannot be used, and the rest is reported', async () => {
    const { code, out, err } = await call(['nope.yaml', file('seed.yaml')]);
    expect(code).toBe(2);
    expect(out).toContain('unknown-field');
    expect(err).toBe('pod-rules: nope.yaml: no such file or directory\n');
  });

  test('is 2 where YAML is broken, which is a finding as well', async () => {
    const { code, out, err } = await call([file('broken.yaml')]);
    expect(code).toBe(2);
    expect(out).toContain(`error yaml-syntax ${file('broken.yaml')}:`);
    expect(err).toMatch(/^pod-rules: .*broken\.yaml: line \d: .*\n$/);
  });

  test.each([[['--nope']], [['--explain', 'nope']], [['--format']]])('is 2 for %j, with help', async (args) => {
    const { code, out, err } = await call(args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/^pod-rules: .*\nTry "pod-rules --help"\.\n$/);
  });

  test('is 2 where there is nothing to check', async () => {
    const { code, err } = await call(['-']);
    expect({ code, err }).toEqual({ code: 2, err: 'pod-rules: <stdin>: no object of Kubernetes to check\n' });
  });

  test.each([
    [new Error('oops'), /^pod-rules: this is a fault of pod-rules itself, please report it: Error: oops\n/],
    [
      Object.assign(new Error('ENOSPC: no space left on device, write'), { syscall: 'write' }),
      /^pod-rules: cannot write: no space left on device\n$/,
    ],
  ])('is 2 where the command itself fails: %s', async (error, text) => {
    const stdout = Object.assign(new Kept(), {
      _write: (_: string, __: string, done: (error: Error) => void) => done(error),
    });
    const connected = { ...terminal(), stdout };
    expect(await runCommand(['--help'], connected)).toBe(2);
    expect(connected.stderr.text).toMatch(text);
  });
});

test('all inputs are one set, and standard input is the default', async () => {
  const deployment = `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: 'acme/web:1', ports: [{name: htpp, containerPort: 80}]}]}}}\n`;
  const { out, code } = await call(['--severity', 'error', file('set'), '-'], { input: deployment });
  expect(code).toBe(1);
  expect(out).toContain(`service-target ${file('set/a-service.yaml')}:4\n`);
  expect(out).toMatch(/\n1 error in 2 objects; 1 file without objects passed over\n$/);
  expect(await call([], { input: SOUND })).toMatchObject({ code: 0 });
});

test('without inputs at a terminal the usage is shown', async () => {
  const { code, out, err } = await call([], { isTTY: true });
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toMatch(/^Usage: pod-rules /);
});

test.each([
  [['--help'], /^Usage: pod-rules /],
  [['--version'], /^\d+\.\d+\.\d+\S*\n$/],
  [['--list'], /^manifest\n {2}yaml-syntax +error +A document/],
  [['--explain', 'image-tag'], /^image-tag \(warning, containers\)\n/],
])('%j answers', async (args, answer) => {
  const { code, out, err } = await call(args);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toMatch(answer);
});

test.each(FORMATS)('the format %s is known', async (format) => {
  const { code, out } = await call(['--format', format, file('seed.yaml')]);
  expect(code).toBe(1);
  expect(out).toContain('unknown-field');
});

test.each([
  [true, {}, true],
  [true, { NO_COLOR: '' }, true],
  [true, { NO_COLOR: '1' }, false],
  [true, { TERM: 'dumb' }, false],
  [false, {}, false],
])('colour: terminal %s with %j gives %s', async (isTTY, env, isColoured) => {
  const { out } = await call([file('seed.yaml')], { isTTY, env });
  expect(out.includes('\u001b[')).toBe(isColoured);
});

describe('as a process', () => {
  jest.setTimeout(60_000);

  test('it is a script with its exit code', () => {
    expect(readFileSync(MAIN, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
    const { status, stdout } = spawnSync(process.execPath, [...REGISTER, MAIN, 'check', '-'], {
      cwd: ROOT,
      input: SEED,
    });
    expect(status).toBe(1);
    expect(String(stdout)).toContain('<stdin>:9');
  });

  test('it loads no cdk8s, and YAML only when there is some', () => {
    const script = `
      const { runVerb } = require(${JSON.stringify(MAIN)});
      runVerb(['check', '--explain', 'image-tag'], process).then((code) => {
        const loaded = Object.keys(require.cache).filter((file) => /node_modules.(cdk8s|constructs|yaml)/.test(file));
        console.log(JSON.stringify({ code, loaded }));
      });`;
    const { stdout } = spawnSync(process.execPath, [...REGISTER, '-e', script], { cwd: ROOT });
    expect(String(stdout).trim().split('\n').pop()).toBe('{"code":0,"loaded":[]}');
  });

  test('a reader that has seen enough ends it quietly, and one that has not gets everything', async () => {
    const many = Array.from(
      { length: 500 },
      (_, index) => `---\napiVersion: v1\nkind: Secret\nmetadata: {name: s-${index}}\ndta: 1\n`,
    );
    const large = join(folderOf({ 'large.yaml': many.join('') }), 'large.yaml');
    const all = spawnSync(process.execPath, [...REGISTER, MAIN, 'check', '--format', 'json', large], {
      cwd: ROOT,
      maxBuffer: 1e9,
    });
    expect(JSON.parse(String(all.stdout)).findings).toHaveLength(500);
    const child = spawn(process.execPath, [...REGISTER, MAIN, 'check', large], { cwd: ROOT });
    child.stdout.once('data', () => child.stdout.destroy());
    let err = '';
    child.stderr.on('data', (data) => {
      err += data;
    });
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect({ code, err }).toEqual({ code: 1, err: '' });
  });
});
