import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as images from '../../src/software/images';

const ROOT = join(__dirname, '../..');
const [PINS] = JSON.parse(readFileSync(join(ROOT, 'renovate.json'), 'utf8')).customManagers;
const [PROPS] = JSON.parse(readFileSync(join(ROOT, 'default.json'), 'utf8')).customManagers;

/** What a manager of Renovate finds in a text. */
function find({ matchStrings }: { matchStrings: string[] }, text: string): Record<string, string | undefined>[] {
  return matchStrings.flatMap((pattern) =>
    [...text.matchAll(new RegExp(pattern, 'g'))].map(({ groups }) => ({ ...groups })),
  );
}

const isFor = ({ managerFilePatterns }: { managerFilePatterns: string[] }, path: string) =>
  managerFilePatterns.some((pattern) => new RegExp(pattern.slice(1, -1)).test(path));

describe('a bot', () => {
  const found = find(PINS, readFileSync(join(ROOT, 'src/software/images.ts'), 'utf8'));

  test('sees every pinned image', () => {
    const pinned = Object.values(images).map(({ image }) => image);
    const variants = pinned.filter((image) => /-(debug|alpine)$/.test(image));
    const names = found.map(({ depName, currentValue }) => `${depName}:${currentValue}`);
    expect(isFor(PINS, 'src/software/images.ts')).toBe(true);
    expect([...names, ...variants].sort()).toEqual([...pinned].sort());
  });

  test('knows the order of tags that are no plain versions', () => {
    const odd = found.filter(({ currentValue }) => !/^v?\d+(\.\d+)*$/.test(currentValue!));
    expect(odd.length).toBeGreaterThan(2);
    for (const { versioning = '', currentValue } of odd) {
      expect(currentValue).toMatch(new RegExp(versioning.replace(/^regex:/, '')));
    }
  });

  test('sees the images in the props of a chart, and no others', () => {
    const text = readdirSync(join(ROOT, 'examples'))
      .filter((folder) => /^\d/.test(folder))
      .map((folder) => readFileSync(join(ROOT, 'examples', folder, 'main.ts'), 'utf8'))
      .join('\n');
    const stated = [...text.matchAll(/\bimage: '([^']+)'/g)].map(([, image]) => image);
    expect(isFor(PROPS, 'examples/40-any-image/main.ts')).toBe(true);
    expect(find(PROPS, text).map(({ depName, currentValue }) => `${depName}:${currentValue}`)).toEqual(stated);
    expect(stated.length).toBeGreaterThan(10);
  });

  test.each([
    ["image: 'registry:5000/acme/app:1.2.3',", 'registry:5000/acme/app', '1.2.3', undefined],
    [`image: "acme/app:1.2.3@sha256:${'a'.repeat(64)}"`, 'acme/app', '1.2.3', `sha256:${'a'.repeat(64)}`],
  ])('reads %s', (text, depName, currentValue, currentDigest) => {
    expect(find(PROPS, text)).toEqual([{ depName, currentValue, currentDigest }]);
  });
});
