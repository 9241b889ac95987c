import fc from 'fast-check';
import { assertAlways, runs } from '../runs';
import { expectSameFiles, expectSameOutput, OUTPUT_TYPES } from './outcome';
import { APP_PLAN, build } from './random-apps';

describe('any app', () => {
  test('is synthesized as by cdk8s', () => {
    let failed = 0;
    assertAlways(
      fc.property(
        APP_PLAN,
        fc.constantFrom(...OUTPUT_TYPES),
        fc.boolean(),
        (plan, yamlOutputType, recordConstructMetadata) => {
          const { error } = expectSameFiles((app) => build(app, plan), { yamlOutputType, recordConstructMetadata });
          failed += error ? 1 : 0;
        },
      ),
      600,
    );
    expect(failed).toBeLessThan(0.7 * runs(600));
    expect(failed).toBeGreaterThan(0);
  });

  test('gives the same text as by cdk8s, also for the second time', () => {
    assertAlways(
      fc.property(APP_PLAN, (plan) => {
        expectSameOutput((app) => build(app, plan));
      }),
      100,
    );
  });
});
