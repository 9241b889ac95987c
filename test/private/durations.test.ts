import { Duration } from 'cdk8s';
import fc from 'fast-check';
import { wholeSeconds } from '../../src/private/durations';

test.each([
  ['nothing', Duration.seconds(0), 0],
  ['1 ms', Duration.millis(1), 1],
  ['1000 ms', Duration.millis(1000), 1],
  ['1001 ms', Duration.millis(1001), 2],
  ['1.5 s', Duration.seconds(1.5), 2],
  ['30 s', Duration.seconds(30), 30],
  ['1 min', Duration.minutes(1), 60],
  ['2 h', Duration.hours(2), 7200],
])('%s take %s', (_, duration, seconds) => {
  expect(wholeSeconds(duration)).toBe(seconds);
});

test('a duration is never rounded down, and up by less than a second', () => {
  fc.assert(
    fc.property(fc.nat(1 << 30), (millis) => {
      const spare = wholeSeconds(Duration.millis(millis)) * 1000 - millis;
      expect(spare).toBeGreaterThanOrEqual(0);
      expect(spare).toBeLessThan(1000);
    }),
  );
});
