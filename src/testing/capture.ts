import { copyOf } from '../private/copies';
import { failure } from '../private/errors';
import type { Field } from '../rules/model/field';
import { compare, matches } from './compare';
import { type Comparison, merge, mismatch } from './comparison';
import { Matcher } from './matcher';
import { show } from './show';

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
    return this.kept.map(copyOf);
  }

  /**
   * The value that was captured.
   *
   * @throws if there is none, or more than one
   */
  public get value(): any {
    if (this.kept.length !== 1) {
      throw failure(
        'Capture',
        this.kept.length === 0
          ? 'nothing was captured, as nothing matched; look at the pattern around it'
          : `captured ${this.kept.length} values; read \`values\`, or make the pattern say which object is meant`,
      );
    }
    return copyOf(this.kept[0]);
  }

  /** The value, which is text. */
  public asString(): string {
    return this.typed('string');
  }

  /** The value, which is a number. */
  public asNumber(): number {
    return this.typed('number');
  }

  /** The value, which is true or false. */
  public asBoolean(): boolean {
    return this.typed('boolean');
  }

  /** The value, which is a list. */
  public asArray(): any[] {
    return this.typed('array');
  }

  /** The value, which is an object. */
  public asObject(): Record<string, any> {
    return this.typed('object');
  }

  /** @internal */
  public compare(at: Field): Comparison {
    if (!at.exists) {
      return mismatch(at, 'a value to capture');
    }
    const captured: Comparison = { mismatches: [], captured: [{ into: this, value: at.value }] };
    return this.pattern === undefined ? captured : merge([compare(this.pattern, at), captured]);
  }

  /** @internal */
  public keep(value: unknown): void {
    this.kept.push(value);
  }

  public asymmetricMatch(value: unknown): boolean {
    return matches(this, value);
  }

  public toString(): string {
    return this.pattern === undefined ? 'Capture()' : `Capture(${show(this.pattern)})`;
  }

  private typed(type: string): any {
    const { value } = this;
    const found = Array.isArray(value) ? 'array' : typeof value;
    if (found !== type) {
      throw failure('Capture', `the value is of type ${found}, not ${type}: ${show(value)}`);
    }
    return value;
  }
}
