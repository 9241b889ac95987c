/** A place in a text of lines, which moves from what stands on one line to what stands on the next. */
export class LineCursor {
  /** The number of the line, from 1. */
  public line = 1;
  /** The place in the text. */
  public at = 0;
  /** The distance of the text of the line from its margin; -1 at the end. */
  public indent = 0;

  public constructor(public readonly text: string) {}

  /** The character here. */
  public get sign(): string {
    return this.text.charAt(this.at);
  }

  /** The text here that a sticky expression matches. */
  public match(expression: RegExp): string | undefined {
    expression.lastIndex = this.at;
    return expression.test(this.text) ? this.text.slice(this.at, expression.lastIndex) : undefined;
  }

  /** Passes over spaces, and tells how many. */
  public skipSpaces(): number {
    const from = this.at;
    while (this.text.charCodeAt(this.at) === 0x20) {
      this.at++;
    }
    return this.at - from;
  }

  /** Goes to the next line that holds more than a comment. */
  public nextLine(): void {
    const end = this.text.indexOf('\n', this.at);
    if (end === -1) {
      this.indent = -1;
    } else {
      this.line++;
      this.enterLine(end + 1);
    }
  }

  /** Goes to the first line from here on that holds more than a comment. */
  public enterLine(start: number): void {
    let from = start;
    this.at = start;
    for (;;) {
      this.skipSpaces();
      const code = this.text.charCodeAt(this.at);
      if (code === 0x0a) {
        this.line++;
        from = ++this.at;
      } else if (code === 0x23) {
        const end = this.text.indexOf('\n', this.at);
        this.at = end === -1 ? this.text.length : end;
      } else {
        this.indent = this.at < this.text.length ? this.at - from : -1;
        return;
      }
    }
  }
}
