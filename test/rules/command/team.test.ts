import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { call, folderOf } from './support';
import { findXmlFault } from './xml';

/** Two containers without a tag, and a field that does not exist. */
const POD = `apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop}
spec:
  containers:
    - name: app
      image: acme/app
      prot: 1
    - name: istio-proxy
      image: istio/proxy
`;
const SETTINGS = 'severities: {pod-security: off, companion-resources: off, object-duplicate: off}\n';

/** Findings in short: severity, rule, line, and what suppresses them. */
async function check(folder: string, ...args: string[]) {
  const { code, out, err } = await call(['--format', 'json', ...args, folder]);
  expect(err).toBe('');
  const { findings, suppressed } = JSON.parse(out);
  const show = ({ severity, rule, line, suppressedBy, suppressedBecause }: any) =>
    [severity, rule, line, suppressedBy, suppressedBecause].filter((part) => part !== undefined).join(' ');
  return { code, findings: findings.map(show), suppressed: suppressed.map(show) };
}

const withSettings = (settings: string, files: Record<string, string> = {}) =>
  folderOf({ 'pod-rules.yaml': SETTINGS + settings, 'web.yaml': POD, ...files });

const FOUND = ['warning image-tag 7', 'error unknown-field 8', 'warning image-tag 10'];

describe('settings', () => {
  test('change severities, which a call may change again', async () => {
    const folder = folderOf({ 'web.yaml': POD, 'pod-rules.yaml': `${SETTINGS.replace('{', '{image-tag: error, ')}` });
    expect((await check(folder)).findings).toEqual(FOUND.map((line) => line.replace('warning', 'error')));
    const { findings } = await check(folder, '--set', 'image-tag=info', '--set', 'unknown-field=off');
    expect(findings).toEqual(['info image-tag 7', 'info image-tag 10']);
  });

  test('are those of each file', async () => {
    const folder = withSettings('', {
      'sub/pod-rules.yaml': SETTINGS.replace('{', '{image-tag: info, '),
      'sub/a.yaml': POD,
    });
    const { findings } = await check(folder);
    expect(findings).toEqual([...FOUND.map((line) => line.replace('warning', 'info')), ...FOUND]);
  });

  test('that cannot be read end the call', async () => {
    const { code, out, err } = await call([withSettings('nope: 1')]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/^pod-rules: .*pod-rules\.yaml:2: unknown key `nope`/);
  });

  test('may leave out all there is', async () => {
    const folder = withSettings('paths: {exclude: "*.yaml"}\n');
    expect(await call([join(folder, 'web.yaml')])).toEqual({
      code: 0,
      out: 'no findings in 0 objects; 1 path left out by the settings\n',
      err: '',
    });
  });
});

describe('an exemption', () => {
  test.each([
    ['{rule: image-tag, container: istio-*, reason: ours}', [10]],
    ['{rule: image-tag, reason: ours}', [7, 10]],
    ['{rule: [unknown-field, log-path], reason: ours}', [8]],
    ['{rule: "*", reason: ours, object: Pod/web}', [7, 8, 10]],
    ['{rule: "*", reason: ours, object: P*/w*, container: [app, other]}', [7, 8]],
    ['{rule: "*", reason: ours, object: {kind: Pod, name: w?b, namespace: shop}}', [7, 8, 10]],
    ['{rule: image-tag, reason: ours, path: "*.yaml"}', [7, 10]],
    ['{rule: image-tag, reason: ours, path: [charts/, /web.yaml]}', [7, 10]],
  ])('%s covers the lines %j', async (exemption, lines) => {
    const { suppressed, findings } = await check(withSettings(`exemptions: [${exemption}]`));
    expect(suppressed.map((line: string) => Number(line.split(' ')[2]))).toEqual(lines);
    expect(suppressed.every((line: string) => line.endsWith(' exemption ours'))).toBe(true);
    expect(findings).toEqual(FOUND.filter((line) => !lines.includes(Number(line.split(' ')[2]))));
  });

  test.each([
    '{rule: image-tag, reason: ours, object: Deployment/web}',
    '{rule: image-tag, reason: ours, object: {namespace: other}}',
    '{rule: image-tag, reason: ours, path: charts/}',
    '{rule: image-tag, reason: ours, container: sidecar}',
    '{rule: port-name, reason: ours, object: Pod/web}',
  ])('%s covers nothing, and this is told', async (exemption) => {
    const { suppressed, findings } = await check(withSettings(`exemptions:\n- ${exemption}`));
    expect(suppressed).toEqual([]);
    expect(findings).toEqual([...FOUND, 'warning suppression-unused 3']);
  });

  test('is not called unused where what it is for was not read, its rule is off, or only a part was', async () => {
    const folder = withSettings(
      'exemptions: [{rule: pod-security, reason: a}, {rule: port-name, object: Pod/other, reason: b}]',
      { 'other.yaml': POD.replace('web', 'other') },
    );
    expect((await check(join(folder, 'web.yaml'))).findings).toEqual(FOUND);
    expect((await check(join(folder, 'other.yaml'))).findings).toEqual([...FOUND, 'warning suppression-unused 2']);
    expect((await check(join(folder, 'other.yaml'), '--partial')).findings).toEqual(FOUND);
  });

  test('is a suppression of SARIF', async () => {
    const folder = withSettings('exemptions: [{rule: image-tag, reason: ours}]');
    const { results } = JSON.parse((await call(['--format', 'sarif', folder])).out).runs[0];
    expect(results.map(({ suppressions }: any) => suppressions)).toEqual([
      [],
      ...[1, 2].map(() => [{ kind: 'external', status: 'accepted', justification: 'ours' }]),
    ]);
  });
});

test('an annotation that suppresses nothing is found, but not in a part of all, nor where its rule is off', async () => {
  const annotated = POD.replace('namespace: shop', 'annotations: {cdk8s-pod-patterns/ignore: "port-name: ours"}');
  const folder = withSettings('', { 'web.yaml': annotated });
  expect((await check(folder)).findings).toContain('warning suppression-unused 3');
  expect((await check(folder, '--partial')).findings).toEqual(FOUND);
  expect((await check(folder, '--set', 'port-name=off')).findings).toEqual(FOUND);
});

describe('what fails', () => {
  const folder = withSettings('');

  test.each([
    [['--fail-on', 'error'], 1, 3],
    [['--fail-on', 'error', '--set', 'unknown-field=warning'], 0, 3],
    [['--fail-on', 'never'], 0, 3],
    [['--severity', 'error'], 1, 1],
    [['--severity', 'error', '--set', 'unknown-field=warning'], 0, 0],
    [['--severity', 'error', '--fail-on', 'warning', '--set', 'unknown-field=warning'], 1, 0],
  ])('%j gives %d and shows %d', async (args, code, shown) => {
    const outcome = await check(folder, ...args);
    expect({ code: outcome.code, shown: outcome.findings.length }).toEqual({ code, shown });
  });

  test('and is not shown is told', async () => {
    const args = ['--severity', 'error', '--fail-on', 'warning', '--set', 'unknown-field=off', folder];
    expect((await call(args)).out).toBe('no findings in 1 object; 2 findings not shown that fail the check\n');
  });
});

describe('a baseline', () => {
  const create = async () => {
    const folder = withSettings('', { 'other.yaml': POD.replace('web', 'other') });
    const baseline = join(folder, 'baseline.json');
    const { code, out } = await call(['--baseline', baseline, '--write-baseline', folder]);
    expect({ code, out }).toEqual({ code: 0, out: `6 findings written to ${baseline}\n` });
    const change = (from: string, to: string) =>
      writeFileSync(join(folder, 'web.yaml'), readFileSync(join(folder, 'web.yaml'), 'utf8').replace(from, to));
    return { folder, change, check: () => check(folder, '--baseline', baseline), baseline };
  };

  test('has all that was found, one a line', async () => {
    const { baseline, check } = await create();
    const lines = readFileSync(baseline, 'utf8')
      .split('\n')
      .filter((line) => line.includes('"rule"'));
    expect(lines).toHaveLength(6);
    expect(JSON.parse(lines[0]!.replace(/,$/, ''))).toEqual({
      rule: 'image-tag',
      object: 'Pod/other',
      namespace: 'shop',
      path: 'spec.containers[app].image',
      message: 'container "app" has image "acme/app", which names no version',
      file: 'other.yaml',
    });
    expect(await check()).toMatchObject({ code: 0, findings: [] });
  });

  test('knows findings whose lines or places moved', async () => {
    const { change, check } = await create();
    change('apiVersion', '# moved\n\n---\napiVersion');
    change('  containers:\n', '  containers:\n    - {name: first, image: "acme/first:1"}\n');
    expect(await check()).toMatchObject({ code: 0, findings: [] });
  });

  test('knows objects whose file was renamed, and no second one', async () => {
    const { folder, change, check } = await create();
    writeFileSync(join(folder, 'moved.yaml'), readFileSync(join(folder, 'web.yaml')));
    change('web', 'third');
    const { findings, suppressed } = await check();
    expect(findings).toEqual(FOUND);
    expect(suppressed).toHaveLength(6);
  });

  test('lets new findings count, and tells of those that are gone', async () => {
    const { change, check } = await create();
    change('prot: 1', 'port: 1');
    const { code, findings } = await check();
    expect(code).toBe(1);
    expect(findings).toEqual(['error unknown-field 8', expect.stringMatching(/^warning suppression-unused \d+$/)]);
  });

  test('counts what is the same', async () => {
    const { check, folder } = await create();
    writeFileSync(join(folder, 'web.yaml'), `${POD}---\n${POD}`);
    expect((await check()).findings).toEqual(FOUND.map((line) => line.replace(/\d+/, (at) => String(Number(at) + 11))));
  });

  test('says nothing of files that were not read, but of those that are gone', async () => {
    const { folder, baseline } = await create();
    expect(await check(join(folder, 'web.yaml'), '--baseline', baseline)).toMatchObject({ code: 0, findings: [] });
    rmSync(join(folder, 'other.yaml'));
    expect((await check(join(folder, 'web.yaml'), '--baseline', baseline)).findings).toHaveLength(3);
  });

  test('is told apart from what a person suppressed', async () => {
    const { folder, baseline } = await create();
    const { out } = await call(['--baseline', baseline, folder]);
    expect(out).toBe('no findings, 6 in the baseline in 2 objects; 1 file without objects passed over\n');
    const { results } = JSON.parse((await call(['--format', 'sarif', '--baseline', baseline, folder])).out).runs[0];
    expect(results.every(({ baselineState }: any) => baselineState === 'unchanged')).toBe(true);
  });

  test.each([
    ['none.json', undefined, /none\.json: no such file or directory; `--write-baseline` writes it/],
    ['a.json', '[]', /a\.json is no baseline/],
    ['b.json', 'nope', /b\.json is no baseline/],
    ['c.json', '{"version": 2, "findings": []}', /c\.json is no baseline/],
    ['d.json', '{"version": 1, "findings": [{"rule": 1}]}', /d\.json is no baseline/],
  ])('%s must be one', async (name, text, message) => {
    const folder = withSettings('', text === undefined ? {} : { [name]: text });
    const { code, err } = await call(['--baseline', join(folder, name), join(folder, 'web.yaml')]);
    expect(code).toBe(2);
    expect(err).toMatch(message);
  });
});

describe('a summary', () => {
  const folder = withSettings('exemptions: [{rule: image-tag, container: app, reason: ours}]');

  test('has the number of findings of each rule', async () => {
    expect((await call(['--summary', folder])).out).toBe(`  1  error    unknown-field
  1  warning  image-tag (1 suppressed)

1 error, 1 warning, 1 suppressed in 1 object
`);
  });

  test('is there for programs', async () => {
    const { summary, rules } = JSON.parse((await call(['--summary', '--format', 'json', folder])).out);
    expect(summary).toEqual({ errors: 1, warnings: 1, infos: 0, suppressed: 1, objects: 1, failing: 2 });
    expect(rules).toEqual([
      { rule: 'unknown-field', severity: 'error', findings: 1, suppressed: 0 },
      { rule: 'image-tag', severity: 'warning', findings: 1, suppressed: 1 },
    ]);
  });
});

describe('JUnit', () => {
  test('has a case for each finding and each sound object', async () => {
    const sound = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: sound}\n';
    const folder = withSettings('exemptions: [{rule: image-tag, container: app, reason: a < b}]', {
      'sound.yaml': sound,
    });
    const { out } = await call(['--format', 'junit', '--fail-on', 'error', folder]);
    expect(findXmlFault(out)).toBeUndefined();
    expect(out).toContain('<testsuites name="pod-rules" tests="4" failures="1" errors="0" skipped="2">');
    expect(out).toMatch(
      /name="unknown-field: Pod\/web in shop spec\.containers\[0\]\.prot">\n +<failure message="error: /,
    );
    expect(out).toContain('<skipped message="suppressed: a &lt; b"/>');
    expect(out).toMatch(/name="ConfigMap\/sound"\/>/);
  });

  test('is well-formed whatever a manifest holds', async () => {
    const evil = JSON.stringify({
      apiVersion: 'v1',
      kind: 'Pod\u0001',
      metadata: { name: '<&"\'>\ud800\n]]>' },
      '\ufffe': 1,
    });
    const { out } = await call(['--format', 'junit', '-'], evil);
    expect(findXmlFault(out)).toBeUndefined();
    // biome-ignore lint/suspicious/noControlCharactersInRegex: XML cannot hold them
    expect(out).not.toMatch(/[\u0000-\u0008\ufffe\ud800]/);
  });
});

describe('what Helm rendered', () => {
  const rendered = `---\n# Source: shop/templates/web.yaml\n${POD}---\n# Source: shop/charts/db/templates/db.yaml\n${POD.replace('web', 'db')}`;
  const args = ['--no-config', '--severity', 'error'];

  test('is found at its template, with the line of the input', async () => {
    const { out } = await call([...args, '-'], rendered);
    expect(out).toContain('\n    error unknown-field shop/templates/web.yaml (<stdin>:10)\n');
    expect(out).toContain('\nshop/charts/db/templates/db.yaml\n');
    const { findings } = JSON.parse((await call([...args, '--format', 'json', '-'], rendered)).out);
    expect(findings.map(({ file, line, template }: any) => [file, line, template])).toEqual([
      ['<stdin>', 10, 'shop/templates/web.yaml'],
      ['<stdin>', 22, 'shop/charts/db/templates/db.yaml'],
    ]);
  });

  test('is annotated there, without a line that the template does not have', async () => {
    const { out } = await call([...args, '--format', 'github', '-'], rendered);
    expect(out).toContain('::error file=shop/templates/web.yaml,title=unknown-field::');
    const { results } = JSON.parse((await call([...args, '--format', 'sarif', '-'], rendered)).out).runs[0];
    expect(results[0].locations[0]).toMatchObject({
      physicalLocation: { artifactLocation: { uri: 'shop/templates/web.yaml' }, region: { startLine: 1 } },
      message: { text: 'shop/templates/web.yaml (<stdin>:10)' },
    });
  });

  test('is left out and exempted by its template', async () => {
    const folder = folderOf({
      'pod-rules.yaml': `${SETTINGS}paths: {exclude: shop/charts/}\nexemptions: [{rule: image-tag, path: shop/templates/web.yaml, reason: ours}]`,
    });
    const { out } = await call(['--config', join(folder, 'pod-rules.yaml'), '-'], rendered);
    expect(out).toMatch(/\n1 error, 2 suppressed in 2 objects\n$/);
  });

  test('in a file keeps its place there', async () => {
    const folder = folderOf({ 'all.yaml': rendered });
    const { out } = await call([...args, folder]);
    expect(out).toContain(`error unknown-field ${join(folder, 'all.yaml')}:10 (shop/templates/web.yaml)\n`);
  });
});
