import fc from 'fast-check';
import { toCanonicalQuantity, toNanos } from '../../src/private/quantities';

describe('a quantity as the API server writes it', () => {
  test.each([
    ['1024Mi', '1Gi'],
    ['1536Mi', '1536Mi'],
    ['1.5Gi', '1536Mi'],
    ['2048Ki', '2Mi'],
    ['1000m', '1'],
    ['1500m', '1500m'],
    ['0.5', '500m'],
    ['1', '1'],
    ['1000', '1k'],
    ['128000000', '128M'],
    ['512Ki', '512Ki'],
    ['0', '0'],
    ['0Mi', '0'],
    ['-1000m', '-1'],
    ['1e3', '1e3'],
    ['no quantity', 'no quantity'],
  ])('%s is %s', (written, canonical) => {
    expect(toCanonicalQuantity(written)).toBe(canonical);
  });

  test('is the same amount, and stays as it is', () => {
    const units = fc.constantFrom('', 'm', 'k', 'M', 'G', 'Ki', 'Mi', 'Gi');
    fc.assert(
      fc.property(fc.nat(5_000_000), units, (number, unit) => {
        const canonical = toCanonicalQuantity(`${number}${unit}`);
        expect(toNanos(canonical)).toBe(toNanos(`${number}${unit}`));
        expect(toCanonicalQuantity(canonical)).toBe(canonical);
      }),
    );
  });
});
