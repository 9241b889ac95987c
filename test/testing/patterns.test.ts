import { Field } from '../../src/rules/model/field';
import { explain } from '../../src/testing/comparison';
import { compareGlob, compareItems, compareText, Pattern } from '../../src/testing/patterns';

const at = (value: unknown) => Field.root({ data: value }).at('data');

test('the items of a list may stand in any order, but each pattern needs one of its own', () => {
  expect(compareItems([{ a: 2 }, { a: 1 }], at([{ a: 1 }, { a: 2, b: 3 }, { a: 4 }])).mismatches).toEqual([]);
  expect(explain(compareItems([{ a: 1 }, { a: 1 }], at([{ a: 1 }])))).toBe(
    '  data: expected an item like {a: 1}, found no other than data[0]',
  );
});

test('of an item that is not there, the nearest is explained', () => {
  const ports = [
    { name: 'http', port: 80 },
    { name: 'metrics', port: 90 },
  ];
  expect(explain(compareItems([{ name: 'metrics', port: 91 }], at(ports)))).toBe(
    '  data: expected an item like {name: "metrics", port: 91}, found none; the nearest is data[1]\n  data[1].port: expected 91, found 90',
  );
  expect(explain(compareItems([1], at([])))).toBe('  data: expected an item like 1, found an empty list');
  expect(explain(compareItems([1], at('x')))).toBe('  data: expected a list with [1], found "x"');
});

test('a text is read, and the path leads into it', () => {
  expect(compareText('YAML', { a: [{ b: 'on' }] }, at('a: [{b: on, c: 1}]')).mismatches).toEqual([]);
  expect(explain(compareText('YAML', { a: { b: 1 } }, at('a: {b: 2}')))).toBe('  data > a.b: expected 1, found 2');
  expect(explain(compareText('JSON', 1, at('2')))).toBe('  data > the whole: expected 1, found 2');
  expect(explain(compareText('JSON', {}, at('{')))).toMatch(/^ {2}data: expected JSON text, found text that is none: /);
  expect(explain(compareText('YAML', {}, at('a: ['.concat('\n'))))).toMatch(
    /^ {2}data: expected YAML text, found text that is none: /,
  );
  expect(explain(compareText('YAML', {}, at(1)))).toBe('  data: expected YAML text, found 1');
});

test('a star stands for any characters, all others for themselves', () => {
  expect(compareGlob('a.b*[c]', at('a.b\n[c]')).mismatches).toEqual([]);
  expect(compareGlob('a*', at('ba')).mismatches).toHaveLength(1);
  expect(explain(compareGlob('a.b', at('axb')))).toBe('  data: expected text like "a.b", found "axb"');
});

test('a pattern is written as it was made', () => {
  const pattern = new Pattern('Match.any()', () => ({ mismatches: [], captured: [] }));
  expect(String(pattern)).toBe('Match.any()');
  expect(pattern.asymmetricMatch(1)).toBe(true);
});
