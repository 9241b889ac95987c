import { Size } from 'cdk8s';
import fc from 'fast-check';
import { kibibytes, mebibytes } from '../../src/private/sizes';

test.each([
  ['1 KiB', Size.kibibytes(1), 1],
  ['1024 KiB', Size.kibibytes(1024), 1],
  ['1025 KiB', Size.kibibytes(1025), 2],
  ['0.3 MiB', Size.mebibytes(0.3), 1],
  ['1.5 MiB', Size.mebibytes(1.5), 2],
  ['5 MiB', Size.mebibytes(5), 5],
  ['2 GiB', Size.gibibytes(2), 2048],
])('%s needs %s', (_, size, expected) => {
  expect(mebibytes(size)).toBe(expected);
});

test.each([
  ['0.3 MiB', Size.mebibytes(0.3), 307.2],
  ['0.5 KiB', Size.kibibytes(0.5), 0.5],
  ['64 KiB', Size.kibibytes(64), 64],
  ['1 GiB', Size.gibibytes(1), 1 << 20],
])('%s are %d KiB', (_, size, expected) => {
  expect(kibibytes(size)).toBeCloseTo(expected, 9);
});

test('a size is never rounded down, and up by less than one mebibyte', () => {
  fc.assert(
    fc.property(fc.nat(1 << 30), (kibibytes) => {
      const spare = mebibytes(Size.kibibytes(kibibytes)) * 1024 - kibibytes;
      expect(spare).toBeGreaterThanOrEqual(0);
      expect(spare).toBeLessThan(1024);
    }),
  );
});
