import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { writePeer } from '../peers.mjs';

const OWN = 'github.com/cdk8s-pod-patterns/cdk8s-pod-patterns-go/podpatterns';

/** The modules of the peers, and where jsii writes them. */
const PEERS = {
  cdk8s: ['github.com/cdk8s-team/cdk8s-core-go/cdk8s/v2', 'cdk8s'],
  'cdk8s-plus-28': ['github.com/cdk8s-team/cdk8s-plus-go/cdk8splus28/v2', 'cdk8splus28'],
};

/** Compiles and vets the apps, and runs them. */
export function checkGo({ root, folder, made, run, check, note, compare }) {
  cpSync(join(root, 'test/languages/go'), folder, { recursive: true });
  const go = (...args) => run('go', args, { cwd: folder, env: { GOFLAGS: '-mod=mod' } });
  go('mod', 'edit', '-replace', `${OWN}=${join(made, 'podpatterns')}`);
  for (const [peer, [module, name]] of Object.entries(PEERS)) {
    if (isPublished(go, module)) {
      note(`go: published ${module}`);
    } else {
      note(`go: ${module} cannot be had; it is made from the npm package`);
      go('mod', 'edit', '-replace', `${module}=${join(writePeer(root, join(folder, 'peers'), peer, 'go', run), name)}`);
    }
  }
  go('mod', 'tidy');
  go('vet', './...');
  check('go: the apps compile, and vet has nothing to say', true);
  for (const name of ['app', 'shop']) {
    go('build', '-o', join(folder, 'bin', name), `./${name}`);
  }
  compare('env', ['-C', join(folder, 'bin')], { cwd: folder }, ['./app', './shop']);
}

function isPublished(go, module) {
  try {
    go('mod', 'download', module);
    return true;
  } catch {
    return false;
  }
}
