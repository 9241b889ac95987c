import fc from 'fast-check';

/** Whether everything is tried, as in the long tier of CI: `TEST_RUNS=all`. */
export const TRY_ALL = process.env.TEST_RUNS === 'all';

/** How many of so many random cases are tried: a tenth, but no fewer than 25, which find what is often wrong. */
export function runs(all: number): number {
  return TRY_ALL ? all : Math.min(all, Math.max(25, Math.ceil(all / 10)));
}

/** Fails where a property does not hold for one of so many random cases, or for one of those of them that are tried. */
export function assertAlways<Values>(property: fc.IProperty<Values>, all = 100): void {
  fc.assert(property, { numRuns: runs(all) });
}

/** The cases that are tried: all of them, or one of so many, evenly spread. */
export function some<Case>(cases: readonly Case[], oneOf: number): readonly Case[] {
  return TRY_ALL ? cases : cases.filter((_, index) => index % oneOf === 0);
}
