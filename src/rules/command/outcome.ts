import type { Finding } from '../finding';

/** An input, or a part of one, that could not be checked. */
export interface Unusable {
  readonly file: string;
  readonly message: string;
}

/** What one call of the command found: what every format shows. */
export interface Outcome {
  /** The findings that count, object by object. */
  readonly findings: readonly Finding[];
  /** The findings that an annotation suppresses. */
  readonly suppressed: readonly Finding[];
  /** How many objects were checked. */
  readonly objects: number;
  /** How many files of folders hold no object of Kubernetes. */
  readonly passedOver: number;
  readonly unusable: readonly Unusable[];
  /** What stands on a line of a file. */
  textOf(file: string, line: number): string | undefined;
}

/** A way to show an outcome: pieces of text, so that a long one is never one string. */
export type Format = (outcome: Outcome, hasColour: boolean) => Iterable<string>;
