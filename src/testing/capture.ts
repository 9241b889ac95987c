import { copyData } from '../private/copies';
import { createError } from '../private/errors';
import type { Field } from '../rules/model/field';
import { comparePattern, matchesValue } from './compare';
import { type Comparison, createMismatch, mergeComparisons } from './comparison';
import { Matcher } from './matcher';
import { showValue } from './show';

/**
 * Takes the value out of the place where it stands in a pattern. It keeps values of objects that match the whole pattern, and no
 * others.
 */
export class Capture extends Matcher {
  private readonly kept: unknown[] = [];

  /** @param pattern what the value must be; any value that is there, unless said otherwise */
  public constructor(private readonly pattern?: any) {
    super();
  }

  /** All values that were captured, one for each object that matched. */
  public get values(): any[] {
    return this.kept.map(copyData);
  }

  /**
   * The value that was captured.
   *
   * @throws if there is none, or more than one
   */
  public get value(): any {
    if (this.kept.length !== 1) {
      throw createError(
        'Capture',
        this.kept.length === 0
          ? 'nothing was captured, as nothing matched; look at the pattern around it'
          : `captured ${this.kept.length} values; read \`values\`, or make the pattern say which object is meant`,
      );
    }
    return copyData(this.kept[0]);
  }

  /** The value, which is text. */
  public asString(): string {
    return this.getTyped('string');
  }

  /** The value, which is a number. */
  public asNumber(): number {
    return this.getTyped('number');
  }

  /** The value, which is true or false. */
  public asBoolean(): boolean {
    return this.getTyped('boolean');
  }

  /** The value, which is a list. */
  public asArray(): any[] {
    return this.getTyped('array');
  }

  /** The value, which is an object. */
  public asObject(): Record<string, any> {
    return this.getTyped('object');
  }

  /** @internal */
  public compare(at: Field): Comparison {
    if (!at.exists) {
      return createMismatch(at, 'a value to capture');
    }
    const captured: Comparison = { mismatches: [], captured: [{ into: this, value: at.value }] };
    return this.pattern === undefined ? captured : mergeComparisons([comparePattern(this.pattern, at), captured]);
  }

  /** @internal */
  public keep(value: unknown): void {
    this.kept.push(value);
  }

  public asymmetricMatch(value: unknown): boolean {
    return matchesValue(this, value);
  }

  public toString(): string {
    return this.pattern === undefined ? 'Capture()' : `Capture(${showValue(this.pattern)})`;
  }

  private getTyped(type: string): any {
    const { value } = this;
    const found = Array.isArray(value) ? 'array' : typeof value;
    if (found !== type) {
      throw createError('Capture', `the value is of type ${found}, not ${type}: ${showValue(value)}`);
    }
    return value;
  }
}
