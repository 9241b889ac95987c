// The pages that are written by hand, with the code, figures and pictures that stand elsewhere in the repository.
import { readdirSync, readFileSync } from 'node:fs';
import { listExamples, renderPictures } from './catalogue.mjs';
import { fillBlocks } from './code-of-files.mjs';
import { OWN_PAGES, REPOSITORY } from './paths.mjs';

const PICTURE = /^<!-- picture: ([\w-]+) -->$/gm;

/** The pages by their path. */
export function buildOwnPages() {
  const files = readdirSync(OWN_PAGES, { recursive: true, encoding: 'utf8' }).filter((file) => /\.mdx?$/.test(file));
  return new Map(files.map((file) => [file, addEditUrl(file, readPage(file))]));
}

/** A page as Markdown. */
export function readPage(file) {
  const isKorean = file.startsWith('ko/');
  const text = readFileSync(new URL(file, OWN_PAGES), 'utf8');
  return fillBlocks(text, isKorean).replace(PICTURE, (_, name) => renderPicturesOf(name));
}

function renderPicturesOf(name) {
  if (!listExamples().some((example) => example.name === name)) {
    throw new Error(`a page shows the picture of ${name}, which is no example`);
  }
  return renderPictures(name);
}

function addEditUrl(file, text) {
  return text.replace(/^---\n/, `---\neditUrl: ${REPOSITORY}/edit/main/site/pages/${file}\n`);
}
