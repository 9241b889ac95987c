import type { Key } from './field';

/** The origin of a document. */
export interface Source {
  /** The file that holds it. */
  readonly file?: string;
  /** Path of the construct that made it. */
  readonly construct?: string;
  /** Why it could not be read. */
  readonly error?: string;
  /** The line of a field, from 1, where the document came from text. */
  findLine?(keys: readonly Key[]): number | undefined;
  /** The text of a line, where the document came from text. */
  findText?(line: number): string | undefined;
}
