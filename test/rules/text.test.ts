import fc from 'fast-check';
import { readObjectViews } from '../../src/rules/documents';
import { DocumentCutter, splitDocuments, type TextDocument } from '../../src/rules/text/document-cutter';
import { readJson, splitJsonObjects } from '../../src/rules/text/json-text';
import { LineError } from '../../src/rules/text/line-error';
import { assertYaml } from '../../src/rules/text/yaml-check';
import { YamlDocument } from '../../src/rules/text/yaml-document';
import { assertAlways } from '../runs';

const shown = (documents: readonly TextDocument[]) => documents.map(({ line, text }) => `${line}: ${text}`);

describe('a text is cut into documents', () => {
  test('at lines that begin with "---" and after lines that begin with "..."', () => {
    expect(shown(splitDocuments('a: 1\n---\nb: 2\n--- # c\nc: 3\n... # end\nd: ---\n'))).toEqual([
      '1: a: 1\n',
      '2: ---\nb: 2\n',
      '4: --- # c\nc: 3\n... # end\n',
      '7: d: ---\n',
    ]);
  });

  test('with the line breaks of Windows', () => {
    expect(shown(splitDocuments('a: 1\r\n---\r\nb: 2\r\n...\r\nc: 3'))).toEqual([
      '1: a: 1\r\n',
      '2: ---\r\nb: 2\r\n...\r\n',
      '5: c: 3',
    ]);
  });

  test('without those that hold nothing', () => {
    expect(shown(splitDocuments('# Source: x\n---\n# y\n---\n\n\n---\na: 1\n---'))).toEqual(['7: ---\na: 1\n']);
    expect(splitDocuments('')).toEqual([]);
  });

  test('not inside a line', () => {
    expect(splitDocuments('a: x\n ---\nb: ...\n----\n')).toHaveLength(1);
  });

  test('wherever its pieces end', () => {
    const text = 'a: ü\r\n---\r\nb: 2\n...\nc: 3\n---\n# nothing\n--- d\n';
    for (let size = 1; size < text.length; size++) {
      const cutter = new DocumentCutter('web.yaml');
      const pieces = text.match(new RegExp(`[^]{1,${size}}`, 'g'))!;
      const documents = [...pieces.flatMap((piece) => cutter.push(piece)), ...cutter.end()];
      expect(documents).toEqual(splitDocuments(text, 'web.yaml'));
    }
  });

  test('and a document that is too long is not kept, but the next one is', () => {
    const cutter = new DocumentCutter();
    const piece = 'x'.repeat(8 * 1024 * 1024);
    const documents = [piece, piece, piece, piece, piece, '\n', piece, piece, '\n---\na: 1\n'].flatMap((text) =>
      cutter.push(text),
    );
    expect(documents.map(({ text }) => text.length)).toEqual([5 * piece.length + 1]);
    expect(readObjectViews(documents[0]!)[0]!.source.error).toBe(
      'the document has more than 33554432 characters, so cut it into several',
    );
    expect(shown(cutter.end())).toEqual(['3: ---\na: 1\n']);
  });
});

describe('JSON objects one after another', () => {
  test('are a document each, from the line on which each begins', () => {
    const text = '\n{"a": "} {",\n "b": [{}]}\n\n  {"c": 2} {"d": 3}\n';
    expect(splitDocuments(text, 'a.json')).toEqual([
      { text: '{"a": "} {",\n "b": [{}]}', line: 2, file: 'a.json' },
      { text: '{"c": 2}', line: 5, file: 'a.json' },
      { text: '{"d": 3}', line: 5, file: 'a.json' },
    ]);
  });

  test.each([
    '{"a": 1}',
    '{"a": [{}, {}]}',
    '{"a": "}{"}',
    '{"a": 1} {"b": 2',
    '{"a": 1} 5',
    '{a: 1} x {b: 2}',
    '[{}] {}',
  ])('are not in %j', (text) => expect(splitJsonObjects(text)).toBeUndefined());

  test('are found whatever they hold', () => {
    assertAlways(
      fc.property(fc.array(fc.dictionary(fc.string(), fc.jsonValue()), { minLength: 2, maxLength: 5 }), (objects) => {
        const parts = splitJsonObjects(objects.map((object) => JSON.stringify(object)).join('\n'));
        expect(parts?.map((part) => JSON.parse(part))).toEqual(JSON.parse(JSON.stringify(objects)));
      }),
    );
  });
});

test('JSON is read as JSON', () => {
  assertAlways(
    fc.property(fc.jsonValue(), fc.constantFrom(undefined, 2, '\t'), (value, indent) => {
      const text = JSON.stringify(value, undefined, indent);
      expect(readJson(text)).toEqual({ data: JSON.parse(text) });
    }),
  );
});

test.each(['{a: 1}', '[1,]', '{"a": 1} {"b": 2}', ''])('%j is no JSON', (text) => {
  expect(readJson(text)).toBeUndefined();
});

test.each(['{"a": 1, "a": 2}', '[{"b": {"a": 1, "c": 3, "a": 1}}]', '{"a": 1, "\\u0061": 2}'])(
  'a field that stands twice is left to a reader that tells where: %s',
  (text) => {
    expect(readJson(text)).toBeUndefined();
  },
);

test('texts that look like fields are none', () => {
  expect(readJson('{"a": "\\"b\\": 1", "c": ["d : e", ":"]}')).toEqual({ data: { a: '"b": 1', c: ['d : e', ':'] } });
});

test('what is nested deeper than any manifest is refused', () => {
  const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
  expect(readJson(nested(255))).toBeDefined();
  expect(() => readJson(nested(300))).toThrow(new Error('the document is more than 256 levels deep'));
});

test('a text of a million escapes is read in linear time', () => {
  const text = JSON.stringify({ a: '\n'.repeat(1_000_000) });
  expect(readJson(text)?.data).toEqual({ a: '\n'.repeat(1_000_000) });
});

describe('yaml check', () => {
  test.each([
    ['a: 1\nb: {c: 1,\n d: 2,\n c: 3}\n', 'field "c" stands twice in one object', 4],
    ['- 1: a\n  1: b\n', 'field "1" stands twice in one object', 2],
    ['a: &a\n  b:\n    - *a\n', 'anchor "a" contains itself', 3],
    ['a: &a [1]\nb: [*a,\n  *b]\n', 'alias "b" stands for no anchor', 3],
    ['a: *b\nb: &b 1\n', 'alias "b" stands for no anchor', 1],
  ])('%j is refused', (text, message, line) => {
    expect(errorOf(text)).toMatchObject({ message, line });
  });

  test.each([
    'a: &a {b: 1}\nc: *a\nd: [*a, *a]\n',
    'a: &a {b: 1}\nc: {<<: *a, b: 2}\nd: {<<: [*a, {e: 1}]}\n',
    'a: &a 1\nb: &a 2\nc: *a\n',
    '? [1]\n: a\n? [2]\n: b\n',
    '',
  ])('%j is sound', (text) => {
    expect(errorOf(text)).toBeUndefined();
  });

  function errorOf(text: string): unknown {
    try {
      assertYaml(YamlDocument.parse(text));
      return undefined;
    } catch (error) {
      return error;
    }
  }
});

describe('yaml document', () => {
  const dataOf = (text: string) => YamlDocument.parse(text).document.toJS();

  test('numbers, booleans and bytes are read as kubectl reads them', () => {
    expect(dataOf('[0644, 0o644, 0x1F, on, no, 1_000, 12:30, 2020-01-01, !!binary aGVsbG8=]')).toEqual([
      ...[420, 420, 31, true, false, 1000, '12:30', '2020-01-01', 'aGVsbG8='],
    ]);
  });

  test('each field has its line, also behind an alias and under a key that is no text', () => {
    const yaml = YamlDocument.parse('a: &a\n  b: 1\nc: *a\n1:\n  - x\n  - true: y\n');
    expect(yaml.findLine([])).toBe(1);
    expect(yaml.findLine(['a', 'b'])).toBe(2);
    expect(yaml.findLine(['c', 'b'])).toBe(2);
    expect(yaml.findLine(['1', 1, 'true'])).toBe(6);
    expect(yaml.findLine(['1', 7])).toBe(4);
  });

  test('what is no YAML is told with its line', () => {
    expect(errorOf('a: 1\nb: [\n')).toEqual(
      new LineError('Flow sequence in block collection must be sufficiently indented and end with a ]', 2),
    );
  });

  test('a second document that nothing announces is an error', () => {
    expect(errorOf('a: 1\n...\nb: 2\n')).toMatchObject({ message: 'a second document begins without `---`', line: 3 });
  });

  function errorOf(text: string): unknown {
    try {
      return YamlDocument.parse(text);
    } catch (error) {
      return error;
    }
  }
});
