import { objectsOf } from '../../src/rules/documents';
import { findingsOf } from '../../src/rules/engine';
import { RULES } from '../../src/rules/list';
import { splitDocuments } from '../../src/rules/text/document-cutter';

/** More than enough for a text that is read once, and far too little for one that is read again from each of its letters. */
const MAX_MILLISECONDS = 3_000;
const MEGABYTE = 1024 * 1024;

const errorsIn = (text: string) =>
  splitDocuments(text)
    .flatMap(objectsOf)
    .map(({ source }) => source.error);
/** The rules that a text breaks. */
const brokenBy = (text: string) => findingsOf(splitDocuments(text).flatMap(objectsOf), RULES).map(({ rule }) => rule);

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
    ['labels in themselves', 'apiVersion: v1\nkind: Pod\nmetadata: &m {name: a, labels: *m}\nspec: {containers: []}\n'],
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

  test.each(['# a\n... # end\n', '--- # a\n', '%YAML 1.1\n---\n...\n', '\uFEFF# a\n', ' \t\r\n'])(
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
