// Puts the rules and the pictures, as the library was compiled, into one file for a browser. What they call of Node.js is there in
// its smallest form; anything else of it fails the build.
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { GENERATED, ROOT, SITE } from './paths.mjs';

const ENGINE = new URL('src/playground/engine/', SITE);

/** Modules of Node.js that code loads which the playground never calls. */
const NODE = { 'node:path': 'path.js', 'node:net': 'net.js', 'node:crypto': 'crypto.js' };

export async function buildEngine() {
  await build({
    entryPoints: [fileURLToPath(new URL('index.js', ENGINE))],
    outfile: fileURLToPath(new URL('engine.js', GENERATED)),
    bundle: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    minify: true,
    legalComments: 'none',
    logLevel: 'warning',
    inject: [fileURLToPath(new URL('buffer.js', ENGINE))],
    plugins: [{ name: 'library', setup: resolveModules }],
  });
}

function resolveModules(bundler) {
  bundler.onResolve({ filter: /^library\// }, ({ path }) => ({
    path: fileURLToPath(new URL(`lib/src/${path.slice('library/'.length)}`, ROOT)),
  }));
  bundler.onResolve({ filter: /^node:/ }, ({ path, importer }) => {
    const file = NODE[path];
    return file === undefined
      ? { errors: [{ text: `the playground has no ${path}, which ${importer} asks for` }] }
      : { path: fileURLToPath(new URL(file, ENGINE)) };
  });
}
