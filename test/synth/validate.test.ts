import { validate } from '../../src/synth/validate';
import { appOf } from './trees';

describe('validation', () => {
  test('asks each construct once', () => {
    const { app, part } = appOf({ A: { one: 'object' } });
    const ask = jest.fn(() => []);
    part('A/one').node.addValidation({ validate: ask });
    validate(app);
    expect(ask).toHaveBeenCalledTimes(1);
  });

  test('fails with all answers, in the words of cdk8s', () => {
    const { app, part } = appOf({ A: { one: 'object' } });
    part('A').node.addValidation({ validate: () => ['is empty', 'is dull'] });
    part('A/one').node.addValidation({ validate: () => ['is lonely'] });
    expect(() => validate(app)).toThrow(
      new Error('Validation failed with the following errors:\n  [A] is empty\n  [A] is dull\n  [A/one] is lonely'),
    );
  });
});
