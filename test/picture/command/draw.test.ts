import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runVerb } from '../../../src/command/main';
import { renderMermaid, renderSvg, renderText } from '../../../src/picture';
import { folderOf, terminal } from '../../rules/command/support';
import { BARE, SHOP, sceneIn } from '../support';

const FOLDER = folderOf({
  'shop.yaml': SHOP,
  'bare.yaml': BARE,
  'both.yaml': `${SHOP}---\n${BARE}`,
  'none.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n',
  'broken.yaml': 'kind: Pod\nmetadata: {\n',
  'patch.yaml':
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: patch}\nspec: {template: {spec: {containers: [{name: a, $patch: delete}]}}}\n',
  'off/pod-rules.yaml': 'severities: {service-target: off}\n',
  'off/shop.yaml': SHOP,
});
const file = (name: string) => join(FOLDER, name);

async function draw(args: readonly string[], options: Parameters<typeof terminal>[0] & { columns?: number } = {}) {
  const connected = terminal(options);
  Object.assign(connected.stdout, { columns: options.columns });
  const code = await runVerb(['draw', ...args], connected);
  return { code, out: connected.stdout.text, err: connected.stderr.text };
}

function withoutFile(text: string) {
  return { ...sceneIn(text), file: undefined };
}

test('a pod is written as text, SVG or Mermaid, from a file or standard input', async () => {
  expect(await draw([file('bare.yaml')])).toEqual({ code: 0, out: renderText(withoutFile(BARE)), err: '' });
  expect(await draw(['-'], { input: BARE })).toEqual({ code: 0, out: renderText(withoutFile(BARE)), err: '' });
  expect((await draw(['--format', 'svg', file('bare.yaml')])).out).toBe(renderSvg(withoutFile(BARE)));
  expect((await draw(['--format=mermaid', file('bare.yaml')])).out).toBe(renderMermaid(withoutFile(BARE)));
});

test('several pods stand one below the other as text, and go to files otherwise', async () => {
  const { out } = await draw([file('both.yaml')]);
  expect(out).toBe(`${renderText(withoutFile(SHOP))}\n${renderText(withoutFile(BARE))}`);
  expect(await draw(['--format', 'svg', file('both.yaml')])).toEqual({
    code: 2,
    out: '',
    err: 'cdk8s-pod-patterns draw: there are 2 pods, and standard output takes one picture; name one with `--pod`, or a folder with `--out` (pods: Deployment/shop, Pod/web)\nTry "cdk8s-pod-patterns draw --help".\n',
  });
  const folder = join(folderOf({}), 'new/pictures');
  const written = await draw(['--format', 'svg', '--out', folder, file('both.yaml')]);
  expect(written).toEqual({ code: 0, out: `${folder}/Deployment.shop.svg\n${folder}/Pod.web.svg\n`, err: '' });
  expect(readFileSync(join(folder, 'Pod.web.svg'), 'utf8')).toBe(renderSvg(withoutFile(BARE)));
});

test('files of pods of one name tell them apart', async () => {
  const twice = [SHOP, SHOP.replaceAll('prod', 'test'), SHOP].join('---\n');
  const folder = folderOf({ 'in.yaml': twice });
  await draw(['--format', 'mermaid', '--out', join(folder, 'out'), join(folder, 'in.yaml')]);
  expect(readdirSync(join(folder, 'out')).sort()).toEqual([
    'Deployment.prod.shop.2.mmd',
    'Deployment.prod.shop.mmd',
    'Deployment.test.shop.mmd',
  ]);
});

test('--pod picks, and says what there is', async () => {
  const { out } = await draw(['--pod', 'Pod/web', '--format', 'svg', file('both.yaml')]);
  expect(out).toBe(renderSvg(withoutFile(BARE)));
  expect((await draw(['--pod', 'Pod/wep', file('both.yaml')])).err).toContain(
    '`--pod` names "Pod/wep", which is not there; did you mean "Pod/web"?',
  );
  expect((await draw(['--pod', 'x', file('both.yaml')])).err).toContain(
    '`--pod` names "x", which is not there (pods: Deployment/shop, Pod/web)',
  );
});

test('findings are those of check with its settings, or none', async () => {
  expect((await draw([file('shop.yaml')])).out).toContain('service-target');
  expect((await draw([file('off')])).out).not.toContain('service-target');
  expect((await draw(['--no-findings', file('shop.yaml')])).out).not.toContain('Findings');
});

test('what cannot be drawn is told, and the rest is drawn', async () => {
  const { code, out, err } = await draw([
    file('bare.yaml'),
    file('patch.yaml'),
    file('broken.yaml'),
    file('nowhere.yaml'),
  ]);
  expect(code).toBe(2);
  expect(out).toContain('Pod/web');
  expect(err).toContain(
    `not drawn: Deployment/patch of ${file('patch.yaml')}:1: a patch; check what \`kubectl kustomize\``,
  );
  expect(err).toContain(`${file('nowhere.yaml')}: no such file or directory\n`);
  expect(err).toContain(`${file('broken.yaml')}: line `);
  expect(await draw([file('none.yaml')])).toEqual({
    code: 2,
    out: '',
    err: 'cdk8s-pod-patterns draw: no pod to draw\n',
  });
});

test('a text is as wide as the terminal, and in ASCII where that shows nothing else', async () => {
  const wide = await draw([file('bare.yaml')], { isTTY: true, columns: 100, env: { LANG: 'en_US.UTF-8' } });
  expect(wide.out).toBe(renderText(withoutFile(BARE), { columns: 100 }));
  const plain = await draw([file('bare.yaml')], {
    isTTY: true,
    columns: 100,
    env: { LC_ALL: 'C', LANG: 'en_US.UTF-8' },
  });
  expect(plain.out).toBe(renderText(withoutFile(BARE), { columns: 100, isAscii: true }));
  expect((await draw(['--columns', '60', '--ascii', file('bare.yaml')])).out).toBe(
    renderText(withoutFile(BARE), { columns: 60, isAscii: true }),
  );
});

test.each([
  [['--format', 'png', 'a'], '`--format` cannot be "png" (known: text, svg, mermaid)'],
  [['--fromat', 'svg', 'a'], 'unknown option "--fromat"; did you mean "--format"?'],
  [['--columns', '10', 'a'], '`--columns` cannot be "10"; write a whole number from 40 to 1000'],
  [['--columns', '1e3', 'a'], '`--columns` cannot be "1e3"; write a whole number from 40 to 1000'],
  [['--out', '', 'a'], '`--out` needs the name of a folder'],
])('%j is refused', async (args, message) => {
  expect(await draw(args)).toEqual({
    code: 2,
    out: '',
    err: `cdk8s-pod-patterns draw: ${message}\nTry "cdk8s-pod-patterns draw --help".\n`,
  });
});

test('a folder that cannot be written is an error in words, and a terminal without input gets the help', async () => {
  const { code, err } = await draw(['--out', join(file('bare.yaml'), 'x'), file('bare.yaml')]);
  expect({ code, err }).toEqual({ code: 2, err: 'cdk8s-pod-patterns draw: cannot write: not a directory\n' });
  expect(existsSync(join(FOLDER, 'x'))).toBe(false);
  const asked = await draw([], { isTTY: true });
  expect(asked.code).toBe(2);
  expect(asked.err).toContain('Usage: cdk8s-pod-patterns draw [options]');
});
