import { LineError } from './line-error';

/** Escapes of JSON that YAML 1.1 does not have: a slash, and a half of a pair that stands for one character. */
const ESCAPE_OF_JSON = /(?<!\\)(?:\\\\)*(\\\/|\\u[dD][89a-fA-F][0-9a-fA-F]{2})/;

/** The piece without text with which a document begins. */
const START = '\u0002';

/** Finds what the YAML library takes, and that of kubectl does not, in the pieces of a text. */
export class KubectlLexemes {
  /** The first of them. */
  public error?: LineError;
  private line = 1;
  private depth = 0;
  /** Whether nothing but blanks stands before the next piece on its line. */
  private isFresh = true;

  public *watch(lexemes: Iterable<string>): Generator<string> {
    for (const lexeme of lexemes) {
      this.check(lexeme);
      yield lexeme;
    }
  }

  private check(lexeme: string): void {
    if (this.isFresh && this.depth === 0 && /^[ \t]*\t/.test(lexeme)) {
      this.report('a tab stands at the beginning of the line, where kubectl takes spaces alone');
    }
    const [, sign] = (lexeme.startsWith('"') && ESCAPE_OF_JSON.exec(lexeme)) || [];
    if (sign) {
      this.report(`"${sign}" is an escape of JSON, which kubectl does not read in YAML; write the character itself`);
    }
    this.move(lexeme);
  }

  private report(message: string): void {
    this.error ??= new LineError(message, this.line);
  }

  private move(lexeme: string): void {
    this.depth += lexeme === '[' || lexeme === '{' ? 1 : lexeme === ']' || lexeme === '}' ? -1 : 0;
    this.line += lexeme.split('\n').length - 1;
    this.isFresh = lexeme.endsWith('\n') || (this.isFresh && (lexeme === START || /^[ \t]*$/.test(lexeme)));
  }
}
