import type { Finding } from '../finding';

/** An input, or a part of one, that could not be checked. */
export interface Unusable {
  readonly file: string;
  readonly message: string;
}

/** The result of one call of the command, as every format shows it. */
export interface Outcome {
  /** The findings that count, object by object. */
  readonly findings: readonly Finding[];
  /** The findings that an annotation suppresses. */
  readonly suppressed: readonly Finding[];
  /** The number of objects that were checked. */
  readonly objects: number;
  /** The number of files in folders that hold no object of Kubernetes. */
  readonly passedOver: number;
  readonly unusable: readonly Unusable[];
  /** The text of a line of a file. */
  findText(file: string, line: number): string | undefined;
}

/** A way to show an outcome: pieces of text, so that a long one is never one string. */
export type Format = (outcome: Outcome, hasColour: boolean) => Iterable<string>;
