import { comparePattern } from './compare';
import { createMismatch, isMatch, MATCH } from './comparison';
import type { Matcher } from './matcher';
import { compareGlob, compareItems, compareText, Pattern } from './patterns';
import { showValue } from './show';

/**
 * Patterns for what a manifest holds. A literal in a pattern means: an object has these fields and maybe more, at every depth; a
 * list has exactly these items in this order, each of them partial again; anything else is equal.
 */
export class Match {
  /** An object that has these fields, and maybe more: what a literal means. For use inside `exact`. */
  public static objectLike(pattern: object): Matcher {
    return new Pattern(`Match.objectLike(${showValue(pattern)})`, (at) => comparePattern(pattern, at));
  }

  /** A value that has nothing but this, at every depth. */
  public static exact(pattern: any): Matcher {
    return new Pattern(`Match.exact(${showValue(pattern)})`, (at) => comparePattern(pattern, at, true));
  }

  /** A list that has an item for each of these patterns, in any order, and maybe more. */
  public static arrayWith(items: any[]): Matcher {
    const patterns = [...items];
    return new Pattern(`Match.arrayWith(${showValue(items)})`, (at) => compareItems(patterns, at));
  }

  /** No value: the field is not there, or is `null`, which Kubernetes takes as not there. */
  public static absent(): Matcher {
    return new Pattern('Match.absent()', (at) => (at.exists ? createMismatch(at, 'nothing') : MATCH));
  }

  /** Any value, if only there is one. */
  public static anyValue(): Matcher {
    return new Pattern('Match.anyValue()', (at) => (at.exists ? MATCH : createMismatch(at, 'any value')));
  }

  /** A text in which `*` stands for any characters, new lines included. */
  public static stringLike(glob: string): Matcher {
    return new Pattern(`Match.stringLike(${showValue(glob)})`, (at) => compareGlob(glob, at));
  }

  /** A text that a regular expression finds something in. A RegExp as a literal means the same. */
  public static regexp(expression: RegExp | string): Matcher {
    const pattern = new RegExp(expression);
    return new Pattern(`Match.regexp(${pattern})`, (at) => comparePattern(pattern, at));
  }

  /** Anything but this, nothing included. */
  public static not(pattern: any): Matcher {
    return new Pattern(`Match.not(${showValue(pattern)})`, (at) =>
      isMatch(comparePattern(pattern, at)) ? createMismatch(at, `anything but ${showValue(pattern)}`) : MATCH,
    );
  }

  /** A text of JSON that says this, such as a configuration in a ConfigMap. */
  public static serializedJson(pattern: any): Matcher {
    return new Pattern(`Match.serializedJson(${showValue(pattern)})`, (at) => compareText('JSON', pattern, at));
  }

  /** A text of YAML that says this, in one document, read as YAML 1.2: `on` and `off` are texts there. */
  public static serializedYaml(pattern: any): Matcher {
    return new Pattern(`Match.serializedYaml(${showValue(pattern)})`, (at) => compareText('YAML', pattern, at));
  }

  private constructor() {}
}
