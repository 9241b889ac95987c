// Pictures of manifests: as files, as parts of pages, and their styles for all pages.
import { loadCompiled } from './library.mjs';

const { createScenes, renderSvg } = loadCompiled('picture/index.js');
const { splitDocuments } = loadCompiled('rules/text/document-cutter.js');
const { readManifests } = loadCompiled('rules/unfinished/index.js');

const STYLE = /<style>([\s\S]*?)<\/style>\n?/;
const DARK = /@media \(prefers-color-scheme:dark\)\{(.*)\}$/;

/** The scenes of a text of YAML. */
export function listScenes(yaml) {
  return createScenes(splitDocuments(yaml).flatMap((document) => readManifests(document)));
}

export function renderFile(scene) {
  return renderSvg(scene);
}

/** A picture as a part of a page, without styles of its own. */
export function renderPart(scene, idPrefix) {
  return renderSvg(scene, { idPrefix }).replace(STYLE, '').trim();
}

/** The styles of all pictures: for pictures alone, and dark where the site is. */
export function renderPictureStyles(scene) {
  const [, styles] = STYLE.exec(renderSvg(scene));
  return `${styles
    .replaceAll('&gt;', '>')
    .split('\n')
    .map((line) =>
      DARK.test(line) ? line.replace(DARK, (_, rule) => `:root[data-theme="dark"] ${rule}`) : scopeRules(line),
    )
    .join('\n')}\n`;
}

function scopeRules(line) {
  return line.replace(/([^{}]+)\{/g, (_, selectors) => `${selectors.split(',').map(scopeSelector).join(',')}{`);
}

function scopeSelector(selector) {
  return selector.startsWith('.pod-picture') ? selector : `.pod-picture ${selector}`;
}
