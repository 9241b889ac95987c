import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { Severity } from '../../src';
import { readObjectViews } from '../../src/rules/documents';
import { runRules } from '../../src/rules/engine';
import type { Finding } from '../../src/rules/finding';
import { RULE_GROUPS, RULES } from '../../src/rules/list';
import { listObjectViews } from '../../src/rules/model/object-view';
import { splitDocuments } from '../../src/rules/text/document-cutter';
import { assertAlways, runs, some } from '../runs';
import { manifestsOf } from './manifests';

const ROOT = join(__dirname, '../..');

/** Manifests to start from: those that were written for the rules, and all that this project synthesizes. */
const TEXTS = [
  ...Object.keys(RULE_GROUPS).flatMap((group) => manifestsOf(group).map(({ text }) => text)),
  ...['dist', ...readdirSync(join(ROOT, 'examples')).map((name) => `examples/${name}`)].flatMap(yamlIn),
];
const MANIFESTS = TEXTS.flatMap((text) => splitDocuments(text).flatMap(readObjectViews))
  .filter(({ source, root }) => source.error === undefined && root.isObject)
  .map(({ root }): any => root.value);

/** What stands where something else belongs. */
const STRANGE = fc.oneof(
  fc.constantFrom(
    null,
    true,
    false,
    0,
    -1,
    1.5,
    1e300,
    Number.NaN,
    '',
    ' ',
    '0',
    '-1',
    '${X}',
    '*',
    '/',
    '..',
    '\u0000',
    '😀',
  ),
  fc.constantFrom([], {}, [null], [[]], [{}], { '': '' }, { __proto__: [] }, { constructor: 'x' }, { toString: null }),
  fc.constantFrom('9'.repeat(400), 'a'.repeat(300), '- '.repeat(200), '[INPUT]\n'.repeat(50), '{{{{', '%!s(<nil>)'),
  fc.jsonValue({ maxDepth: 4 }),
);

test('there is something to start from', () => {
  expect(TEXTS.length).toBeGreaterThan(2 * RULES.length);
  expect(MANIFESTS.length).toBeGreaterThan(TEXTS.length);
});

test('no manifest with strange values anywhere in it stops the rules', () => {
  const change = fc.tuple(fc.nat(), fc.constantFrom('replace', 'remove', 'rename', 'repeat', 'wrap'), STRANGE);
  const changed = fc.tuple(fc.nat(MANIFESTS.length - 1), fc.array(change, { minLength: 1, maxLength: 6 }));
  assertAlways(
    fc.property(fc.array(changed, { minLength: 1, maxLength: 4 }), (list) => {
      const manifests = list.map(([index, changes]) => changes.reduce(applyChange, structuredClone(MANIFESTS[index])));
      expectFindings(
        runRules(
          manifests.flatMap((manifest) => listObjectViews(manifest, {})),
          RULES,
        ),
      );
    }),
    200,
  );
});

test('no text that was cut, mixed or overwritten stops the rules', () => {
  const text = fc.constantFrom(...TEXTS);
  const edit = fc.tuple(
    fc.nat(),
    fc.nat(40),
    fc.oneof(
      fc.string({ maxLength: 12 }),
      fc.constantFrom('\n', '- ', ': ', '&a ', '*a', '<<: *a', '{', '[', '"', '|', '\t', '---\n', '# '),
    ),
  );
  assertAlways(
    fc.property(text, text, fc.nat(), fc.array(edit, { maxLength: 5 }), (first, second, cut, edits) => {
      const mixed = first.slice(0, cut % first.length) + second.slice(cut % second.length);
      const edited = edits.reduce((all, [at, length, insert]) => {
        const start = at % (all.length + 1);
        return all.slice(0, start) + insert + all.slice(start + length);
      }, mixed);
      const findings = runRules(splitDocuments(edited).flatMap(readObjectViews), RULES);
      expectFindings(findings);
      expect(findings.filter(({ line }) => !(line! >= 1 && line! <= edited.split('\n').length))).toEqual([]);
    }),
    200,
  );
});

test.each([
  ['nested brackets', '['.repeat(100_000)],
  ['nested maps', '{a: '.repeat(20_000)],
  ['nested blocks', Array.from({ length: 2_000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
  [
    'nested lists',
    'apiVersion: v1\nkind: List\nitems:\n' +
      Array.from(
        { length: 500 },
        (_, depth) => `${'  '.repeat(depth)}- kind: List\n${'  '.repeat(depth)}  items:\n`,
      ).join(''),
  ],
  [
    'aliases of aliases',
    Array.from(
      { length: 40 },
      (_, index) => `a${index}: &a${index} [${`*a${index - 1}, `.repeat(index === 0 ? 0 : 9)}0]`,
    ).join('\n'),
  ],
  ['an alias of itself', 'apiVersion: v1\nkind: Pod\nmetadata: &a {name: shop, labels: *a}\nspec: {containers: [*a]}'],
  ['blank lines', '\n'.repeat(1_000_000)],
  ['marks', '---\n'.repeat(20_000)],
  ['quotes', '"'.repeat(100_001)],
])('a document of %s ends in findings or none', (_, text) => {
  expectFindings(runRules(splitDocuments(text).flatMap(readObjectViews), RULES));
});

test.each(['a', '-', '.', ' ', '/', '$(', '0', ':', '%', '\n', '*', '1.', 'aa.'])(
  'texts of 5,000 times "%s" behind every text of a manifest do not stop the rules',
  (text) => {
    const long = text.repeat(5_000);
    for (const manifest of some(MANIFESTS, 10)) {
      runRules(listObjectViews(lengthen(manifest, long), {}), RULES);
    }
  },
);

test('a pod of thousands of containers with ports, mounts and variables is read in linear time', () => {
  const containers = Array.from({ length: runs(20_000) }, (_, index) => ({
    name: `app-${index}`,
    image: 'acme/app:1.0.0',
    ports: [{ containerPort: 1024 + index, name: `p${index}` }],
    env: [{ name: 'A', value: '$(B)' }],
    volumeMounts: [{ name: `v${index}`, mountPath: `/v/${index}` }],
  }));
  const volumes = containers.map((_, index) => ({ name: `v${index}`, emptyDir: {} }));
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'shop' }, spec: { containers, volumes } };
  const findings = runRules(listObjectViews(pod, {}), RULES);
  expect(findings.filter(({ rule }) => rule === 'env-reference')).toHaveLength(containers.length);
});

function yamlIn(folder: string): string[] {
  const files = readdirSync(join(ROOT, folder)).filter((file) => file.endsWith('.yaml'));
  return files.map((file) => readFileSync(join(ROOT, folder, file), 'utf8'));
}

function expectFindings(findings: readonly Finding[]): void {
  for (const { rule, severity, message, fix, path } of findings) {
    expect([rule, severity, message, fix, path]).toEqual(Array.from({ length: 5 }, () => expect.any(String)));
    expect(Object.values(Severity)).toContain(severity);
    expect(message).not.toMatch(/\[object |undefined|^$/);
  }
}

type Change = [place: number, kind: string, value: unknown];

/** The manifest with something changed at one of its fields. */
function applyChange(manifest: any, [place, kind, strange]: Change): any {
  const value = structuredClone(strange);
  const holders = holdersIn(manifest);
  const [holder, key] = holders[place % Math.max(1, holders.length)] ?? [];
  if (holder === undefined) {
    return value;
  }
  if (kind === 'remove') {
    Array.isArray(holder) ? holder.splice(Number(key), 1) : delete holder[key!];
  } else if (kind === 'rename' && !Array.isArray(holder)) {
    holder[`${key}s`] = holder[key!];
    delete holder[key!];
  } else if (kind === 'repeat' && Array.isArray(holder)) {
    holder.push(holder[Number(key)]);
  } else {
    holder[key!] = kind === 'wrap' ? [holder[key!]] : value;
  }
  return manifest;
}

function holdersIn(data: any): [holder: any, key: string][] {
  if (data === null || typeof data !== 'object') {
    return [];
  }
  return Object.keys(data).flatMap((key) => [[data, key] as [any, string], ...holdersIn(data[key])]);
}

function lengthen(data: any, text: string): any {
  if (typeof data === 'string') {
    return data + text;
  }
  if (data === null || typeof data !== 'object') {
    return data;
  }
  const entries = Object.entries(data).map(([key, value]) => [
    key,
    key === 'kind' || key === 'apiVersion' ? value : lengthen(value, text),
  ]);
  return Array.isArray(data) ? entries.map(([, value]) => value) : Object.fromEntries(entries);
}
