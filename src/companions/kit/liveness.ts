import { Duration } from 'cdk8s';
import { toWholeSeconds } from '../../private/durations';

/** The interval of the liveness probes of companions. */
export const LIVENESS_PERIOD = Duration.seconds(10);

/**
 * The number of failed liveness probes after which a companion is restarted: no less than its flush takes, because the kubelet goes
 * on asking a native sidecar that ends, and kills one that has closed its port and still delivers.
 *
 * @param flush the time that it may take to end
 * @param least the number where it ends at once
 * @see https://github.com/kubernetes/kubernetes/pull/141766
 */
export function toLivenessThreshold(flush: Duration, least: number = 3): number {
  return Math.max(least, Math.ceil(toWholeSeconds(flush) / toWholeSeconds(LIVENESS_PERIOD)) + 1);
}
