import { NANOS_PER_UNIT, nanosOf } from '../../../src/rules/data/quantities';

const Ki = 1024n;

describe('amounts of resources', () => {
  test.each<[string | number, bigint]>([
    ['0', 0n],
    [0.1, 100_000_000n],
    ['0.3', 300_000_000n],
    ['250m', 250_000_000n],
    ['1', NANOS_PER_UNIT],
    ['1.', NANOS_PER_UNIT],
    ['.5', 500_000_000n],
    ['+2', 2n * NANOS_PER_UNIT],
    ['-2', -2n * NANOS_PER_UNIT],
    ['3n', 3n],
    ['3u', 3_000n],
    ['1k', 1_000n * NANOS_PER_UNIT],
    ['1E', 10n ** 27n],
    ['1e3', 1_000n * NANOS_PER_UNIT],
    ['1E3', 1_000n * NANOS_PER_UNIT],
    ['1.5e-3', 1_500_000n],
    [1e21, 10n ** 30n],
    ['64Mi', 64n * Ki ** 2n * NANOS_PER_UNIT],
    ['1.5Gi', (3n * Ki ** 3n * NANOS_PER_UNIT) / 2n],
    ['8Ei', 8n * Ki ** 6n * NANOS_PER_UNIT],
    ['12345678901234567890.123456789', 12345678901234567890123456789n],
  ])('%p is %p nano-units', (quantity, nanos) => {
    expect(nanosOf(quantity)).toBe(nanos);
  });

  test('what is too small to count is rounded up, as Kubernetes does', () => {
    expect(nanosOf('0.1n')).toBe(1n);
    expect(nanosOf('-0.1n')).toBe(-1n);
    expect(nanosOf('1.0000000001')).toBe(NANOS_PER_UNIT + 1n);
  });

  test.each([
    '',
    ' ',
    '.',
    'm',
    '1 Mi',
    '128MB',
    '1K',
    '1mi',
    '1Mib',
    '0,5',
    'one',
    '1e',
    '1e3Mi',
    '--1',
    '1\n',
    'NaN',
  ])('%p is no amount', (text) => {
    expect(nanosOf(text)).toBeUndefined();
  });

  test('absurd texts are refused at once', () => {
    expect(nanosOf(undefined)).toBeUndefined();
    expect(nanosOf('1e999999999')).toBeUndefined();
    expect(nanosOf('9'.repeat(1_000_000))).toBeUndefined();
  });

  test('more texts than are kept in mind are read all the same', () => {
    for (let number = 0; number < 3_000; number++) {
      expect(nanosOf(`${number}`)).toBe(BigInt(number) * NANOS_PER_UNIT);
    }
  });
});
