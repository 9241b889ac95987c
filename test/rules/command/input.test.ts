import { join } from 'node:path';
import { Readable } from 'node:stream';
import { readInput } from '../../../src/rules/command/input';
import { folderOf } from './support';

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
    expect(objects.map(({ source }) => source.lineOf!(['metadata']))).toEqual([3, 6]);
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
