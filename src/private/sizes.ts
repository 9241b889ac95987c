import { type Size, SizeRoundingBehavior } from 'cdk8s';

/** The size in whole mebibytes, rounded up. */
export function mebibytes(size: Size): number {
  return Math.ceil(size.toKibibytes({ rounding: SizeRoundingBehavior.FLOOR }) / 1024);
}
