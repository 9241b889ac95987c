// Writes all that the site is made of and that is not its own: the pages of `pages/` with their code, figures and pictures; a page
// for each example, rule and class; and what the playground runs. All of it is git-ignored.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildApiPages } from './api/pages.mjs';
import { buildCataloguePages, listExamples, listManifests, listPictures } from './catalogue.mjs';
import { buildEngine } from './engine.mjs';
import { renderDeliveryPage } from './delivery.mjs';
import { loadCompiled } from './library.mjs';
import { renderFullLlms, renderLlms } from './llms.mjs';
import { buildOwnPages } from './own-pages.mjs';
import { GENERATED, PAGES, PUBLIC } from './paths.mjs';
import { listScenes, renderPictureStyles } from './pictures.mjs';
import { buildRulePages } from './rules.mjs';

const { listKubernetesVersions } = loadCompiled('rules/kubernetes-version.js');

rmSync(PAGES, { recursive: true, force: true });
const rooms = { '.': buildOwnPages(), api: buildApiPages(), catalogue: buildCataloguePages(), rules: buildRulePages() };
for (const [room, pages] of Object.entries(rooms)) {
  pages.forEach((text, file) => write(new URL(`${room}/${file}`, PAGES), text));
}
write(new URL('delivery.md', PAGES), renderDeliveryPage());
listPictures().forEach(({ name, svg }) => write(new URL(`pictures/${name}.svg`, PUBLIC), svg));
listManifests().forEach(({ name, yaml }) => write(new URL(`examples/${name}.yaml`, PUBLIC), yaml));
write(new URL('llms.txt', PUBLIC), renderLlms());
write(new URL('llms-full.txt', PUBLIC), renderFullLlms());
write(new URL('examples.json', GENERATED), JSON.stringify(listExamples().map(({ name, group, title }) => ({ name, group, title }))));
write(new URL('versions.json', GENERATED), JSON.stringify({ versions: listKubernetesVersions() }));
write(new URL('pictures.css', GENERATED), renderPictureStyles(listScenes(listManifests()[1].yaml)[0]));
await buildEngine();

function write(url, text) {
  const file = fileURLToPath(url);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
