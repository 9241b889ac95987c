// The library as `npm run build` compiled it, whose rules and pictures the site shows.
import { createRequire } from 'node:module';
import { ROOT } from './paths.mjs';

const require = createRequire(new URL('package.json', ROOT));

export function loadCompiled(path) {
  return require(`./lib/src/${path}`);
}
