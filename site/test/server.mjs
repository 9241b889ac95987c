// Serves the built site as GitHub Pages does: below its base, and nothing of it elsewhere.
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BASE } from '../build/paths.mjs';

const ROOT = fileURLToPath(new URL('../dist/', import.meta.url));

const TYPES = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.xml': 'application/xml',
  '.yaml': 'application/yaml',
};

/** The server, and the address of the site. */
export async function serve() {
  const server = createServer((request, response) => {
    const file = findFile(new URL(request.url, 'http://localhost').pathname);
    response.writeHead(file ? 200 : 404, {
      'content-type': TYPES[extname(file ?? '.html')] ?? 'application/octet-stream',
    });
    (file ? createReadStream(file) : createReadStream(join(ROOT, '404.html'))).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${server.address().port}${BASE}`, close: () => server.close() };
}

function findFile(path) {
  if (!path.startsWith(`${BASE}/`)) {
    return undefined;
  }
  const file = join(ROOT, normalize(decodeURIComponent(path.slice(BASE.length))));
  const whole = file.endsWith('/') ? `${file}index.html` : file;
  return whole.startsWith(ROOT) && existsSync(whole) && statSync(whole).isFile() ? whole : undefined;
}
