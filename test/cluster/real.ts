import { listUnproved, type Software } from './images';

/** Describes what only the software itself can prove: skipped, by its name, where an image is a stand-in. */
export function describeReal(name: string, software: readonly Software[], define: () => void): void {
  const unproved = listUnproved(software);
  if (unproved.length > 0) {
    describe.skip(toTitle(name, unproved), define);
  } else {
    describe(name, define);
  }
}

/** A test of what only the software itself can prove. */
export function testReal(name: string, software: readonly Software[], prove: () => Promise<void>): void {
  const unproved = listUnproved(software);
  if (unproved.length > 0) {
    test.skip(toTitle(name, unproved), prove);
  } else {
    test(name, prove);
  }
}

function toTitle(name: string, unproved: readonly Software[]): string {
  return `${name} (not proved: ${unproved.join(', ')} is a stand-in here)`;
}
