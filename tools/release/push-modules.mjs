// Publishes Go modules: their folders and tags go into the repository that they are named after, in one push that succeeds as a whole
// or not at all. What is tagged there is passed over, so that it can be run again.
//
//   node tools/release/push-modules.mjs artifacts/go [remote]
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const WHO = [
  '-c',
  'user.name=github-actions[bot]',
  '-c',
  'user.email=41898282+github-actions[bot]@users.noreply.github.com',
];

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , folder, remote] = process.argv;
  pushModules(folder, remote);
}

function pushModules(folder, given) {
  const modules = readdirSync(folder).map((name) => readModule(folder, name));
  const remote = given ?? findRemote(modules);
  const tags = git(folder, 'ls-remote', '--tags', remote);
  const missing = modules.filter(({ tag }) => !tags.includes(`refs/tags/${tag}\n`));
  for (const { tag } of modules) {
    console.log(`${tag}: ${missing.some((module) => module.tag === tag) ? 'is pushed' : 'is there already'}`);
  }
  if (missing.length > 0) {
    pushMissing(folder, remote, missing);
  }
}

/** jsii-pacmak writes the version of a module beside it. */
function readModule(folder, name) {
  const [, path] = /^module (\S+)/.exec(readFileSync(join(folder, name, 'go.mod'), 'utf8'));
  const version = readFileSync(join(folder, name, 'version'), 'utf8').trim();
  return { name, path, version, tag: `${name}/v${version}` };
}

/** The repository is the first three parts of the path of a module. */
function findRemote(modules) {
  const [repository, ...others] = new Set(modules.map(({ path }) => path.split('/').slice(0, 3).join('/')));
  if (repository === undefined || others.length > 0) {
    throw new Error(`expected modules of one repository, found ${[repository, ...others].join(', ')}`);
  }
  return `git@${repository.replace('/', ':')}.git`;
}

function pushMissing(folder, remote, modules) {
  const clone = mkdtempSync(join(tmpdir(), 'modules-'));
  try {
    git(folder, 'clone', '--quiet', '--depth=1', remote, clone);
    for (const { name } of modules) {
      rmSync(join(clone, name), { recursive: true, force: true });
      cpSync(join(folder, name), join(clone, name), { recursive: true });
    }
    git(clone, 'add', '--all', '--force');
    if (spawnSync('git', ['diff', '--cached', '--quiet'], { cwd: clone }).status !== 0) {
      git(clone, ...WHO, 'commit', '--quiet', '--message', `Release ${modules[0].version}`);
    }
    for (const { tag } of modules) {
      git(clone, 'tag', tag);
    }
    git(
      clone,
      'push',
      '--quiet',
      '--atomic',
      'origin',
      'HEAD:refs/heads/main',
      ...modules.map(({ tag }) => `refs/tags/${tag}`),
    );
  } finally {
    rmSync(clone, { recursive: true });
  }
}

function git(cwd, ...args) {
  return execFileSync('git', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}
