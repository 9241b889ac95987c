import { assign } from '../../src/testing/assign';

test('each row gets a column of its own', () => {
  expect(
    assign([
      [true, true],
      [true, false],
    ]),
  ).toEqual([1, 0]);
});

test('a row that came first moves on, along a chain too', () => {
  expect(
    assign([
      [true, true, false],
      [true, false, true],
      [true, false, false],
    ]),
  ).toEqual([1, 2, 0]);
});

test('a row without a column gets none, and no other row loses its own', () => {
  expect(
    assign([
      [true, false],
      [true, false],
      [false, true],
    ]),
  ).toEqual([0, undefined, 1]);
  expect(assign([])).toEqual([]);
  expect(assign([[]])).toEqual([undefined]);
});
