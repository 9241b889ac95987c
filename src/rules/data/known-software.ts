import { posix } from 'node:path';
import { OBSERVING_SOFTWARE } from './observing-software';
import { SERVING_SOFTWARE } from './serving-software';
import type { KnownSoftware } from './software-facts';

export const KNOWN_SOFTWARE = { ...OBSERVING_SOFTWARE, ...SERVING_SOFTWARE };

/** A key of the table above. */
export type SoftwareName = keyof typeof KNOWN_SOFTWARE;

const BY_PROGRAM = new Map(
  Object.values<KnownSoftware>(KNOWN_SOFTWARE).flatMap((software) =>
    (software.programs ?? []).map((program) => [program, software]),
  ),
);

/** The software whose program this is, with or without a path. */
export function findSoftwareOfProgram(program: string): KnownSoftware | undefined {
  return BY_PROGRAM.get(posix.basename(program));
}
