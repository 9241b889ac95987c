import type { Key } from './field';

/** Where a document came from. */
export interface Source {
  /** The file that holds it. */
  readonly file?: string;
  /** Path of the construct that made it. */
  readonly construct?: string;
  /** Why it could not be read. */
  readonly error?: string;
  /** The line of a field, from 1, where the document came from text. */
  lineOf?(keys: readonly Key[]): number | undefined;
  /** What stands on a line, where the document came from text. */
  textOf?(line: number): string | undefined;
}
