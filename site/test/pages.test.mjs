// The built pages: every link leads somewhere, and no page loads anything from elsewhere.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { BASE, ORIGIN, ROOT } from '../build/paths.mjs';

const DIST = fileURLToPath(new URL('../dist/', import.meta.url));
const files = readdirSync(DIST, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.html'));
const pages = new Map(files.map((file) => [file, readFileSync(join(DIST, file), 'utf8')]));
const ids = new Map(
  [...pages].map(([file, html]) => [file, new Set([...html.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => decode(id)))]),
);

test('links within the site lead to pages, files and places that are there', () => {
  // The page of what is not there links to itself in each language, wherever it is shown.
  const broken = [...pages]
    .filter(([file]) => file !== '404.html')
    .flatMap(([file, html]) =>
      listLinks(html)
        .filter((link) => !isThere(link, file))
        .map((link) => `${file}: ${link}`),
    );
  assert.deepEqual(broken.slice(0, 20), []);
});

test('no page loads anything from elsewhere', () => {
  const foreign = [...pages].flatMap(([file, html]) =>
    [
      ...html.matchAll(
        /<(?:script|img|iframe|source|video|audio|embed)\b[^>]*\bsrc="(?!\/|data:)([^"]*)"|<link\b(?=[^>]*rel="(?:stylesheet|preload|modulepreload|icon|shortcut icon)")[^>]*href="(?!\/)([^"]*)"/g,
      ),
    ].map(([, source, link]) => `${file}: ${source ?? link}`),
  );
  assert.deepEqual(foreign, []);
});

test('each page allows only what it has itself', () => {
  for (const [file, html] of pages) {
    const [, policy] = /<meta http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html) ?? [];
    assert.ok(policy, `${file} has no policy`);
    assert.match(policy, /default-src 'none'/);
    assert.match(policy, /connect-src 'self';/);
    assert.doesNotMatch(/script-src [^;]*/.exec(policy)[0], /unsafe-inline|unsafe-eval'(?<!wasm-unsafe-eval')|https?:/);
  }
});

test('each example, rule and class has its page', () => {
  const examples = readdirSync(new URL('examples/', ROOT)).filter((name) => /^\d\d-/.test(name));
  const rules = [...readFileSync(new URL('docs/rules.md', ROOT), 'utf8').matchAll(/<a id="([\w-]+)">/g)].map(
    ([, id]) => id,
  );
  const types = Object.values(JSON.parse(readFileSync(new URL('.jsii', ROOT), 'utf8')).types).map(({ name }) =>
    name.toLowerCase(),
  );
  const expected = [
    ...examples.map((name) => `catalogue/${name}`),
    ...rules.map((id) => `rules/${id}`),
    ...types.map((name) => `api/${name}`),
  ];
  assert.deepEqual(
    expected.filter((path) => !pages.has(`${path}/index.html`)),
    [],
  );
});

test('what is written for language models leads to pages that are there', () => {
  for (const file of ['llms.txt', 'llms-full.txt']) {
    const text = readFileSync(join(DIST, file), 'utf8');
    const links = [...text.matchAll(/\]\((https:[^)]*)\)/g)]
      .map(([, link]) => link)
      .filter((link) => link.startsWith(ORIGIN));
    assert.ok(links.length > 5);
    assert.deepEqual(
      links.filter((link) => !isThere(link.slice(ORIGIN.length), 'index.html')),
      [],
      file,
    );
    assert.doesNotMatch(text, /```\w* [^\n]*file=|```delivery/);
  }
});

function listLinks(html) {
  const links = [...html.matchAll(/<(?:a|link|script|img)\b[^>]*\b(?:href|src)="([^"]*)"/g)].map(([, link]) =>
    decode(link),
  );
  return [...new Set(links)]
    .map((link) => (link.startsWith(ORIGIN) ? link.slice(ORIGIN.length) : link))
    .filter((link) => !/^[a-z]+:/.test(link));
}

function isThere(link, from) {
  const { pathname, hash } = new URL(link, `http://site${BASE}/${from.replace(/index\.html$/, '')}`);
  if (!pathname.startsWith(`${BASE}/`)) {
    return false;
  }
  const path = decodeURIComponent(pathname.slice(BASE.length + 1));
  const file = path === '' || path.endsWith('/') ? `${path}index.html` : path;
  const there = existsSync(join(DIST, file)) && statSync(join(DIST, file)).isFile();
  return (
    there &&
    (hash === '' || !file.endsWith('.html') || hash === '#_top' || ids.get(file).has(decodeURIComponent(hash.slice(1))))
  );
}

function decode(text) {
  return text.replaceAll('&#38;', '&').replaceAll('&amp;', '&').replaceAll('&quot;', '"');
}
