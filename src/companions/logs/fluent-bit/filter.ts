import { throwFirst } from '../../../private/errors';
import { readArgument } from '../../../private/read-props';
import { copyComponentSettings, type Settings } from '../../kit/settings';
import { PLUGIN, toLiteralProperty } from './properties';

const RULES = {
  ...PLUGIN,
  source: 'FluentBitFilter',
  remedy: "refer to a variable of the agent's environment, as in `${TOKEN}`",
};

/**
 * A step of Fluent Bit between reading and sending records.
 *
 * @see https://docs.fluentbit.io/manual/pipeline/filters
 */
export class FluentBitFilter {
  /**
   * Drops records whose field matches.
   *
   * @param field name of the field
   * @param expression regular expression of the values to drop
   */
  public static exclude(field: string, expression: string): FluentBitFilter {
    readArgument('string', field, 'FluentBitFilter.exclude', 'field');
    readArgument('string', expression, 'FluentBitFilter.exclude', 'expression');
    return FluentBitFilter.grep('exclude', `$${field} ${expression}`);
  }

  /**
   * Drops records whose field does not match.
   *
   * @param field name of the field
   * @param expression regular expression of the values to keep
   */
  public static keep(field: string, expression: string): FluentBitFilter {
    readArgument('string', field, 'FluentBitFilter.keep', 'field');
    readArgument('string', expression, 'FluentBitFilter.keep', 'expression');
    return FluentBitFilter.grep('regex', `$${field} ${expression}`);
  }

  /**
   * Any filter of Fluent Bit. It sees the records of all log files unless its settings say otherwise with `match`.
   *
   * @param name name of the plugin
   * @param settings settings of the plugin, as in `FluentBitOutputOptions.settings`
   */
  public static of(name: string, settings: { readonly [name: string]: any }): FluentBitFilter {
    return new FluentBitFilter(name, settings);
  }

  private static grep(setting: string, condition: string): FluentBitFilter {
    const problem = `"${condition}" has a variable in it, and an expression stands for itself; use \`FluentBitFilter.of\`, whose settings may refer to variables`;
    throwFirst('FluentBitFilter.grep', toLiteralProperty(condition) === undefined ? [problem] : []);
    return new FluentBitFilter('grep', { [setting]: condition });
  }

  private constructor(
    /** Name of the plugin. */
    public readonly name: string,
    properties: Settings,
  ) {
    this._properties = copyComponentSettings(RULES, name, properties);
  }

  /** @internal */
  public readonly _properties: Settings;
}
