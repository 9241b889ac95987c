// Writes all that the site is made of and that is not its own: the pages of `pages/` with their code, figures and pictures; a page
// for each example, rule and class; and what the playground runs. All of it is git-ignored.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildApiPages } from './api/pages.mjs';
import { buildCataloguePages, listExamples, listManifests, listPictures } from './catalogue.mjs';
import { renderDeliveryPage } from './delivery.mjs';
import { buildEngine } from './engine.mjs';
import { loadCompiled } from './library.mjs';
import { renderFullLlms, renderLlms } from './llms.mjs';
import { buildOwnPages } from './own-pages.mjs';
import { GENERATED, PAGES, PUBLIC } from './paths.mjs';
import { listScenes, renderPictureStyles } from './pictures.mjs';
import { buildRulePages } from './rules.mjs';

const { listKubernetesVersions } = loadCompiled('rules/kubernetes-version.js');

/** What is written, by its place. */
const files = [
  ...toFiles(PAGES, buildOwnPages()),
  ...toFiles(new URL('api/', PAGES), buildApiPages()),
  ...toFiles(new URL('catalogue/', PAGES), buildCataloguePages()),
  ...toFiles(new URL('rules/', PAGES), buildRulePages()),
  [new URL('delivery.md', PAGES), renderDeliveryPage()],
  ...listPictures().map(({ name, svg }) => [new URL(`pictures/${name}.svg`, PUBLIC), svg]),
  ...listManifests().map(({ name, yaml }) => [new URL(`examples/${name}.yaml`, PUBLIC), yaml]),
  [new URL('llms.txt', PUBLIC), renderLlms()],
  [new URL('llms-full.txt', PUBLIC), renderFullLlms()],
  [new URL('examples.json', GENERATED), JSON.stringify(listExamples().map(toOption))],
  [new URL('versions.json', GENERATED), JSON.stringify({ versions: listKubernetesVersions() })],
  [new URL('pictures.css', GENERATED), renderPictureStyles(listScenes(listManifests()[1].yaml)[0])],
];

for (const folder of [PAGES, GENERATED, new URL('pictures/', PUBLIC), new URL('examples/', PUBLIC)]) {
  rmSync(folder, { recursive: true, force: true });
}
for (const [url, text] of files) {
  mkdirSync(dirname(fileURLToPath(url)), { recursive: true });
  writeFileSync(url, text);
}
await buildEngine();

function toFiles(folder, pages) {
  return [...pages].map(([file, text]) => [new URL(file, folder), text]);
}

function toOption({ name, group, title }) {
  return { name, group, title };
}
