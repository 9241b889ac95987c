// What a page may do: load from where it lies, and nothing else. Scripts that stand in a page are allowed by their hashes, so a
// text that got into one by mistake does not run.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const INLINE = /<script(?![^>]*\bsrc=)([^>]*)>([\s\S]*?)<\/script>/g;

export function contentSecurityPolicy() {
  return {
    name: 'content-security-policy',
    hooks: {
      'astro:build:done': ({ dir }) => {
        const root = fileURLToPath(dir);
        const pages = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.html'));
        for (const file of pages) {
          addPolicy(join(root, file));
        }
      },
    },
  };
}

/** The policy comes after the encoding, which has to stand in the first kilobyte, and before anything that it is for. */
function addPolicy(file) {
  const html = readFileSync(file, 'utf8');
  const policy = `<meta http-equiv="Content-Security-Policy" content="${renderPolicy(html)}">`;
  const [encoding] = /<meta charset="utf-8"[^>]*>/.exec(html);
  writeFileSync(file, html.replace(encoding, encoding + policy));
}

function renderPolicy(html) {
  const scripts = [...html.matchAll(INLINE)].map(
    ([, , code]) => `'sha256-${createHash('sha256').update(code).digest('base64')}'`,
  );
  return [
    "default-src 'none'",
    // The search is WebAssembly.
    `script-src 'self' 'wasm-unsafe-eval' ${[...new Set(scripts)].join(' ')}`.trim(),
    // Widths and colours of code stand in attributes.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}
