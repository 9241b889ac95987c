import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runDiff } from '../../src/diff/command/main';
import { folderOf, terminal } from '../rules/command/support';

const CONFIG = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata: { level: info }\n';
const CHANGED = CONFIG.replace('info', 'debug');

async function call(args: readonly string[], input = '') {
  const connected = terminal({ input });
  const code = await runDiff(args, connected);
  return { code, out: connected.stdout.text, err: connected.stderr.text };
}

describe('files and folders', () => {
  const folder = folderOf({
    'a/one.yaml': CONFIG,
    'b/other.yaml': CONFIG,
    'c/one.yaml': CHANGED,
    'values.yaml': 'a: 1\n',
    'bad.yaml': 'kind: [',
  });
  const at = (name: string) => join(folder, name);

  test('an object that only moved to another file is no change', async () => {
    expect(await call([at('a'), at('b')])).toEqual({
      code: 0,
      out: 'nothing changes: 1 object stays as it is\n',
      err: '',
    });
  });

  test('a change gives exit code 1, unless it is none that fails', async () => {
    expect((await call([at('a'), at('c')])).code).toBe(1);
    expect((await call([at('a'), at('c'), '--fail-on', 'down'])).code).toBe(0);
    expect((await call([at('a'), at('c'), '--fail-on', 'never'])).code).toBe(0);
  });

  test('standard input is one of the two', async () => {
    expect((await call(['-', at('a')], CONFIG)).code).toBe(0);
    expect((await call([at('a'), '-'], CHANGED)).code).toBe(1);
  });

  test('all of a set may be new', async () => {
    expect((await call(['/dev/null', at('a')])).out).toMatch(/^ConfigMap\/a is new\n/);
  });

  test.each([
    [[at('a')], 'two sets of manifests are compared, not 1'],
    [[at('a'), at('b'), at('c')], 'two sets of manifests are compared, not 3'],
    [['-', '-'], 'standard input can be one of the two, not both'],
    [[at('a'), at('nowhere')], 'no such file or directory'],
    [[at('values.yaml'), at('values.yaml')], 'no object of Kubernetes to compare'],
    [[at('a'), at('bad.yaml')], 'bad.yaml: line 1'],
    [[at('a'), at('b'), '--formt', 'x'], 'unknown option "--formt"; did you mean "--format"?'],
    [[at('a'), at('b'), '--format', 'xml'], '`--format` cannot be "xml" (known: text, json, markdown)'],
    [[at('a'), at('b'), '--kubernetes', '1.99'], '1.99'],
  ])('%j is an error that says why', async (args, message) => {
    const { code, err } = await call(args);
    expect(code).toBe(2);
    expect(err).toContain(message);
    expect(err).not.toContain('please report');
  });
});

describe('revisions of git', () => {
  const folder = folderOf({ 'k8s/a.yaml': CONFIG, 'k8s/deep/values.txt': 'x', 'other/b.yaml': CHANGED });
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], {
      cwd: folder,
      stdio: 'pipe',
    });
  const before = process.cwd();

  beforeAll(() => {
    git('init', '-q', '-b', 'main');
    git('add', '.');
    git('commit', '-qm', 'one');
    git('checkout', '-qb', 'feature');
    write('k8s/a.yaml', CHANGED);
    git('commit', '-qam', 'two');
    process.chdir(folder);
  });
  afterAll(() => process.chdir(before));

  function write(name: string, text: string): void {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }

  test.each([
    [['main', '--', 'k8s'], 1],
    [['main', 'HEAD', '--', 'k8s'], 1],
    [['main..HEAD', '--', 'k8s/'], 1],
    [['main...feature', '--', '.'], 1],
    [['HEAD', '--', 'k8s'], 0],
    [['main', '--', 'other'], 0],
    [['main:k8s', 'k8s'], 1],
    [['main:k8s/a.yaml', 'HEAD:k8s/a.yaml'], 1],
    [['HEAD:', '.'], 0],
  ])('%j', async (args, code) => {
    const answer = await call(args);
    expect(answer.err).toBe('');
    expect(answer.code).toBe(code);
  });

  test('places are those of the repository, from wherever it is asked', async () => {
    process.chdir(join(folder, 'k8s'));
    const { out } = await call(['main', 'HEAD', '--', '.']);
    process.chdir(folder);
    expect(out).toMatch(/^at once {3}ConfigMap\/a {2}a\.yaml:1$/m);
  });

  test('a path that has come is new', async () => {
    write('fresh/c.yaml', CONFIG.replace('name: a', 'name: fresh'));
    expect((await call(['main', '--', 'fresh'])).out).toMatch(/^ConfigMap\/fresh is new/);
  });

  test.each([
    [['nowhere', '--', 'k8s'], '"nowhere" is no revision of this repository'],
    [['main', 'HEAD', 'main', '--', 'k8s'], 'one or two revisions of git stand before `--`'],
    [['main', '--', '../outside'], '"../outside" lies outside of the repository'],
    [['main:nowhere', 'k8s'], '"nowhere" is not in that revision'],
    [['main', '--', 'nowhere'], 'no object of Kubernetes to compare'],
  ])('%j is an error', async (args, message) => {
    const { code, err } = await call(args);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });

  test('what begins like an option of git never is one', async () => {
    expect((await call(['--output=/tmp/x', '--', 'k8s'])).err).toContain('unknown option "--output"');
    expect((await call(['-x:k8s', 'k8s'])).code).toBe(2);
  });
});

describe('formats', () => {
  const hostile = '</details><img src=x onerror=alert(1)> @octocat acme/shop#1 https://evil.example | `x` \u202e[a](b)';
  const manifest = (text: string) =>
    JSON.stringify({
      apiVersion: 'example.com/v1',
      kind: 'Widget',
      metadata: { name: 'w' },
      spec: { text, [text]: 1 },
    });
  const folder = folderOf({ 'a.json': manifest('a'), 'b.json': manifest(hostile), 'c.yaml': CONFIG });

  test('Markdown is text, whatever stands in the manifests', async () => {
    const { out } = await call([join(folder, 'a.json'), join(folder, 'b.json'), '--format', 'markdown']);
    expect(out).toContain('| | object | what happens |');
    expect(out).not.toMatch(/<img|\[a\]\(b\)|(?<!-->)@octocat|shop#1|https:\/\/|\u202e/);
    const tags = [...out.matchAll(/<\/?([a-z]+)/g)].map(([, tag]) => tag);
    expect(new Set(tags)).toEqual(new Set(['code', 'details', 'summary']));
    expect(out.match(/<details>/g)).toHaveLength(out.match(/<\/details>/g)!.length);
  });

  test('Markdown fits into a comment', async () => {
    const many = Array.from({ length: 900 }, (_, index) => CONFIG.replace('name: a', `name: object-${index}`));
    const files = folderOf({
      'a.yaml': many.join('---\n'),
      'b.yaml': many.join('---\n').replace(/info/g, 'x'.repeat(500)),
    });
    const { out } = await call([join(files, 'a.yaml'), join(files, 'b.yaml'), '--format', 'markdown']);
    expect(out.length).toBeLessThan(65_536);
    expect(out).toContain('850 more objects change');
  });

  test('JSON has a version, the effects by number, and the fields', async () => {
    const { out } = await call([join(folder, 'c.yaml'), '-', '--format', 'json'], CHANGED);
    const report = JSON.parse(out);
    expect(report).toMatchObject({
      version: 1,
      summary: { apply: 1, roll: 0, unchanged: 0 },
      findings: { begun: [], ceased: [] },
    });
    expect(report.objects).toEqual([
      expect.objectContaining({
        effect: 'apply',
        kind: 'ConfigMap',
        name: 'a',
        next: { file: '<stdin>', line: 1 },
        fields: [{ path: 'data.level', old: 'info', next: 'debug' }],
      }),
    ]);
  });

  test('values of Secrets are shown in no format', async () => {
    const secret = (value: string) =>
      `apiVersion: v1\nkind: Secret\nmetadata: { name: s }\nstringData: { token: ${value} }\n`;
    const files = folderOf({ 'a.yaml': secret('first-value'), 'b.yaml': secret('other-value') });
    for (const format of ['text', 'json', 'markdown']) {
      const { out } = await call([join(files, 'a.yaml'), join(files, 'b.yaml'), '--format', format]);
      expect(out).not.toMatch(/-value|Zmlyc3|b3RoZX/);
    }
  });
});
