import type { Field } from '../rules/model/field';
import type { Comparison } from './comparison';

/** A part of a pattern that says more than a literal: what `Match` gives, and `Capture`. */
export abstract class Matcher {
  /** The mark by which jest and Vitest recognize it, so that `toEqual` and its like take it too. */
  public readonly $$typeof = Symbol.for('jest.asymmetricMatcher');

  /**
   * Compares the value of a field with it.
   *
   * @internal
   */
  public abstract compare(at: Field): Comparison;

  /** The pattern, as one would write it. */
  public abstract toString(): string;

  /** Whether it matches, as jest and Vitest ask for it. */
  public abstract asymmetricMatch(value: unknown): boolean;

  /** Its name in the output of jest and Vitest. */
  public toAsymmetricMatcher(): string {
    return this.toString();
  }
}
