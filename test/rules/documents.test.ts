import { readObjectViews } from '../../src/rules/documents';
import { runRules } from '../../src/rules/engine';
import { RULES } from '../../src/rules/list';
import type { Key } from '../../src/rules/model/field';
import type { ObjectView } from '../../src/rules/model/object-view';
import { splitDocuments } from '../../src/rules/text/document-cutter';

describe('documents limits', () => {
  /** More than enough for a text that is read once, and far too little for one that is read again from each of its letters. */
  const MAX_MILLISECONDS = 3_000;
  const MEGABYTE = 1024 * 1024;

  const errorsIn = (text: string) =>
    splitDocuments(text)
      .flatMap(readObjectViews)
      .map(({ source }) => source.error);
  /** The rules that a text breaks. */
  const brokenBy = (text: string) =>
    runRules(splitDocuments(text).flatMap(readObjectViews), RULES).map(({ rule }) => rule);

  describe('a text of a megabyte is read in linear time', () => {
    test.each([
      ['line breaks', '\n', 0],
      ['line breaks of Windows', '\r\n', 0],
      ['line breaks of old Macs', '\r', 0],
      ['line separators', '\u2028', 0],
      ['blanks', ' ', 0],
      ['lines of one blank', ' \n', 0],
      ['comments', '#\n', 0],
      ['marks', '---\n', 0],
      ['ends', '...\n', 0],
      ['ends without line breaks', '... \r', 1],
    ])('that is all %s', (_, text, documents) => {
      const begin = performance.now();
      expect(splitDocuments(text.repeat(MEGABYTE / text.length))).toHaveLength(documents);
      expect(performance.now() - begin).toBeLessThan(MAX_MILLISECONDS);
    });

    test('that has one word after all its blanks', () => {
      const begin = performance.now();
      expect(splitDocuments(`${'\t\r'.repeat(MEGABYTE / 2)}x`)).toHaveLength(1);
      expect(splitDocuments(`${' '.repeat(MEGABYTE)}x`)).toHaveLength(1);
      expect(performance.now() - begin).toBeLessThan(MAX_MILLISECONDS);
    });
  });

  describe('a document is read down to 256 levels', () => {
    const lists = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
    const objects = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;

    test.each([
      ['lists of JSON', lists(256)],
      ['objects of JSON', objects(255)],
      ['lists of YAML', `a: ${lists(254)}`],
      ['lists in blocks', `${'- '.repeat(200)}x`],
    ])('and its fields have lines: %s', (_, text) => {
      expect(errorsIn(text)).toEqual([undefined]);
      expect(brokenBy(text)).toContain('object-shape');
    });

    test.each([
      ['lists of JSON', lists(257)],
      ['objects of JSON', objects(256)],
      ['100,000 lists of JSON', lists(100_000)],
      ['100,000 objects of JSON', objects(100_000)],
      ['100,000 lists that never end', '['.repeat(100_000)],
      ['100,000 lists in blocks', '- '.repeat(100_000)],
      ['100,000 questions', '? '.repeat(100_000)],
    ])('and not deeper: %s', (_, text) => {
      expect(errorsIn(text)).toEqual(['the document is more than 256 levels deep']);
      expect(brokenBy(text)).toEqual(['yaml-syntax']);
    });
  });

  describe('aliases', () => {
    test('that stand for more and more others are refused', () => {
      const nine = (name: string) => `[${Array.from({ length: 9 }, () => `*${name}`)}]`;
      const bomb = `a: &a [x]\nb: &b ${nine('a')}\nc: &c ${nine('b')}\nd: &d ${nine('c')}\ne: &e ${nine('d')}\nf: ${nine('e')}\n`;
      expect(errorsIn(bomb)).toEqual(['Excessive alias count indicates a resource exhaustion attack']);
    });

    test('that a chart may well have are read', () => {
      const containers = Array.from({ length: 200 }, (_, index) => `  - {name: c${index}, securityContext: *safe}\n`);
      expect(errorsIn(`safe: &safe {runAsNonRoot: true}\ncontainers:\n${containers.join('')}`)).toEqual([undefined]);
    });

    test.each([
      ['a list that holds itself', '&a [*a]'],
      ['an object that holds itself', '&a {b: *a}'],
      ['a List of itself', 'kind: List\nitems: &a\n  - *a\n'],
      ['a pod in its own spec', '&a {apiVersion: v1, kind: Pod, metadata: {name: a}, spec: *a}'],
      [
        'labels in themselves',
        'apiVersion: v1\nkind: Pod\nmetadata: &m {name: a, labels: *m}\nspec: {containers: []}\n',
      ],
    ])('that go round in a circle are no sound manifest, and end: %s', (_, text) => {
      expect(brokenBy(text)).not.toEqual([]);
    });
  });

  describe('marks', () => {
    test.each([
      'a: 1\n...\nb: 2\n',
      'a: 1\n...\t# end\nb: 2\n',
      'a: 1\r\n... \r\nb: 2\r\n',
      'a: 1\r\n... # end\r\nb: 2\r\n',
      'a: 1\n---\tb: 2\n',
      'a: 1\n---\r\nb: 2\r\n',
    ])('part documents, so that none is passed over: %j', (text) => {
      expect(splitDocuments(text)).toHaveLength(2);
    });

    test.each(['a: "x\u2028--- y"\n', 'a: "x\u2029... y"\n', 'a: x\r--- y\n', 'a: |\n  ---\n  ...\n', '---a: 1\n'])(
      'are none inside a line: %j',
      (text) => {
        expect(splitDocuments(text)).toHaveLength(1);
      },
    );

    test.each(['# a\n... # end\n', '--- # a\n', '---\n...\n', '\uFEFF# a\n', ' \t\r\n'])(
      'and comments are no document: %j',
      (text) => {
        expect(splitDocuments(text)).toEqual([]);
      },
    );

    test.each(['---a\n', '----\n', '....\n', '-- -\n', '--- |\n', 'null\n', '""\n', '{}'])(
      'but this is one: %j',
      (text) => {
        expect(splitDocuments(text)).toHaveLength(1);
      },
    );
  });
});

describe('documents reading', () => {
  /** The objects in a text. */
  const read = (text: string) => splitDocuments(text).flatMap(readObjectViews);
  const valuesIn = (text: string) => read(text).map(({ root }) => root.value);
  /** What is wrong with the documents of a text, and where: `2: message`. */
  const errorsIn = (text: string) =>
    read(text).flatMap(({ source }) =>
      source.error === undefined ? [] : [`${source.findLine!([])}: ${source.error}`],
    );
  /** The lines of these fields, in the documents of a text one after the other. */
  const linesIn = (text: string, ...fields: (readonly Key[])[]) =>
    read(text).map(({ source }) => fields.map((keys) => source.findLine!(keys)));

  describe('a value is read as kubectl reads it', () => {
    test.each([
      ['yes', true],
      ['Off', false],
      ['on', true],
      ['NO', false],
      ['y', true],
      ['"yes"', 'yes'],
      ['!!str yes', 'yes'],
      ['~', null],
      ['Null', null],
      ['', null],
      ['0644', 420],
      ['-0644', -420],
      ['0x1F', 31],
      ['0b11', 3],
      ['08', 8],
      ['1_000', 1000],
      ['+1', 1],
      ['.5', 0.5],
      ['1e3', 1000],
      ['12:30:45', '12:30:45'],
      ['190:20:30.15', '190:20:30.15'],
      ['2024-01-01', '2024-01-01'],
      ['2001-12-14t21:59:43.10-05:00', '2001-12-14t21:59:43.10-05:00'],
      ['=', '='],
      ['1.10.0', '1.10.0'],
      ['!acme x', 'x'],
      ['|\n  x\n  # y\n', 'x\n# y\n'],
      ['>-\n  x\n  y\n', 'x y'],
    ])('%j is %j', (text, value) => {
      expect(valuesIn(`a: ${text}`)).toEqual([{ a: value }]);
    });

    test('where one object merges others, its own fields win, then the first of the others', () => {
      const text = 'base: &base {a: 1, b: 2}\none: {b: 3, <<: *base}\ntwo: {<<: [*base, {a: 4, c: 5}]}\n';
      const base = { a: 1, b: 2 };
      expect(valuesIn(text)).toEqual([{ base, one: { a: 1, b: 3 }, two: { a: 1, b: 2, c: 5 } }]);
    });

    test('where files were joined, each may begin with a byte order mark', () => {
      expect(valuesIn('\uFEFFa: 1\n---\n\uFEFFb: 2\n')).toEqual([{ a: 1 }, { b: 2 }]);
    });

    test.each([
      'a:\t1\t\n',
      'a: 1\t# b\n',
      'a: [1,\n\t2]\n',
      '{\n\t"a": "\\/"}',
      'a: |\n  b\n \t\n',
      'a: "b\n  \tc"\n',
    ])('a tab stands where it is no indentation, and an escape of JSON in JSON: %j', (text) => {
      expect(valuesIn(text)).toHaveLength(1);
    });

    test('names that are no texts become texts', () => {
      expect(Object.keys(valuesIn('1: a\non: b\n1.5: c\n? {d: 1}\n: d\n? [e]\n: e\n')[0] as object)).toEqual([
        '1',
        'true',
        '1.5',
        '{ d: 1 }',
        '[ e ]',
      ]);
    });

    test.each(['__proto__: {a: 1}\nconstructor: b', '{"__proto__": {"a": 1}, "constructor": "b"}'])(
      'names that JavaScript knows are names like others: %j',
      (text) => {
        const [object] = read(text);
        expect(object!.root.names).toEqual(['__proto__', 'constructor']);
        expect(object!.root.at('__proto__', 'a').number).toBe(1);
        expect(Object.prototype).not.toHaveProperty('a');
      },
    );
  });

  describe('what is wrong with a text is told with its line', () => {
    test.each([
      ['a: 1\nb: [1\nc: 2\n', '3: Flow sequence in block collection must be sufficiently indented and end with a ]'],
      ['a: 1\n---\nb: 1\n c: 2\n', '3: Nested mappings are not allowed in compact mappings'],
      ['a:\n\tb: 1\n', '2: Tabs are not allowed as indentation'],
      ['a: 1\n---\nb: @x\n', '3: Plain value cannot start with reserved character @'],
      ['a: `x`\n', '1: Plain value cannot start with reserved character `'],
      ['a: "\\xzz"\n', '1: Invalid escape sequence \\xzz'],
      ['\n\n}', '3: Unexpected flow-map-end token in YAML document: "}"'],
      ['{"a": 1\n', '1: Flow map must end with a }'],
      ['a: 1\n---\n{"b": 2}\n{"c": 3}\n', '4: Unexpected flow-map-start at node end'],
      ['--- a: 1\n', '1: the document begins on the line of its `---`, which kubectl does not read'],
      ['--- {"a": 1}\n', '1: the document begins on the line of its `---`, which kubectl does not read'],
      [
        '# a\n%YAML 1.2\n---\na: 1\n',
        '1: the text begins with a directive, which kubectl cuts off from its document; leave it out',
      ],
      ...['a: 1\n\t\nb: 2\n', 'a: 1\n \t# b\n', 'a: |\n  b\nc: 1\n\t'].map((text): [string, string] => [
        text,
        `${text.slice(0, text.indexOf('\t')).split('\n').length}: a tab stands at the beginning of the line, where kubectl takes spaces alone`,
      ]),
      ...['\\/', '\\ud83d'].map((sign): [string, string] => [
        `a: 1\nb: "x${sign}y"\n`,
        `2: "${sign}" is an escape of JSON, which kubectl does not read in YAML; write the character itself`,
      ]),
      ['a: *none\n', '1: alias "none" stands for no anchor'],
      ['a: {<<: 3}\n', '1: Merge sources must be maps or map aliases'],
      ['a: 1\r\nb: 2\r\na: 3\r\n', '3: field "a" stands twice in one object'],
      ['a: 1\n---\nb: {c: 1,\n\n  c: 2}\n', '5: field "c" stands twice in one object'],
      ['on: 1\nyes: 2\n', '2: field "true" stands twice in one object'],
      ['- a:\n    - b: 1\n      "b": 2\n', '3: field "b" stands twice in one object'],
    ])('%j: %s', (text, error) => {
      expect(errorsIn(text)).toEqual([error]);
    });

    test('but kubectl takes the lines of quotes and brackets at any indentation', () => {
      const text = 'a:\n  b: \'one\n  two\n\n three\'\n  c: [1,\n2\n]\n  d: {e:\n 1}\n  f: "g\nh"\nz: 1\n';
      const [{ root, source }] = readObjectViews({ text, line: 1 }) as [ObjectView];
      expect(root.value).toEqual({ a: { b: 'one two\nthree', c: [1, 2], d: { e: 1 }, f: 'g h' }, z: 1 });
      expect(source.findLine?.(['z'])).toBe(13);
    });

    test('and the other documents are read', () => {
      expect(valuesIn('a: 1\n---\nb: [\n---\nc: 3\n')).toEqual([{ a: 1 }, undefined, { c: 3 }]);
    });

    test('but a name may stand again in another object, and `<<` in the same', () => {
      expect(errorsIn('a: {b: 1}\nc: [{b: 1}, {b: 1}]\n---\na: 1\n---\n<<: {a: 1}\n<<: {b: 1}\n')).toEqual([]);
    });
  });

  describe('a field has the line', () => {
    test('on which its name stands, in each document of the text', () => {
      const text = '# x\na:\n  b: 1\n---\n\na:\n  - c\n  - b: 2\n    d: |\n      x\n    e: 3\n';
      expect(linesIn(text, ['a'], ['a', 'b'], ['a', 1, 'b'], ['a', 1, 'e'])).toEqual([
        [2, 3, 2, 2],
        [6, 6, 8, 11],
      ]);
    });

    test.each([
      ['Windows', 'a:\r\n  b: 1\r\n---\r\nc:\r\n\r\n  b: 1\r\n'],
      ['Unix, after a byte order mark', '\uFEFFa:\n  b: 1\n---\nc:\n\n  b: 1\n'],
    ])('that an editor shows, with the line breaks of %s', (_, text) => {
      expect(linesIn(text, ['a', 'b'], ['c', 'b'])).toEqual([
        [2, 1],
        [4, 6],
      ]);
    });

    test('of the nearest field above it where it is not there', () => {
      const text = 'a:\n  b:\n    c: 1\n';
      expect(linesIn(text, [], ['x'], ['a', 'b', 'x', 'y'], ['a', 'b', 'c', 'x'], ['a', 0])).toEqual([[1, 1, 2, 3, 1]]);
    });

    test('where it was written, if an alias or a merge brings it', () => {
      const text = 'base: &base\n  a: 1\nalias: *base\nmerge:\n  <<: *base\n  b: 2\n';
      expect(linesIn(text, ['alias'], ['alias', 'a'], ['merge', 'a'], ['merge', 'b'])).toEqual([[3, 2, 4, 6]]);
    });

    test('in JSON too, whatever it is indented with', () => {
      const text = '[]\n---\n{\n\t"a": {\n\t\t"b": [\n\t\t\t1,\n\t\t\t{"c": null}\n\t\t]\n\t}\n}\n';
      expect(linesIn(text, ['a'], ['a', 'b', 0], ['a', 'b', 1, 'c'])[1]).toEqual([4, 6, 7]);
    });

    test('whichever document was asked before', () => {
      const [first, second] = read('a: 1\nb: 2\n---\na: 1\nb: 2\n');
      const ask = ({ source }: typeof first & {}) => source.findLine!(['b']);
      expect([ask(first!), ask(second!), ask(first!)]).toEqual([2, 5, 2]);
    });

    test('and its objects know the file', () => {
      const [document] = splitDocuments('a: [', 'web.yaml');
      expect(readObjectViews(document!).map(({ source }) => source.file)).toEqual(['web.yaml']);
    });
  });
});

describe('documents', () => {
  const errorsIn = (text: string) =>
    splitDocuments(text)
      .flatMap(readObjectViews)
      .map(({ source }) => source.error);

  describe('a document is read', () => {
    test('as kubectl does: YAML 1.1 without dates and numbers of base 60', () => {
      const [object] = readObjectViews({ text: 'a: yes\nb: 12:30\nc: 2020-01-01\nd: &d {e: 1}\nf: {<<: *d}', line: 1 });
      expect(object!.root.value).toEqual({ a: true, b: '12:30', c: '2020-01-01', d: { e: 1 }, f: { e: 1 } });
    });

    test('as JSON where it is JSON, with lines', () => {
      const [object] = readObjectViews({ text: '{\n\t"kind": "Pod",\n\t"spec": {\n\t\t"a": [1]\n}}', line: 5 });
      expect(object!.root.value).toEqual({ kind: 'Pod', spec: { a: [1] } });
      expect(object!.source.findLine!(['spec', 'a', 0])).toBe(8);
    });

    test('and a field that stands twice is told with its line', () => {
      const [object] = readObjectViews({ text: 'a:\n  - b: 1\n    c: 2\n    b: 3\n', line: 10 });
      expect(object!.source.error).toBe('field "b" stands twice in one object');
      expect(object!.source.findLine!([])).toBe(13);
      expect(errorsIn('? [1]\n: 2\n? [3]\n: 4\n')).toEqual([undefined]);
    });

    test.each([
      ['flow lists', `a: ${'['.repeat(20_000)}`],
      ['flow objects', `a: ${'{b: '.repeat(20_000)}`],
      ['block lists', '- '.repeat(20_000)],
      ['JSON', `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`],
      ['JSON that a parser takes', `${'['.repeat(5_000)}${']'.repeat(5_000)}`],
    ])('but not deeper than any manifest goes: %s', (_, text) => {
      expect(errorsIn(text)).toEqual(['the document is more than 256 levels deep']);
    });

    test.each([
      ['a bell in a comment', 'a: 1\nb: 2 # \u0007', 2, 'the text holds U+0007, which kubectl does not read in YAML'],
      ['an escape in quotes', 'a: "\u001b[1m"', 1, 'the text holds U+001B, which kubectl does not read in YAML'],
      ['a control of Latin-1', 'a: x\u0090y', 1, 'the text holds U+0090, which kubectl does not read in YAML'],
      ['what is no character', 'a: |\n  x\n  y\uffff', 3, 'the text holds U+FFFF, which kubectl does not read in YAML'],
    ])('and characters that kubectl refuses: %s', (_, text, line, error) => {
      const [object] = readObjectViews({ text, line: 1 });
      expect([object!.source.error, object!.source.findLine!([])]).toEqual([error, line]);
    });

    test.each(['\u0085', '\u2028', '\u2029'])('and lines that end as in YAML 1.1: %j', (end) => {
      expect(errorsIn(`a: first${end}second\n`)).toEqual([expect.any(String)]);
      expect(errorsIn(`a: 1 # first${end}second\n`)).toEqual([expect.any(String)]);
      expect(errorsIn(`a: "first${end} second"\n`)).toEqual([undefined]);
      expect(errorsIn(`{"a": "first${end}second"}\n`)).toEqual([undefined]);
    });

    test('but JSON may hold any character', () => {
      expect(errorsIn('{"a": "\u007f\u0090\uffff"}')).toEqual([undefined]);
      expect(errorsIn('a: "tab\there, \\e and \ufeff"\n')).toEqual([undefined]);
    });

    test('and what follows its end is an error', () => {
      expect(errorsIn('{a: 1}\nb: 2\n')).toEqual([expect.any(String)]);
    });
  });
});
