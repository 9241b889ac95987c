// A page for each example: its picture, its code and its YAML.
import { readdirSync, readFileSync } from 'node:fs';
import { escapeHtml, renderCode, renderFrontmatter } from './markdown.mjs';
import { REPOSITORY, ROOT, SITE } from './paths.mjs';
import { listScenes, renderFile, renderPart } from './pictures.mjs';

const EXPECTED = 'expected.k8s.yaml';

/** Groups of examples with their titles. Each folder of `examples/` stands in it, and nothing else. */
const GROUPS = JSON.parse(readFileSync(new URL('catalogue.json', SITE), 'utf8'));
assertComplete();

function assertComplete() {
  const listed = GROUPS.flatMap(({ examples }) => Object.keys(examples)).sort();
  const there = readdirSync(new URL('examples/', ROOT))
    .filter((name) => /^\d\d-/.test(name))
    .sort();
  const wrong = [...there.filter((name) => !listed.includes(name)), ...listed.filter((name) => !there.includes(name))];
  if (wrong.length > 0) {
    throw new Error(`site/catalogue.json and examples/ disagree about ${wrong.join(', ')}`);
  }
}

/** All examples in their order. */
export function listExamples() {
  return GROUPS.flatMap(({ title: group, examples }) =>
    Object.entries(examples).map(([name, [title, text]]) => ({
      name,
      group,
      title,
      text,
      yaml: readExample(name, EXPECTED),
    })),
  );
}

function readExample(name, file) {
  return readFileSync(new URL(`examples/${name}/${file}`, ROOT), 'utf8');
}

export function buildCataloguePages() {
  const examples = listExamples();
  return new Map([
    ...examples.map((example) => [`${example.name}.md`, renderExample(example)]),
    ['index.md', renderIndex()],
  ]);
}

/** What the playground offers: the examples, and the manifest that this project began with. */
export function listManifests() {
  const [, first] = /```yml\n([\s\S]*?)```/.exec(readExample('01-my-app', 'README.md'));
  return [{ name: 'first-manifest', yaml: first }, ...listExamples()];
}

/** The pictures of all examples; an app of several pods has several. */
export function listPictures() {
  return listExamples().flatMap(({ name, yaml }) =>
    listScenes(yaml).map((scene, index) => ({ name: toPictureName(name, index), svg: renderFile(scene) })),
  );
}

function toPictureName(name, index) {
  return index === 0 ? name : `${name}-${index + 1}`;
}

function renderIndex() {
  const sections = GROUPS.map(
    ({ title, examples }) =>
      `## ${title}\n\n<ul class="cards">\n${Object.entries(examples).map(renderCard).join('\n')}\n</ul>`,
  );
  return `${renderFrontmatter({ title: 'Catalogue', description: 'Every example with its picture, its code and its YAML.', tableOfContents: true })}
Each example is one app in one folder of the repository, with the YAML that it synthesizes. Each has a test that applies it to a
real cluster and sees it do its job. The pictures are drawn from the YAML alone, by \`npx cdk8s-pod-patterns draw\`.

${sections.join('\n\n')}
`;
}

function renderCard([name, [title, text]]) {
  return `<li><a href="/catalogue/${name}/">${escapeHtml(title)}</a><span class="text">${escapeHtml(text)}</span></li>`;
}

function renderExample({ name, title, text, yaml }) {
  return `${renderFrontmatter({ title, description: text, editUrl: `${REPOSITORY}/tree/main/examples/${name}` })}
${text}

${renderPictures(name)}

## Code

${listSources(name)
  .map((file) => renderCode('ts', readExample(name, file), `title="examples/${name}/${file}"`))
  .join('\n\n')}

${renderChart(name)}
## YAML

<a class="action" href="/playground/?example=${name}">Open in the playground</a>

${renderCode('yaml', yaml, `title="${EXPECTED}"`)}
`;
}

/** The app first, then what it is made of. */
function listSources(name) {
  const files = readdirSync(new URL(`examples/${name}/`, ROOT)).filter(
    (file) => file.endsWith('.ts') && file !== 'typo.ts',
  );
  return files.sort((a, b) => Number(b === 'main.ts') - Number(a === 'main.ts') || a.localeCompare(b));
}

function renderChart(name) {
  const files = readdirSync(new URL(`examples/${name}/`, ROOT)).filter((file) => file === 'chart.yaml');
  return files.length === 0
    ? ''
    : `## What was there\n\n${renderCode('yaml', readExample(name, files[0]), `title="examples/${name}/${files[0]}"`)}\n`;
}

/** The pictures of an example as parts of a page. */
export function renderPictures(name) {
  const scenes = listScenes(readExample(name, EXPECTED));
  return scenes.map((scene, index) => renderFigure(toPictureName(name, index), scene)).join('\n\n');
}

function renderFigure(name, scene) {
  const link = `<a class="file" href="/pictures/${name}.svg">${escapeHtml(scene.object)} as SVG</a>`;
  return `<figure class="picture not-content" data-pagefind-ignore>\n<div class="frame" tabindex="0" role="group" aria-label="Picture of ${escapeHtml(scene.object)}">${renderPart(scene, `picture-${name}`)}</div>\n<figcaption>${link}</figcaption>\n</figure>`;
}
