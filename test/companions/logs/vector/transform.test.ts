import { VectorTransform } from '../../../../src/index';

describe('a Vector transform', () => {
  test.each([
    ['remap', VectorTransform.remap('del(.a)'), { source: 'del(.a)' }],
    ['filter', VectorTransform.filter('.level != "debug"'), { condition: '.level != "debug"' }],
    ['throttle', VectorTransform.of('throttle', { threshold: 10, window_secs: 1 }), { threshold: 10, window_secs: 1 }],
  ])('%s has its options', (type, transform, options) => {
    expect([transform.type, transform._options]).toEqual([type, options]);
  });

  test.each([
    ['type', 'pass it as the type of the transform'],
    ['inputs', 'transforms run one after another, in the order of the list'],
  ])('fails with the setting "%s"', (option, remedy) => {
    expect(() => VectorTransform.of('remap', { [option]: 'x' })).toThrow(
      new Error(`[VectorTransform.remap] setting "${option}" cannot be set here; ${remedy}`),
    );
  });

  test('fails with a name that is no type', () => {
    expect(() => VectorTransform.of('', {})).toThrow(
      new Error(
        '[VectorTransform] "" is not the type of a component; pass it as its documentation does, in lower case',
      ),
    );
  });
});
