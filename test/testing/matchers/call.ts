import type { MatcherResult } from '../../../src/testing/matchers/result';

/** What a matcher says: whether it passes, then the message for the test that fails because of it. */
export function said({ pass, message }: MatcherResult): string {
  return `${pass ? 'passes' : 'fails'}: ${message()}`;
}
