import { join } from 'node:path';

/** Makes the package of a peer for a language from the npm package that is installed here. Gives its folder. */
export function writePeer(root, folder, peer, language, run) {
  const pack = ['--pack-command', 'npm pack --ignore-scripts'];
  const args = ['-t', language, '--code-only', '-o', folder, ...pack, join(root, 'node_modules', peer)];
  run(join(root, 'node_modules/.bin/jsii-pacmak'), args);
  return join(folder, language);
}
