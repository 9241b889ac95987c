import { mkdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describeSystemError, UsageError } from '../../../src/private/command-line';
import { readRequest } from '../../../src/rules/command/arguments';
import { checkManifests } from '../../../src/rules/command/check';
import { Excerpts } from '../../../src/rules/command/excerpts';
import { findInputFiles } from '../../../src/rules/command/files';
import { readInput } from '../../../src/rules/command/input';
import { readVersion } from '../../../src/rules/command/texts';
import { readObjectViews } from '../../../src/rules/documents';
import { runRules } from '../../../src/rules/engine';
import { Severity } from '../../../src/rules/finding';
import { RULES } from '../../../src/rules/list';
import { splitDocuments } from '../../../src/rules/text/document-cutter';
import { folderOf } from './support';

test('inputs alone are checked with the defaults', () => {
  expect(readRequest(['a.yaml', '-', 'manifests'])).toEqual({
    action: 'check',
    inputs: ['a.yaml', '-', 'manifests'],
    format: 'text',
    isSummary: false,
    limit: Severity.INFO,
    failOn: Severity.INFO,
    severities: {},
    config: undefined,
    baseline: undefined,
    writesBaseline: false,
    isPartial: false,
  });
});

test('options may stand anywhere, in both spellings', () => {
  const args = ['--format', 'json', 'a.yaml', '--severity=error', '--set', 'image-tag=off', '--set=field-type=warning'];
  expect(readRequest([...args, '--', '--b.yaml'])).toMatchObject({
    action: 'check',
    inputs: ['a.yaml', '--b.yaml'],
    format: 'json',
    limit: Severity.ERROR,
    failOn: Severity.ERROR,
    severities: { 'image-tag': Severity.OFF, 'field-type': Severity.WARNING },
  });
});

test.each([
  [['--help'], { action: 'help' }],
  [['-h', '--list'], { action: 'help' }],
  [['--version'], { action: 'version' }],
  [['--list', 'a.yaml'], { action: 'list' }],
  [['--explain', 'image-tag'], { action: 'explain', rule: expect.objectContaining({ id: 'image-tag' }) }],
])('%j asks for %j', (args, request) => {
  expect(readRequest(args)).toEqual(request);
});

test.each([
  [['--fromat', 'json'], 'unknown option "--fromat"; did you mean "--format"?'],
  [['--colourful'], 'unknown option "--colourful"'],
  [['-x'], 'unknown option "-x"'],
  [['--format', 'xml'], '`--format` cannot be "xml" (known: text, json, sarif, github, junit)'],
  [['--severity', 'off'], '`--severity` cannot be "off" (known: error, warning, info)'],
  [['--severity'], "option '--severity <value>' argument missing"],
  [['--list=yes'], "option '--list' does not take an argument"],
  [['--set', 'image-tag'], '`--set` takes "<rule>=<severity>", not "image-tag"'],
  [['--set', 'image-tga=off'], '"image-tga" is no rule; did you mean "image-tag"?'],
  [['--set', 'image-tag=on'], '`--set image-tag` cannot be "on" (known: error, warning, info, off)'],
  [['--explain', 'container-name-uniqe'], '"container-name-uniqe" is no rule; did you mean "container-name-unique"?'],
  [['--explain', 'something else'], '"something else" is no rule; `--list` shows all rules'],
])('%j means nothing: %s', (args, message) => {
  expect(() => readRequest(args)).toThrow(new UsageError(message));
});

const TEXT = `apiVersion: v1
kind: ConfigMap
metadata: {name: web, annotations: {cdk8s-pod-patterns/ignore: 'field-type: it is read by another tool'}}
data: {a: 1}
dta: {}
---
a: [
`;

function checked(limit: Severity, severities = {}) {
  const documents = splitDocuments(TEXT, 'web.yaml');
  const input = { objects: documents.flatMap(readObjectViews), documents: new Map([['web.yaml', documents]]) };
  return checkManifests(
    { ...input, passedOver: 3, leftOut: 0, unusable: [{ file: 'x', message: 'y' }] },
    { limit, severities },
  );
}

test('an outcome holds findings, what is suppressed, and what could not be checked', () => {
  const outcome = checked(Severity.INFO);
  expect(outcome.findings.map(({ rule, line }) => [rule, line])).toEqual([
    ['unknown-field', 5],
    ['yaml-syntax', 7],
  ]);
  expect(outcome.suppressed.map(({ rule }) => rule)).toEqual(['field-type']);
  expect(outcome.checked).toHaveLength(1);
  expect(outcome.passedOver).toBe(3);
  expect(outcome.unusable.map(({ file }) => file)).toEqual(['x', 'web.yaml']);
  expect(outcome.unusable[1]!.message).toMatch(/^line 7: /);
  expect(outcome.findText('web.yaml', 5)).toBe('dta: {}');
});

test('what is less severe than asked for is left out, suppressed or not', () => {
  const severities = { 'unknown-field': Severity.WARNING, 'field-type': Severity.INFO };
  const outcome = checked(Severity.ERROR, severities);
  expect(outcome.findings.map(({ rule }) => rule)).toEqual(['yaml-syntax']);
  expect(outcome.suppressed).toEqual([]);
});

test('a broken document stays unusable when its rule is off', () => {
  const outcome = checked(Severity.INFO, { 'yaml-syntax': Severity.OFF });
  expect(outcome.findings.map(({ rule }) => rule)).toEqual(['unknown-field']);
  expect(outcome.unusable).toHaveLength(2);
});

test('a line is found in its document', () => {
  const text = 'a: 1\r\nb: 2\r\n---\r\nc: 3\r\n---\n# nothing\n---\nd: 4';
  const excerpts = new Excerpts(new Map([['web.yaml', splitDocuments(text, 'web.yaml')]]));
  const lines = [1, 2, 3, 4, 8, 2].map((line) => excerpts.findText('web.yaml', line));
  expect(lines).toEqual(['a: 1', 'b: 2', '---', 'c: 3', 'd: 4', 'b: 2']);
});

test('a line or file that is not there gives nothing', () => {
  const excerpts = new Excerpts(new Map([['web.yaml', splitDocuments('# comment\n---\na: 1\n', 'web.yaml')]]));
  expect(excerpts.findText('web.yaml', 1)).toBeUndefined();
  expect(excerpts.findText('web.yaml', 99)).toBeUndefined();
  expect(excerpts.findText('other.yaml', 1)).toBeUndefined();
});

const FOLDER = folderOf({
  'b.yaml': '',
  'a.yml': '',
  'sub/c.json': '',
  'sub/deep/d.yaml': '',
  'notes.md': '',
  '.hidden.yaml': '',
  '.git/e.yaml': '',
  'node_modules/f.yaml': '',
  'odd.txt': '',
});
const path = (...names: string[]) => join(FOLDER, ...names);

test('a folder stands for the manifests in and below it, in the order of their names', () => {
  const { files, unusable } = findInputFiles([FOLDER]);
  expect(files.map((file) => file.path)).toEqual([
    path('a.yml'),
    path('b.yaml'),
    path('sub', 'c.json'),
    path('sub', 'deep', 'd.yaml'),
  ]);
  expect(files.every(({ isNamed }) => !isNamed)).toBe(true);
  expect(unusable).toEqual([]);
});

test('what is named is read whatever it is called', () => {
  const named = [path('odd.txt'), path('.hidden.yaml'), path('node_modules'), '-'];
  expect(findInputFiles(named).files).toEqual([
    { path: path('odd.txt'), isNamed: true },
    { path: path('.hidden.yaml'), isNamed: true },
    { path: path('node_modules', 'f.yaml'), isNamed: false },
    { path: '-', isNamed: true },
  ]);
});

test('a file that is there twice is read once, and counts as named when it is named at all', () => {
  const { files } = findInputFiles([path('sub'), path('sub', '..', 'sub', 'c.json'), path('sub'), '-', '-']);
  expect(files).toEqual([
    { path: path('sub', 'c.json'), isNamed: true },
    { path: path('sub', 'deep', 'd.yaml'), isNamed: false },
    { path: '-', isNamed: true },
  ]);
});

test('links are followed, once, and those that lead nowhere are told', () => {
  const folder = folderOf({ 'real/a.yaml': '' });
  symlinkSync(folder, join(folder, 'real', 'round'));
  symlinkSync(join(folder, 'real', 'a.yaml'), join(folder, 'link.yaml'));
  symlinkSync('nowhere', join(folder, 'lost.yaml'));
  mkdirSync(join(folder, 'folder.yaml'));
  const { files, unusable } = findInputFiles([folder]);
  expect(files).toEqual([{ path: join(folder, 'link.yaml'), isNamed: false }]);
  expect(unusable).toEqual([{ file: join(folder, 'lost.yaml'), message: 'no such file or directory' }]);
});

test('an argument that is not there is told, and the others are read', () => {
  const { files, unusable } = findInputFiles(['nope.yaml', path('b.yaml')]);
  expect(files).toHaveLength(1);
  expect(unusable).toEqual([{ file: 'nope.yaml', message: 'no such file or directory' }]);
});

const POD = 'apiVersion: v1\nkind: Pod\nmetadata: {name: übung}\n';
const NOTHING = Readable.from([]);

function bytes(text: string, size = 1): Readable {
  const all = Buffer.from(text);
  return Readable.from(
    Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.subarray(i * size, (i + 1) * size)),
  );
}

test('documents are read from a stream wherever its pieces end, with lines', async () => {
  const text = `\uFEFF${POD}---\r\nkind: Service\r\nmetadata: {name: "🚀"}\r\n`;
  for (const size of [1, 2, 3, 5, 1000]) {
    const { objects, documents, unusable } = await readInput(['-'], bytes(text, size));
    expect(objects.map(({ title }) => title)).toEqual(['Pod/übung', 'Service/🚀']);
    expect(objects.map(({ source }) => source.findLine!(['metadata']))).toEqual([3, 6]);
    expect(documents.get('<stdin>')!.map(({ line }) => line)).toEqual([1, 4]);
    expect(unusable).toEqual([]);
  }
});

test('files without objects are passed over in folders, but not where they are named', async () => {
  const folder = folderOf({
    'chart/values.yaml': 'replicas: 2\n',
    'package.json': '{"name": "web"}',
    'tsconfig.json': '{\n  // comment\n  "strict": true\n}',
    'templates/broken.yaml': 'a: {{ .Values.b }}: c\n',
    'web.yaml': POD,
  });
  const all = await readInput([folder], NOTHING);
  expect(all.objects.map(({ title }) => title)).toEqual(['Pod/übung']);
  expect([...all.documents.keys()]).toEqual([join(folder, 'web.yaml')]);
  expect(all.passedOver).toBe(4);
  const named = await readInput([folder, join(folder, 'package.json')], NOTHING);
  expect(named.objects).toHaveLength(2);
  expect(named.passedOver).toBe(3);
});

describe('what stands around a file tells what it is', () => {
  const read = async (files: Record<string, string>, ...names: string[]) => {
    const folder = folderOf(files);
    const { objects, unusable, passedOver } = await readInput(
      names.length > 0 ? names.map((name) => join(folder, name)) : [folder],
      NOTHING,
    );
    const left = objects.map(
      ({ title, unfinished }) => `${title}${unfinished === undefined ? '' : `: ${unfinished.split(';')[0]}`}`,
    );
    return { left, unusable: unusable.map(({ message }) => message), passedOver };
  };
  const deployment = (name: string) =>
    `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: ${name}}\nspec: {selector: {}}\n`;
  const files = {
    'base/kustomization.yaml':
      'kind: Kustomization\nresources: [web.yaml]\npatches:\n  - path: ../patches/a.yaml\n  - patch: |-\n      a: b\n',
    'base/web.yaml': deployment('web'),
    'patches/a.yaml': deployment('a'),
    'old/Kustomization': 'patchesStrategicMerge: [deep/b.yaml]\npatchesJson6902: [{path: c.yaml}]\n',
    'old/deep/b.yaml': deployment('b'),
    'old/c.yaml': deployment('c'),
  };

  test('files that a kustomization calls patches', async () => {
    expect(await read(files)).toEqual({
      left: ['Deployment/web', 'Deployment/c: a patch', 'Deployment/b: a patch', 'Deployment/a: a patch'],
      unusable: [],
      passedOver: 1,
    });
  });

  test('files whose names say so, where they are no whole', async () => {
    const parts = {
      'patches/a.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a}]}\n',
      'b_patch.yaml':
        'apiVersion: admissionregistration.k8s.io/v1beta1\nkind: MutatingWebhookConfiguration\nmetadata: {name: b}\n',
      'c-patch.yaml':
        'apiVersion: v1\nkind: Pod\nmetadata: {name: c}\nspec: {containers: [{name: c, image: acme/c:1}]}\n',
      'dispatch.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: {name: d}\nspec: {containers: [{name: d}]}\n',
    };
    const left = ['MutatingWebhookConfiguration/b: a patch', 'Pod/c', 'Pod/d', 'Pod/a: a patch'];
    expect(await read(parts)).toMatchObject({ left });
  });

  test('no file that a kustomization calls a resource, nor what a folder further up is called', async () => {
    const part = 'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a}]}\n';
    const files = {
      'patches/kustomization.yaml': 'resources: [pod.yaml]\n',
      'patches/pod.yaml': part,
      'patches/base/pod.yaml': part,
      'patch-service/pod.yaml': part,
    };
    expect(await read(files)).toMatchObject({ left: ['Pod/a', 'Pod/a', 'Pod/a'] });
  });

  test('what tests of kuttl and Chainsaw expect', async () => {
    const text = 'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nstatus: {phase: Running}\n';
    const files = {
      'kuttl/00-install.yaml': text,
      'kuttl/01-assert.yaml': text,
      'kuttl/02-errors.yaml': text,
      'chainsaw/chainsaw-test.yaml': 'apiVersion: chainsaw.kyverno.io/v1alpha1\nkind: Test\nmetadata: {name: t}\n',
      'chainsaw/pod-assert.yaml': text,
      'chainsaw/pod.yaml': text,
      'other/pod-assert.yaml': text,
    };
    const expected = 'Pod/a: what a test of kuttl or Chainsaw expects of an object';
    const left = ['Test/t', expected, 'Pod/a', 'Pod/a', expected, expected, 'Pod/a'];
    expect(await read(files)).toMatchObject({ left });
  });

  test('a patch beside a workload may add the port that a Service leads to', async () => {
    const workload = (port: string) =>
      `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  selector: {matchLabels: {app: web}}\n  template:\n    metadata: {labels: {app: web}}\n    spec: {containers: [{name: a, image: acme/a:1${port}}]}\n`;
    const files = {
      'web.yaml': workload(''),
      'service.yaml':
        'apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {selector: {app: web}, ports: [{port: 80, targetPort: http}]}\n',
    };
    const rules = async (contents: Record<string, string>) => {
      const { objects } = await readInput([folderOf(contents)], NOTHING);
      return runRules(objects, RULES).filter(({ rule }) => rule === 'service-target').length;
    };
    const patch = workload(', ports: [{name: http, containerPort: 80}]').replace(
      'selector: {matchLabels: {app: web}}',
      'replicas: 2',
    );
    expect(await rules(files)).toBe(1);
    expect(await rules({ ...files, 'web_patch.yaml': patch })).toBe(0);
  });

  test('two versions of one file are said once, with the number of their objects', async () => {
    const config = (...names: string[]) =>
      names.map((name) => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\n`).join('---\n');
    const folder = folderOf({
      'a.yaml': config('p', 'q', 'r'),
      'b.yaml': config('p', 'q', 'r'),
      'c.yaml': config('q'),
    });
    const { objects } = await readInput([folder], NOTHING);
    const found = runRules(objects, RULES).filter(({ rule }) => rule === 'object-duplicate');
    const also = `twice: also in ${join(folder, 'a.yaml')}`;
    expect(found.map(({ message, severity }) => `${severity}: ${message}`)).toEqual([
      `warning: ConfigMap/p and 2 more objects of this file stand ${also}`,
      `warning: ConfigMap/q stands ${also}`,
    ]);
  });

  test('a selector that is empty where a kustomization writes it', async () => {
    const text =
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {selector: {matchLabels: }, template: {metadata: {labels: }, spec: {containers: [{name: a, image: acme/a:1}]}}}\n';
    const folder = folderOf({ 'kustomization.yaml': 'resources: [web.yaml]\n', 'web.yaml': text, 'api.yaml': text });
    const { objects } = await readInput([folder], NOTHING);
    const empty = runRules(objects, RULES).filter(({ rule }) => rule === 'workload-selector');
    expect(empty.map(({ file }) => file)).toEqual([join(folder, 'api.yaml')]);
  });

  test('files that a kustomization calls resources, which get their selectors from it', async () => {
    const labels = 'template: {metadata: {labels: {app: web}}, spec: {containers: [{name: a, image: acme/a:1}]}}';
    const text = `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {${labels}}\n`;
    const folder = folderOf({ 'kustomization.yaml': 'resources: [web.yaml]\n', 'web.yaml': text, 'api.yaml': text });
    const { objects } = await readInput([folder], NOTHING);
    const missing = runRules(objects, RULES).filter(({ rule }) => rule === 'required-field');
    expect(missing.map(({ file }) => file)).toEqual([join(folder, 'api.yaml')]);
  });

  test('also where such a file is named', async () => {
    expect(await read(files, 'old/deep/b.yaml', 'base/web.yaml')).toMatchObject({
      left: ['Deployment/b: a patch', 'Deployment/web'],
    });
    expect(await read(files, 'old/deep/b.yaml')).toMatchObject({
      unusable: [expect.stringContaining('a patch; check')],
    });
  });

  test('templates of a chart, and what is finished beside them', async () => {
    const chart = {
      'chart/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
      'chart/values.yaml': 'a: b\n',
      'chart/templates/a.yaml': `${deployment('a')}---\n{{- if .x }}\nkind: Pod\n{{- end }}\n`,
      'chart/templates/b.yaml': `${deployment('b')}  paused: true # {{ .x }}\n`.replace(
        '{selector: {}}',
        '\n  selector: {}',
      ),
      'chart/templates/c.yaml': deployment('c'),
    };
    expect(await read(chart)).toEqual({
      left: [
        'Deployment/a: a template of Helm',
        '/(no name): a template of Helm',
        'Deployment/b: a template of Helm',
        'Deployment/c',
      ],
      unusable: [],
      passedOver: 2,
    });
  });

  test('files of other programs that have an `apiVersion` or a `kind`', async () => {
    const others = {
      'grafana.yaml': 'apiVersion: 1\ndatasources: []\n',
      'menu.yaml': 'kind: menu\nitems: []\n',
      'web.yaml': deployment('web'),
    };
    expect(await read(others)).toEqual({ left: ['Deployment/web'], unusable: [], passedOver: 2 });
  });
});

test.each(['utf-16le', 'utf-16be'])('a file in %s is read, as it says so at its beginning', async (encoding) => {
  const bytes = Buffer.from(`\ufeff${POD}`, 'utf16le');
  const folder = folderOf({ 'web.yaml': encoding === 'utf-16le' ? bytes : bytes.swap16() });
  expect((await readInput([folder], NOTHING)).objects.map(({ title }) => title)).toEqual(['Pod/übung']);
});

test('a broken manifest is not passed over', async () => {
  const folder = folderOf({ 'web.yaml': 'kind: Pod\nspec: [\n', 'web.json': '{"spec": {, "kind" : "Pod"}' });
  const { objects, passedOver } = await readInput([folder], NOTHING);
  expect(objects.map(({ source }) => typeof source.error)).toEqual(['string', 'string']);
  expect(passedOver).toBe(0);
});

test('all objects of a file with any object count', async () => {
  const folder = folderOf({ 'web.yaml': `a: 1\n---\n${POD}` });
  expect((await readInput([folder], NOTHING)).objects).toHaveLength(2);
});

test('what cannot be read is told, and the rest is read', async () => {
  const folder = folderOf({
    'a.yaml': new Uint8Array([0x61, 0xff, 0xfe]),
    'b.yaml': POD,
    'c.yaml': new Uint8Array([0xc3]),
  });
  const broken = new Readable({
    read() {
      this.destroy(new Error('EISDIR: illegal operation on a directory, read'));
    },
  });
  const { objects, unusable } = await readInput([folder, 'nope', '-'], broken);
  expect(objects).toHaveLength(1);
  expect(unusable).toEqual([
    { file: 'nope', message: 'no such file or directory' },
    { file: join(folder, 'a.yaml'), message: 'is not text in UTF-8' },
    { file: join(folder, 'c.yaml'), message: 'is not text in UTF-8' },
    { file: '<stdin>', message: 'illegal operation on a directory' },
  ]);
});

test('a named file without documents is an empty document', async () => {
  const folder = folderOf({ 'empty.yaml': '# nothing\n', 'web.yaml': POD });
  const { objects, unusable } = await readInput([join(folder, 'empty.yaml'), join(folder, 'web.yaml')], NOTHING);
  expect(objects.map(({ root }) => root.exists)).toEqual([false, true]);
  expect(unusable).toEqual([]);
});

test.each([
  ['an empty stream', ''],
  ['nothing but comments', '# Source: chart/templates/web.yaml\n---\n'],
  ['an empty list', 'apiVersion: v1\nkind: List\nitems: []\n'],
])('%s is nothing to check', async (_, text) => {
  const { unusable } = await readInput(['-', folderOf({ 'values.yaml': 'a: 1' })], bytes(text));
  expect(unusable).toEqual([
    { file: expect.stringMatching(/^<stdin>, /), message: 'no object of Kubernetes to check' },
  ]);
});

test.each([
  [() => statSync('nope'), 'no such file or directory'],
  [() => readFileSync(__dirname), 'illegal operation on a directory'],
  [
    () => {
      throw new Error('something else, for once');
    },
    'something else, for once',
  ],
])('the reason of an error is %#', (act, reason) => {
  let caught = new Error('nothing');
  try {
    act();
  } catch (error) {
    caught = error as Error;
  }
  expect(describeSystemError(caught)).toBe(reason);
});

test('the version is that of the package', () => {
  expect(readVersion()).toBe(JSON.parse(readFileSync('package.json', 'utf8')).version);
});
