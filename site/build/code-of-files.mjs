// Code in a guide is code of a file of the repository: a block says which file, and with which lines it begins and ends.
//
//     ```ts file="examples/02-shop/main.ts" from="const shop" to="});"
//     ```
//
// A beginning that ends in "$" is a whole line. Without `from` and `to` it is the whole file. The build fails where the file no longer has such lines. It is done before
// Markdown is parsed, so that the texts for language models have the same code.
import { readFileSync } from 'node:fs';
import { renderDeliveryBlock } from './delivery.mjs';
import { renderCode } from './markdown.mjs';
import { ROOT } from './paths.mjs';

const SETTING = /\b(file|from|to)="([^"]*)"/g;

/** A loader of Vite for pages of Markdown, which fills the blocks. */
export function fillBlocks(markdown, isKorean = false) {
  return markdown
    .replace(/^```(\w+) ([^\n]*file="[^\n]*)\n```$/gm, (_, language, meta) => fillCode(language, meta))
    .replace(/^```delivery ([^\n]*)\n```$/gm, (_, meta) => renderDeliveryBlock(meta.trim(), isKorean));
}

function fillCode(language, meta) {
  const settings = Object.fromEntries([...meta.matchAll(SETTING)].map(([, name, value]) => [name, value]));
  const title = settings.file === 'README.md' ? '' : `title="${settings.file}"`;
  return renderCode(language, readExcerpt(settings), `${meta.replace(SETTING, '').trim()} ${title}`.trim());
}

export function readExcerpt({ file, from, to }) {
  const lines = readFileSync(new URL(file, ROOT), 'utf8').trimEnd().split('\n');
  const first = from === undefined ? 0 : findLine(lines, from, 0, file);
  const last = to === undefined ? lines.length - 1 : findLine(lines, to, first, file);
  return outdent(lines.slice(first, last + 1)).join('\n');
}

function findLine(lines, start, after, file) {
  const isMeant = (line) => (start.endsWith('$') ? line === start.slice(0, -1) : line.trimStart().startsWith(start));
  const index = lines.findIndex((line, at) => at >= after && isMeant(line));
  if (index === -1) {
    throw new Error(`${file} has no line that begins with "${start}"; a guide shows it`);
  }
  return index;
}

function outdent(lines) {
  const depth = Math.min(...lines.filter((line) => line.trim() !== '').map((line) => /^ */.exec(line)[0].length));
  return lines.map((line) => line.slice(depth));
}
