import { groupedBy, Reading, repeated } from '../../src/private/lists';

test('an item is repeated where an earlier one has its key', () => {
  expect(repeated(['a', 'b', 'A', 'c', 'a'], (item) => item.toLowerCase())).toEqual(['A', 'a']);
  expect(repeated([], String)).toEqual([]);
});

test('items are grouped by their keys, in their order', () => {
  expect([...groupedBy([3, 1, 4, 1, 5], (item) => item % 2)]).toEqual([
    [1, [3, 1, 1, 5]],
    [0, [4]],
  ]);
});

test('of a list that grows each item is read once', () => {
  const reading = new Reading<string>();
  expect(reading.next(['a'])).toEqual(['a']);
  expect(reading.next(['a'])).toEqual([]);
  expect(reading.next(['a', 'b', 'c'])).toEqual(['b', 'c']);
});
