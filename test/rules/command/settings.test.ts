import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import * as fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { findInputFiles } from '../../../src/rules/command/files';
import { SettingsFinder } from '../../../src/rules/command/settings/find-settings';
import { readSettings } from '../../../src/rules/command/settings/read-settings';
import { SETTINGS_SCHEMA } from '../../../src/rules/command/settings/schema';
import { SettingsError } from '../../../src/rules/command/settings/settings-error';
import { assertAlways } from '../../runs';
import { folderOf } from './support';

const SCHEMA = join(__dirname, '../../../pod-rules.schema.json');

const read = (text: string) => readSettings(text, 'pod-rules.yaml', '/shop');

function problemsOf(text: string): string[] {
  try {
    read(text);
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(SettingsError);
    return (error as Error).message.split('\n').map((line) => line.replace(/^pod-rules\.yaml:/, ''));
  }
}

describe('the schema for editors', () => {
  const isValid = new Ajv({ allowUnionTypes: true }).compile(SETTINGS_SCHEMA);

  test('is shipped as the reader has it', () => {
    const text = `${JSON.stringify(SETTINGS_SCHEMA, undefined, 2)}\n`;
    if (process.env.UPDATE_GOLDEN) {
      writeFileSync(SCHEMA, text);
    }
    expect(readFileSync(SCHEMA, 'utf8')).toBe(text);
  });

  const rule = fc.constantFrom('image-tag', 'image-tga', '*', '', ['image-tag'], ['*', 'nope'], []);
  const text = fc.constantFrom('a', 'a/b', ' ', '', ['a'], [], ['', 'a'], {}, ['a', ['b']]);
  const exemption = fc.record(
    {
      ...{ rule, path: text, container: text, reason: fc.constantFrom('because', '', ['because']) },
      object: fc.oneof(text, fc.record({ kind: text, name: text, label: text }, { requiredKeys: [] })),
      because: text,
    },
    { requiredKeys: [] },
  );
  const settings = fc.record(
    {
      kubernetes: fc.constantFrom('1.31', 'v1.31', '1', '', ['1.31']),
      paths: fc.oneof(text, fc.record({ include: text, exclude: text, only: text }, { requiredKeys: [] })),
      severities: fc.oneof(
        text,
        fc.dictionary(fc.constantFrom('image-tag', 'log-path', 'nope'), fc.constantFrom('off', 'error', 'on', '')),
      ),
      exemptions: fc.oneof(text, fc.array(exemption, { maxLength: 2 })),
      exemption: text,
    },
    { requiredKeys: [], noNullPrototype: true },
  );

  test('takes what the reader takes, and nothing else', () => {
    assertAlways(
      fc.property(settings, (data) => {
        expect({ data, isRead: problemsOf(stringify(data)).length === 0 }).toEqual({ data, isRead: isValid(data) });
      }),
      500,
    );
  });
});

const ALL = `
kubernetes: 1.30
paths: {include: k8s/, exclude: [vendor/, '!ours.yaml']}
severities: {image-tag: off, log-path: warning}
exemptions:
  - rule: [image-tag, log-path]
    path: charts/
    object: {kind: Deployment, name: 'web-*', namespace: shop}
    container: [istio-*, linkerd-proxy]
    reason: the mesh injects them
  - {rule: '*', object: Pod/web, reason: it is a test}
`;

test('everything may be said', () => {
  const settings = read(ALL);
  expect(settings.kubernetes).toBe('1.30');
  expect(settings.severities).toEqual({ 'image-tag': 'off', 'log-path': 'warning' });
  expect(settings.exemptions.map(({ rules, reason }) => [rules, reason])).toEqual([
    [['image-tag', 'log-path'], 'the mesh injects them'],
    [['*'], 'it is a test'],
  ]);
  expect(settings.exemptions.map(({ at }) => settings.findLine(at))).toEqual([6, 11]);
});

test('nothing need be said', () => {
  for (const text of ['', '# nothing yet\n', '{}', '---\n']) {
    expect(read(text)).toMatchObject({ severities: {}, exemptions: [], kubernetes: undefined });
  }
});

test.each([
  ['severites: {}', ['1: unknown key `severites`; did you mean "severities"?']],
  ['a: 1', ['1: unknown key `a` (known: kubernetes, paths, severities, exemptions)']],
  ['severities:\n  image-tga: off', ['2: unknown key `severities.image-tga`; did you mean "image-tag"?']],
  ['severities:\n  image-tag: on', ['2: `severities.image-tag` cannot be "on" (known: error, warning, info, off)']],
  ['severities:', ['1: `severities` takes keys with values, not nothing']],
  ['kubernetes: latest', ['1: `kubernetes` cannot be "latest"; write it as in "1.34"']],
  ['paths: [a]', ['1: `paths` takes keys with values, not a list']],
  ['paths:\n  exclude: []', ['2: `paths.exclude` is an empty list']],
  ['paths:\n  exlude: a', ['2: unknown key `paths.exlude`; did you mean "exclude"?']],
  ['exemptions:\n  - rule: image-tag', ['2: `exemptions[0]` lacks `reason`']],
  ['exemptions:\n  - reason: a', ['2: `exemptions[0]` lacks `rule`']],
  ['exemptions: [{rule: "*", reason: ""}]', ['1: `exemptions[0].reason` takes a text, not nothing']],
  ['exemptions: [{rule: "*", reason: " "}]', ['1: `exemptions[0].reason` cannot be " "']],
  [
    'exemptions: [{rule: "*", reason: a, object: web}]',
    ['1: `exemptions[0].object` cannot be "web"; write it as in "Deployment/web"'],
  ],
  [
    'exemptions: [{rule: "*", reason: a, object: {}}]',
    ['1: `exemptions[0].object` is empty; it takes `kind`, `name`, `namespace`'],
  ],
  ['exemptions: [nope]', ['1: `exemptions[0]` takes keys with values, not a text']],
  ['[a]', ['1: the file takes keys with values, not a list']],
  ['b: 1\na: 2\n', [expect.stringMatching(/^1: unknown key `b`/), expect.stringMatching(/^2: unknown key `a`/)]],
  ['paths: {}\npaths: {}', ['2: field "paths" stands twice in one object']],
  ['paths: {}\n---\npaths: {}', ['2: a second document begins; settings are one']],
  ['a: [', [expect.stringMatching(/^1: /)]],
  ['a: *b', [expect.stringMatching(/^1: /)]],
])('%j is told what is wrong', (text, problems) => {
  expect(problemsOf(text)).toEqual(problems);
});

describe('settings are found', () => {
  const folder = folderOf({
    'pod-rules.yaml': 'paths: {exclude: [vendor/, "*.tmp.yaml"]}',
    'a.yaml': '',
    'a.tmp.yaml': '',
    'vendor/b.yaml': '',
    'team/pod-rules.yml': 'paths: {include: [only/], exclude: [x.yaml]}',
    'team/c.yaml': '',
    'team/only/d.tmp.yaml': '',
    'team/only/x.yaml': '',
    'broken/pod-rules.yaml': 'nope: 1',
    'broken/a.yaml': '',
  });
  const path = (name: string) => join(folder, name);
  const filesOf = (inputs: string[], config?: string | false) => {
    const finder = new SettingsFinder(config);
    const { files, leftOut } = findInputFiles(
      inputs.map(path),
      (file, isFolder) => finder.find(file)?.leavesOut(file, isFolder) ?? false,
    );
    return { files: files.map((file) => file.path.slice(folder.length + 1)), leftOut };
  };

  test('above each file, the nearest', () => {
    expect(filesOf(['a.yaml', 'a.tmp.yaml', 'vendor', 'team'])).toEqual({
      files: ['a.yaml', 'team/only/d.tmp.yaml'],
      leftOut: 4,
    });
  });

  test('by name, or not at all', () => {
    expect(filesOf(['team', 'a.tmp.yaml'], path('pod-rules.yaml'))).toEqual({
      files: ['team/c.yaml', 'team/only/x.yaml'],
      leftOut: 2,
    });
    expect(filesOf(['vendor', 'a.tmp.yaml'], false).files).toEqual(['vendor/b.yaml', 'a.tmp.yaml']);
  });

  test('and what is wrong with them is told', () => {
    expect(() => filesOf(['broken'])).toThrow(/broken\/pod-rules\.yaml:1: unknown key `nope`/);
    expect(() => new SettingsFinder(path('none.yaml'))).toThrow(/none\.yaml: no such file or directory$/);
  });
});

test('the sample of the README is understood', () => {
  const readme = readFileSync(join(__dirname, '../../../README.md'), 'utf8');
  const sample = /```yaml\n(# pod-rules\.yaml\n[\s\S]*?)```/.exec(readme)![1]!;
  expect(problemsOf(sample)).toEqual([]);
  expect(Object.keys(parse(sample))).toEqual(expect.arrayContaining(['paths', 'severities', 'exemptions']));
});
