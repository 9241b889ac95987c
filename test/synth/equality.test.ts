import fc from 'fast-check';
import { expectSameFiles, expectSameOutput, OUTPUT_TYPES } from './outcome';
import { APP_PLAN, build } from './random-apps';

const RUNS = Number(process.env.PROPERTY_RUNS ?? 300);

describe('any app', () => {
  test('is synthesized as by cdk8s', () => {
    let failed = 0;
    fc.assert(
      fc.property(
        APP_PLAN,
        fc.constantFrom(...OUTPUT_TYPES),
        fc.boolean(),
        (plan, yamlOutputType, recordConstructMetadata) => {
          const { error } = expectSameFiles((app) => build(app, plan), { yamlOutputType, recordConstructMetadata });
          failed += error ? 1 : 0;
        },
      ),
      { numRuns: 2 * RUNS },
    );
    expect(failed).toBeLessThan(RUNS);
    expect(failed).toBeGreaterThan(0);
  });

  test('gives the same text as by cdk8s, also for the second time', () => {
    fc.assert(
      fc.property(APP_PLAN, (plan) => {
        expectSameOutput((app) => build(app, plan));
      }),
      { numRuns: RUNS / 3 },
    );
  });
});
