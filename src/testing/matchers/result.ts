/** The result of a matcher, as jest and Vitest take it. */
export interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

/** The decision of a matcher. */
export interface Verdict {
  readonly pass: boolean;
  /** The facts that decide it, true with and without `.not`. */
  readonly because: string;
}

/** A verdict as jest and Vitest take it: the call, then the facts. They ask for the message only where the test fails. */
export function toMatcherResult(
  subject: unknown,
  matcher: string,
  args: readonly string[],
  verdict: Verdict,
): MatcherResult {
  const call = `expect(${subject})${verdict.pass ? '.not' : ''}.${matcher}(${args.join(', ')})`;
  return { pass: verdict.pass, message: () => `${call}\n\n${verdict.because}` };
}
