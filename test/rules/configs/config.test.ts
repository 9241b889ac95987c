import { literal, NOTHING_READ, together } from '../../../src/rules/configs/config';

test('a value that a variable or template changes is not known', () => {
  expect([literal('/a'), literal('${A}/a'), literal('/a-{{ b }}'), literal(undefined)]).toEqual([
    '/a',
    undefined,
    undefined,
    undefined,
  ]);
});

test('several readings become one', () => {
  const one = { ...NOTHING_READ, writes: ['/a'], isPartial: true };
  const other = { ...NOTHING_READ, writes: ['/a', '/b'], problem: 'is broken' };
  expect(together([one, other])).toEqual({
    ...NOTHING_READ,
    writes: ['/a', '/b'],
    isPartial: true,
    problem: 'is broken',
  });
});
