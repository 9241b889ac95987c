import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import type { Key } from '../../src/rules/model/field';
import { splitDocuments } from '../../src/rules/text/document-cutter';
import { PlainYaml } from '../../src/rules/text/plain-yaml';
import { assertYaml } from '../../src/rules/text/yaml-check';
import { YamlDocument } from '../../src/rules/text/yaml-document';
import { assertAlways } from '../runs';

const ROOT = join(__dirname, '../..');

/** The documents of all manifests of this repository. */
const DOCUMENTS = ['examples', 'test', 'dist', 'bench'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.yaml'))
    .flatMap((file) => splitDocuments(readFileSync(join(ROOT, folder, file), 'utf8')).map(({ text }) => text)),
);

/** As the library reads it; nothing where it refuses. */
function readByLibrary(text: string): { data: unknown; findLine: (keys: Key[]) => number } | undefined {
  try {
    const yaml = YamlDocument.parse(text);
    assertYaml(yaml);
    return { data: yaml.document.toJS(), findLine: (keys) => yaml.findLine(keys) };
  } catch {
    return undefined;
  }
}

function listPaths(data: unknown, keys: Key[] = []): Key[][] {
  const inner = typeof data === 'object' && data !== null ? Object.entries(data) : [];
  const step = (key: string) => (Array.isArray(data) ? Number(key) : key);
  return [keys, ...inner.flatMap(([key, value]) => listPaths(value, [...keys, step(key)]))];
}

/** Whatever is read is what the library reads, on the same lines. */
function assertSame(text: string): boolean {
  const plain = PlainYaml.read(text);
  if (!plain) {
    return false;
  }
  const { data, findLine } = readByLibrary(text) ?? { data: 'refused', findLine: () => 0 };
  expect({ text, data: plain.data }).toStrictEqual({ text, data });
  const lines = PlainYaml.readLines(text)!;
  const wrong = listPaths(data).filter((keys) => lines.findLine(keys) !== findLine(keys));
  expect({ text, wrong }).toEqual({ text, wrong: [] });
  expect(lines.findLine(['none', 0])).toBe(findLine(['none', 0]));
  return true;
}

test('most manifests of this repository are of the plain subset, and read as by the library', () => {
  expect(DOCUMENTS.filter(assertSame).length / DOCUMENTS.length).toBeGreaterThan(0.75);
});

const BITS =
  '  |\n|-|- |: |:| #|"|\'|{|}|[|]|,|\\||>|&a|*a|!|\t|\r\n|~|null|y|0|0x1|1e3|.5|+1|1_0|<<|?|---\n|...\n|é|%|@|\\|\n\n|a: b|- x\n|012|1.0|1.0.0|\u0085|\u2028|\\u0000'.split(
    /(?<!\\)\|/,
  );

test('mistakes and oddities are left to the library', () => {
  const edit = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
    bit: fc.constantFrom(...BITS),
    cut: fc.nat({ max: 6 }),
    indent: fc.option(fc.nat({ max: 6 })),
  });
  const change = (
    text: string,
    { at, bit, cut, indent }: { at: number; bit: string; cut: number; indent: number | null },
  ) => {
    if (indent !== null) {
      const lines = text.split('\n');
      const line = Math.floor(at * lines.length);
      lines[line] = ' '.repeat(indent) + lines[line]!.trimStart();
      return lines.join('\n');
    }
    const place = Math.floor(at * text.length);
    return text.slice(0, place) + bit + text.slice(place + cut);
  };
  const short = DOCUMENTS.filter((text) => text.length < 4_000);
  assertAlways(
    fc.property(fc.constantFrom(...short), fc.array(edit, { minLength: 1, maxLength: 3 }), (text, edits) => {
      assertSame(edits.reduce(change, text));
    }),
    4_000,
  );
});

test.each([
  ['a: 1\nb: -2\nc: 0.5\nd: "1"\n', { a: 1, b: -2, c: 0.5, d: '1' }],
  ['---\n# first\na: yes # last\nb: no\nc: ~\nd:\n', { a: true, b: false, c: null, d: null }],
  [
    "a:\n- b: 1\n  c: [x, \"y\", 'it''s']\n- - d\n  - {e: {}, f: []}\n",
    { a: [{ b: 1, c: ['x', 'y', "it's"] }, ['d', { e: {}, f: [] }]] },
  ],
  ['a: |\n  x\n   y\n\n  z\n\nb: |-\n  end', { a: 'x\n y\n\nz\n', b: 'end' }],
  [
    'a: 100m\nb: 10.0.0.1\nc: http://x:1/?a=b#c\nd: "a\\n\\"b\\""',
    { a: '100m', b: '10.0.0.1', c: 'http://x:1/?a=b#c', d: 'a\n"b"' },
  ],
])('%j', (text, data) => {
  expect(PlainYaml.read(text)?.data).toEqual(data);
  expect(assertSame(text)).toBe(true);
});

test.each([
  ...[
    '',
    '# nothing\n',
    'a',
    '[a]',
    '{a: 1}',
    'a: &b 1',
    'a: *b',
    'a: !!str 1',
    'a: >\n  b',
    'a: b\n  c',
    'a: [1,\n 2]',
  ],
  ...[
    'a: 1\na: 2',
    '? a\n: b',
    'a: 0x10',
    'a: 1e3',
    'a: 012',
    'a: b: c',
    'a:\tb',
    'a: b\r\n',
    '<<: {}',
    'y: 1',
    '1: a',
  ],
  ...[
    'a: "\\x41"',
    '__proto__: 1',
    'a: |+\n  b\n',
    'a: |2\n   b\n',
    '%YAML 1.1\n---\na: 1',
    'a: 1\n...\n',
    'a: @b',
    '- \n- a',
  ],
  `${'- '.repeat(100)}a`,
  `a: ${'['.repeat(50)}${']'.repeat(50)}`,
])('%j is left to the library', (text) => {
  expect(PlainYaml.read(text)).toBeUndefined();
});
