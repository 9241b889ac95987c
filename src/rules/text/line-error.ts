/** An error in a text, with its line. */
export class LineError extends Error {
  public constructor(
    message: string,
    public readonly line: number,
  ) {
    super(message);
  }
}
