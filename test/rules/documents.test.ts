import { objectsOf } from '../../src/rules/documents';
import { splitDocuments } from '../../src/rules/text/document-cutter';

const errorsIn = (text: string) =>
  splitDocuments(text)
    .flatMap(objectsOf)
    .map(({ source }) => source.error);

describe('a document is read', () => {
  test('as kubectl does: YAML 1.1 without dates and numbers of base 60', () => {
    const [object] = objectsOf({ text: 'a: yes\nb: 12:30\nc: 2020-01-01\nd: &d {e: 1}\nf: {<<: *d}', line: 1 });
    expect(object!.root.value).toEqual({ a: true, b: '12:30', c: '2020-01-01', d: { e: 1 }, f: { e: 1 } });
  });

  test('as JSON where it is JSON, with lines', () => {
    const [object] = objectsOf({ text: '{\n\t"kind": "Pod",\n\t"spec": {\n\t\t"a": [1]\n}}', line: 5 });
    expect(object!.root.value).toEqual({ kind: 'Pod', spec: { a: [1] } });
    expect(object!.source.lineOf!(['spec', 'a', 0])).toBe(8);
  });

  test('and a field that stands twice is told with its line', () => {
    const [object] = objectsOf({ text: 'a:\n  - b: 1\n    c: 2\n    b: 3\n', line: 10 });
    expect(object!.source.error).toBe('field "b" stands twice in one object');
    expect(object!.source.lineOf!([])).toBe(13);
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

  test('and what follows its end is an error', () => {
    expect(errorsIn('{a: 1}\nb: 2\n')).toEqual([expect.any(String)]);
  });
});
