import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type PodScene, renderSvg } from '../../src/picture';
import { scenesIn } from './support';

const EXAMPLES = join(__dirname, '../../examples');
const README = readFileSync(join(__dirname, '../../README.md'), 'utf8');

/** The pod that an example is about: the one of the most containers, the first where there are several. */
function findMainScene(scenes: readonly PodScene[]): PodScene | undefined {
  return [...scenes].sort((a, b) => b.containers.length - a.containers.length)[0];
}

test.each(readdirSync(EXAMPLES).filter((name) => /^\d\d-/.test(name)))('%s has the picture of its pod', (name) => {
  const file = join(EXAMPLES, name, 'picture.svg');
  const scene = findMainScene(scenesIn(readFileSync(join(EXAMPLES, name, 'expected.k8s.yaml'), 'utf8')));
  const svg = renderSvg(scene!);
  if (process.env.UPDATE_GOLDEN) {
    writeFileSync(file, svg);
  }
  // Not by `toBe`, which would show whole pictures.
  expect(existsSync(file) && readFileSync(file, 'utf8') === svg ? 'the same' : 'stale: run `npm run update`').toBe(
    'the same',
  );
});

test('README begins with the picture of its first sample, and says in words what it shows', () => {
  const [, alt, path] = /!\[([^\]]*)\]\(([^)]*picture\.svg)\)/.exec(README)!;
  expect(path).toBe('examples/01-my-app/picture.svg');
  expect(alt).toContain('webserver');
  expect(README.indexOf(path!)).toBeLessThan(README.indexOf('## Two commands'));
});
