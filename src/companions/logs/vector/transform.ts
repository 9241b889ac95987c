import { readArgument } from '../../../private/read-props';
import { copyComponentSettings, type Settings } from '../../kit/settings';
import { COMPONENT } from './component';

const RULES = {
  ...COMPONENT,
  source: 'VectorTransform',
  reserved: {
    type: 'pass it as the type of the transform',
    inputs: 'transforms run one after another, in the order of the list',
  },
};

/**
 * A step of Vector between reading and sending records.
 *
 * @see https://vector.dev/docs/reference/configuration/transforms/
 * @jsii suppress JSII5018
 */
export class VectorTransform {
  /**
   * Changes records with a program in the Vector Remap Language. A record at which the program fails passes unchanged.
   *
   * @see https://vector.dev/docs/reference/vrl/
   * @param program the program, such as `del(.password)`
   */
  public static remap(program: string): VectorTransform {
    readArgument('string', program, 'VectorTransform.remap', 'program');
    return new VectorTransform('remap', { source: program });
  }

  /**
   * Keeps the records for which a condition in the Vector Remap Language holds.
   *
   * @param condition the condition, such as `.level != "debug"`
   */
  public static filter(condition: string): VectorTransform {
    readArgument('string', condition, 'VectorTransform.filter', 'condition');
    return new VectorTransform('filter', { condition });
  }

  /**
   * Any transform of Vector that has one output of logs.
   *
   * @param type type of the transform, as in its documentation
   * @param settings settings of the transform, without `type` and `inputs`
   */
  public static of(type: string, settings: { readonly [name: string]: any }): VectorTransform {
    return new VectorTransform(type, settings);
  }

  private constructor(
    /** Type of the transform. */
    public readonly type: string,
    settings: Settings,
  ) {
    this._options = copyComponentSettings(RULES, type, settings);
  }

  /** @internal */
  public readonly _options: Settings;
}
