import type { Duration } from 'cdk8s';

/** The duration in whole seconds, rounded up. */
export function toWholeSeconds(duration: Duration): number {
  return Math.ceil(duration.toSeconds({ integral: false }));
}
