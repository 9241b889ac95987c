import fc from 'fast-check';
import { readJson } from '../../../src/rules/text/json-text';

test('JSON is read as JSON', () => {
  fc.assert(
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
