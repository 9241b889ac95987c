import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Cell, isWorse, renderPage } from './cluster/delivery/table';
import { listSoftwareImages } from './cluster/images';
import { EXAMPLES, ROOT } from './cluster/places';

const SUITE = join(__dirname, 'cluster');

/** What the tests on a cluster are made of, so far as it can be held without one. */
describe('the tests on a cluster', () => {
  test('have a test for each example', () => {
    const folder = join(SUITE, 'examples');
    const tests = readdirSync(folder)
      .map((file) => readFileSync(join(folder, file), 'utf8'))
      .join('\n');
    const examples = readdirSync(join(ROOT, 'examples')).filter((name) => /^\d\d-/.test(name));
    expect(examples.filter((name) => !tests.includes(`'${name}'`))).toEqual([]);
  });

  test('know each image of the examples: as software that is asked for its version, or as an application of their own', () => {
    const applications = JSON.parse(readFileSync(join(SUITE, 'programs/images/images.json'), 'utf8'));
    const known = [
      ...listSoftwareImages().map(({ reference }) => reference),
      ...applications.map(({ reference }: { reference: string }) => reference.replace(/^docker\.io\/acme/, 'acme')),
    ];
    const named = EXAMPLES.flatMap((file) => [
      ...readFileSync(file, 'utf8').matchAll(/^ +(?:- )?(?:image|reference): (\S+)$/gm),
    ]);
    const images = named.map(([, image]) => image!.replace(/^docker\.io\/acme/, 'acme'));
    expect(images.filter((image) => !known.includes(image))).toEqual([]);
  });

  test('have written the page on delivery from what was measured', () => {
    const results = JSON.parse(readFileSync(join(SUITE, 'delivery/results.json'), 'utf8'));
    expect(readFileSync(join(ROOT, 'docs/delivery.md'), 'utf8')).toBe(renderPage(results));
  });
});

describe('a cell of the table of delivery', () => {
  const right: Cell = { written: 1000, once: 1000, twice: 0, lost: 0, version: '1' };
  const lossy: Cell = { ...right, once: 900, lost: 100 };

  test.each<[string, Cell, Cell, boolean]>([
    ['is held by the same', right, right, false],
    ['is worse where a first line is lost', right, { ...right, once: 999, lost: 1 }, true],
    ['is held where a tenth is lost as before', lossy, { ...lossy, once: 880, lost: 120 }, false],
    ['is worse where twice as much is lost', lossy, { ...lossy, once: 800, lost: 200 }, true],
    ['is held where some come twice by chance', right, { ...right, once: 995, twice: 5 }, false],
    ['is worse where many come twice', right, { ...right, once: 900, twice: 100 }, true],
    ['is worse where nothing was written', right, { ...right, written: 0, once: 0 }, true],
  ])('%s', (_, before, now, worse) => {
    expect(isWorse(before, now)).toBe(worse);
  });
});
