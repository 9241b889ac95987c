import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { type Finding, type FindingPlace, Severity } from '../../src/rules/finding';
import { RULES } from '../../src/rules/list';
import { PodRules } from '../../src/rules/pod-rules';
import { assertAlways, runs } from '../runs';

const FAULT = 'container name "app" is already taken in this pod';
const SOUND = readFileSync(join(__dirname, 'containers/container-name-unique.passes.yaml'), 'utf8');

const podOf = (...names: string[]) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'shop' },
  spec: { containers: names.map((name) => ({ name })) },
});
const ONLY = { severities: allBut('container-name-unique') };

/** Values such as stand in manifests, in places where they may not belong: words of Kubernetes, texts, numbers. */
const KEYS = 'apiVersion kind metadata name labels annotations spec template containers initContainers ports volumes';
const MORE_KEYS = 'containerPort env value volumeMounts mountPath items data selector image resources limits cpu';
const TEXTS = ['v1', 'apps/v1', 'Pod', 'Deployment', 'Service', 'ConfigMap', 'List', 'yes', '0644', '', 'a\nb', '1e3'];
const { MANIFEST } = fc.letrec((tie) => ({
  MANIFEST: fc.oneof(
    { maxDepth: 6, withCrossShrink: true },
    fc.constantFrom<unknown>(...TEXTS, null, true, 0, 8080, -1.5),
    fc.dictionary(fc.constantFrom(...`${KEYS} ${MORE_KEYS}`.split(' ')), tie('MANIFEST'), { maxKeys: 6 }),
    fc.array(tie('MANIFEST'), { maxLength: 3 }),
  ),
}));
const WORKLOAD = fc
  .tuple(fc.constantFrom('v1 Pod', 'apps/v1 Deployment', 'batch/v1 Job', 'v1 Service', 'v1 List'), MANIFEST, MANIFEST)
  .map(([type, metadata, spec]) => {
    const [apiVersion, kind] = type.split(' ');
    return { apiVersion, kind, metadata, spec, items: [spec] };
  });
const ANY = fc.oneof(fc.jsonValue().map(plain), MANIFEST, WORKLOAD);

test('plain objects are checked as one set', () => {
  const [finding] = PodRules.check([podOf('app', 'app')], ONLY).findings;
  expect(finding).toEqual({
    rule: 'container-name-unique',
    severity: 'error',
    message: FAULT,
    fix: 'give each container of the pod a name of its own',
    kind: 'Pod',
    name: 'shop',
    path: 'spec.containers[1].name',
  });
});

test('the objects of a text carry their lines', () => {
  const text = `# first\n${stringify(podOf('app'))}---\n${stringify(podOf('app', 'app'))}`;
  const found = PodRules.checkYaml(text, ONLY).findings;
  const line = text.split('\n').lastIndexOf('    - name: app') + 1;
  expect(found.map(({ message, line }) => [message, line])).toEqual([[FAULT, line]]);
});

test('the items of a List count as objects', () => {
  const { findings } = PodRules.check([{ kind: 'List', items: [podOf('app'), podOf('app', 'app')] }], ONLY);
  expect(findings.map(({ path }) => path)).toEqual(['items[1].spec.containers[1].name']);
});

test('sound manifests have no findings', () => {
  expect(`${PodRules.checkYaml(SOUND)}`).toBe('no findings');
});

test.each(['', '\n', '# nothing\n', '---\n---\n...\n', '\uFEFF'])('the text %j has no findings', (text) => {
  expect(PodRules.checkYaml(text).findings).toEqual([]);
});

test('no manifests have no findings', () => {
  expect(PodRules.check([]).findings).toEqual([]);
});

test('what stands in an annotation with its reason is suppressed', () => {
  const annotations = { 'cdk8s-pod-patterns/ignore': 'container-name-unique: a test' };
  const pod = { ...podOf('app', 'app'), metadata: { name: 'shop', annotations } };
  const report = PodRules.check([pod], ONLY);
  expect([report.findings, report.suppressed.map(({ suppressedBecause }) => suppressedBecause)]).toEqual([
    [],
    ['a test'],
  ]);
});

test.each([
  ['check', () => PodRules.check([], { severities: { 'image-tags': Severity.OFF } })],
  ['checkYaml', () => PodRules.checkYaml('', { severities: { 'image-tags': Severity.OFF } })],
])('%s refuses severities for a rule that there is not', (_, run) => {
  expect(run).toThrow(new Error('[PodRules] `severities` names "image-tags", which is no rule; write "image-tag"'));
});

test('manifests stay as they are', () => {
  const manifest = podOf('app', 'app');
  const before = JSON.stringify(manifest);
  expect(PodRules.check([manifest, manifest]).findings).not.toEqual([]);
  expect(JSON.stringify(manifest)).toBe(before);
});

test('whatever the manifests are, each finding says what is wrong, where and what to do', () => {
  assertAlways(
    fc.property(fc.array(ANY, { maxLength: 3 }), (manifests) => {
      const report = PodRules.check(manifests);
      for (const { rule, severity, message, fix, path } of [...report.findings, ...report.suppressed]) {
        expect([rule, message, fix].filter((text) => typeof text !== 'string' || text === '')).toEqual([]);
        expect([Severity.ERROR, Severity.WARNING, Severity.INFO]).toContain(severity);
        expect(typeof path).toBe('string');
      }
    }),
    200,
  );
});

test('manifests have the same findings as objects, as YAML and as JSON', () => {
  const count = { findings: 0 };
  assertAlways(
    fc.property(fc.array(ANY, { maxLength: 3 }), (manifests) => {
      const expected = shown(PodRules.check(manifests).findings);
      count.findings += expected.length;
      for (const print of [toYaml, toJson, toIndentedJson]) {
        const text = manifests.map((manifest) => `---\n${print(manifest)}\n`).join('');
        expect(shown(PodRules.checkYaml(text).findings)).toEqual(expected);
      }
    }),
    200,
  );
  expect(count.findings).toBeGreaterThan(runs(200) / 5);
});

test('a text has the same findings with the line breaks of Windows, and with a byte order mark', () => {
  const text = `# first\n${stringify(podOf('app', 'app'))}---\n${stringify(podOf('', 'app'))}`;
  const { findings } = PodRules.checkYaml(text);
  expect(findings).not.toEqual([]);
  expect(PodRules.checkYaml(text.replace(/\n/g, '\r\n')).findings).toEqual(findings);
  expect(PodRules.checkYaml(`\uFEFF${text}`).findings).toEqual(findings);
});

test('sound manifests that are cut off anywhere stop nothing, and all lines are lines of the text', () => {
  const text = `${SOUND}\n---\n${JSON.stringify(podOf('app'), undefined, 2)}\n---\n${stringify(podOf('app', 'agent'))}`;
  assertAlways(
    fc.property(fc.nat(text.length), fc.nat(text.length), (start, end) => {
      const part = text.slice(start, start + end);
      const lines = part.split('\n').length;
      const { findings } = PodRules.checkYaml(part);
      expect(findings.filter(({ line }) => !(line! >= 1 && line! <= lines))).toEqual([]);
    }),
    200,
  );
});

/** Severities that switch off all rules but one. */
function allBut(kept: string): Record<string, Severity> {
  return Object.fromEntries(RULES.filter(({ id }) => id !== kept).map(({ id }) => [id, Severity.OFF]));
}

/** A value as JSON can tell it: without -0. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

function toYaml(value: unknown): string {
  return stringify(value, { version: '1.1', merge: false, aliasDuplicateObjects: false });
}

function toJson(value: unknown): string {
  return JSON.stringify(value);
}

function toIndentedJson(value: unknown): string {
  return JSON.stringify(value, undefined, '\t');
}

/** Findings without their lines, and so in no order. */
function shown(findings: readonly Finding[]): string[] {
  return findings.map(({ line, places = [], ...rest }) => showWithoutLines(rest, places)).sort();
}

function showWithoutLines(rest: object, places: readonly FindingPlace[]): string {
  const parts = places.map(({ message, path }) => `${path}: ${message}`).sort();
  return JSON.stringify({ ...rest, parts }).replace(/: also line \d+/, '');
}
