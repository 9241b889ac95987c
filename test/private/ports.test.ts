import fc from 'fast-check';
import { isPort } from '../../src/private/ports';

test('every integer from 1 to 65535 is a port', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 65535 }), (number) => expect(isPort(number)).toBe(true)));
});

test.each([1, 80, 65535])('%d is a port', (number) => {
  expect(isPort(number)).toBe(true);
});

test.each([0, -1, -80, 65536, 80.5, Number.NaN, Number.POSITIVE_INFINITY])('%d is no port', (number) => {
  expect(isPort(number)).toBe(false);
});

test('no other number is a port', () => {
  const others = fc.oneof(
    fc.integer({ max: 0 }),
    fc.integer({ min: 65536 }),
    fc.double().filter((number) => !Number.isInteger(number)),
  );
  fc.assert(fc.property(others, (number) => expect(isPort(number)).toBe(false)));
});
