import { type Size, SizeRoundingBehavior } from 'cdk8s';

/** The size in whole mebibytes, rounded up. */
export function toWholeMebibytes(size: Size): number {
  return Math.ceil(toExactKibibytes(size) / 1024);
}

/** The size in kibibytes, which may be a fraction. */
export function toExactKibibytes(size: Size): number {
  return size.toKibibytes({ rounding: SizeRoundingBehavior.NONE });
}

/** A size as errors tell it. */
export function formatSize(size: Size): string {
  const kibibytes = toExactKibibytes(size);
  return kibibytes % 1024 === 0 ? `${kibibytes / 1024} MiB` : `${kibibytes} KiB`;
}
