import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Testing } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-28';
import * as library from '../src';
import { newChart, newDeployment } from './support';

const ROOT = join(__dirname, '..');
const MARKDOWN = ['.', 'docs', 'docs/decisions', 'examples/01-my-app'].flatMap((folder) =>
  readdirSync(join(ROOT, folder))
    .filter((file) => file.endsWith('.md') && file !== 'api.md')
    .map((file) => join(folder, file)),
);

/** Every companion and every ready-made pod: what has a `bind`, and what is made in a scope and has no heirs. */
const CATALOGUE = Object.entries(library as Record<string, any>)
  .filter(([, type]) => typeof type === 'function' && isInCatalogue(type))
  .map(([name]) => name);

function isInCatalogue(type: any): boolean {
  const isBase = Object.values(library as Record<string, any>).some((other) => other?.prototype instanceof type);
  const isPattern = type.prototype instanceof library.PodPattern;
  return !isBase && (isPattern || (typeof type.prototype?.bind === 'function' && type !== library.WebServer));
}

test.each(blocks('README.md', 'ts'))('the sample of README that begins "%s" stands in an example', (_, sample) => {
  const sources = readdirSync(join(ROOT, 'examples'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => read(join('examples', file)));
  expect(sources.filter((source) => source.includes(sample))).not.toEqual([]);
});

test.each(CATALOGUE)('README tells of %s, with a link to an example', (name) => {
  const [row] = read('README.md').match(new RegExp(`^\\|.*\`${name}\`.*$`, 'm')) ?? [];
  const cell = new RegExp(`\\[[^\\]]*\`${name}\`[^\\]]*\\]\\((examples/[^)]+/main\\.ts)\\)`).exec(row ?? '');
  expect(cell?.[1]).toBeDefined();
  expect(read(cell![1]!)).toMatch(new RegExp(`\\b${name}\\b`));
});

test('the commands of README are those that CI runs', () => {
  const commands = blocks('README.md', 'sh').map(([, command]) => command.trim());
  expect(commands.slice(0, 2)).toEqual(['npm ci && npx cdk8s synth', 'npm ci && npm test']);
  expect(read('.ci/run')).toContain('npm ci\nnpx cdk8s synth\n');
  expect(read('.ci/run')).toContain('npm test\n');
});

test('the errors of README are those that synth reports', () => {
  const chart = newChart();
  newDeployment(chart, {
    containers: [
      { image: 'acme/web:1.0.0', portNumber: 8080 },
      { image: 'acme/extra:1.0.0' },
      { name: 'proxy', image: 'acme/proxy:1.0.0', portNumber: 8080 },
    ],
  });
  library.MultiContainerPod.of(chart.node.findChild('web') as kplus.Deployment);
  const [, reported] = read('README.md').match(/^Error: (Validation failed[\s\S]*?)^```/m)!;
  expect(() => Testing.synth(chart)).toThrow(new Error(reported!.trim()));
});

test.each(MARKDOWN)('every link of %s leads to a file', (file) => {
  const links = [...read(file).matchAll(/\]\((?!https?:|#)([^)#]+)[^)]*\)/g)].map(([, link]) => link!);
  expect(links.filter((link) => !existsSync(join(ROOT, dirname(file), link)))).toEqual([]);
});

function read(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}

/** The fenced blocks of a language: their first line and their text. */
function blocks(file: string, language: string): [string, string][] {
  return [...read(file).matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(([, text]) => [
    text!.split('\n')[0]!,
    text!,
  ]);
}
