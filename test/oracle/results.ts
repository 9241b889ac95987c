import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const RESULTS = join(__dirname, 'RESULTS.md');

/** Writes one section of the page of results anew; a section begins with its heading, and stays where it stands. */
export function writeSection(section: string): void {
  const heading = section.split('\n')[0]!;
  const sections = readFileSync(RESULTS, 'utf8').split(/^(?=# )/m);
  const place = sections.findIndex((text) => text.startsWith(`${heading}\n`));
  sections.splice(place < 0 ? sections.length : place, place < 0 ? 0 : 1, section);
  writeFileSync(RESULTS, `${sections.map((text) => text.trimEnd()).join('\n\n')}\n`);
}
