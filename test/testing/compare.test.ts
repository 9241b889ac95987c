import { Field } from '../../src/rules/model/field';
import { Match } from '../../src/testing';
import { compare, matches } from '../../src/testing/compare';
import { explain } from '../../src/testing/comparison';

const wrong = (pattern: unknown, value: unknown, exact = false) => explain(compare(pattern, Field.root(value), exact));

test.each<[string, unknown, unknown]>([
  ['an object with more fields', { a: 1 }, { a: 1, b: 2 }],
  ['objects in objects, and in lists', { a: [{ b: {} }] }, { a: [{ b: { c: 1 }, d: 2 }] }],
  ['a RegExp, whatever was found before', /b/g, 'abc'],
  ['a matcher of jest', { a: expect.stringContaining('b') }, { a: 'abc' }],
  ['null as itself', { a: null }, { a: null }],
  ['an absent field of an absent object', { a: { b: Match.absent() } }, {}],
])('%s matches', (_, pattern, value) => {
  expect(matches(pattern, value)).toBe(true);
});

test.each<[string, unknown, unknown, string]>([
  ['a scalar', { a: 1 }, { a: 2 }, '  a: expected 1, found 2'],
  ['a number as text', { a: 80 }, { a: '80' }, '  a: expected 80, found "80"'],
  ['an absent field', { spec: { a: { b: 1 } } }, { spec: {} }, '  spec.a: expected {b: 1}, found nothing'],
  [
    'a field of nearly the same name',
    { replica: 2 },
    { replicas: 2 },
    '  replica: expected 2, found nothing; there is "replicas"',
  ],
  ['a list of another length', { a: [1] }, { a: [1, 2] }, '  a: expected a list of 1, found one of 2: [1, 2]'],
  ['an item', [{ a: 1 }, { a: 2 }], [{ a: 1 }, { a: 3 }], '  [1].a: expected 2, found 3'],
  ['no list', { a: [] }, { a: {} }, '  a: expected [], found {}'],
  ['no object', { a: {} }, { a: 'b' }, '  a: expected {}, found "b"'],
  ['an object that is absent', { a: {} }, {}, '  a: expected {}, found nothing'],
  ['no text', { a: /b/ }, { a: 1 }, '  a: expected text like /b/, found 1'],
  ['a matcher of jest', expect.any(Number), 'b', '  the whole: expected Any<Number>, found "b"'],
  ['a field of Object', { constructor: Match.anyValue() }, {}, '  constructor: expected any value, found nothing'],
])('%s differs', (_, pattern, value, text) => {
  expect(wrong(pattern, value)).toBe(text);
});

test('exactly means no field more, at any depth; null counts as none', () => {
  expect(wrong({ a: { b: 1 } }, { a: { b: 1, c: 2 }, d: null }, true)).toBe('  a.c: expected nothing, found 2');
  expect(wrong({ a: Match.objectLike({ b: 1 }) }, { a: { b: 1, c: 2 } }, true)).toBe('');
});

test('a pattern that is undefined is a mistake, not "any value"', () => {
  expect(() => wrong({ spec: { a: undefined } }, { spec: {} })).toThrow(
    new Error('[spec.a] the pattern is nothing here; write a value, `Match.absent()` or `Match.anyValue()`'),
  );
  expect(() => wrong(() => true, 1)).toThrow('[pattern] the pattern is a function ""');
});
