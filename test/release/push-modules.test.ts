import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { git, ROOT } from './support';

const MODULES = ['podpatterns', 'podpatterns34'];

// Each test starts programs, which takes long on a busy machine.
jest.setTimeout(60_000);

let folder: string;
let remote: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'modules-'));
  remote = join(folder, 'remote.git');
  git(folder, 'init', '-q', '--bare', '-b', 'main', remote);
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(version: string, modules = MODULES): void {
  rmSync(join(folder, 'go'), { recursive: true, force: true });
  for (const name of modules) {
    mkdirSync(join(folder, 'go', name), { recursive: true });
    writeFileSync(join(folder, 'go', name, 'go.mod'), `module github.com/acme/acme-go/${name}\n`);
    writeFileSync(join(folder, 'go', name, 'version'), version);
    writeFileSync(join(folder, 'go', name, `${version}.go`), '');
  }
}

function push() {
  const script = join(ROOT, 'tools/release/push-modules.mjs');
  const { status, stdout } = spawnSync('node', [script, join(folder, 'go'), remote], { encoding: 'utf8' });
  return { status, stdout };
}

const tags = () => git(remote, 'tag').trim().split('\n');
const commits = () => git(remote, 'log', '--format=%s', 'main').trim().split('\n');
const files = (ref: string) => git(remote, 'ls-tree', '-r', '--name-only', ref).trim().split('\n');

test('modules go into their repository with a tag each', () => {
  write('0.1.0');
  expect(push()).toEqual({
    status: 0,
    stdout: 'podpatterns/v0.1.0: is pushed\npodpatterns34/v0.1.0: is pushed\n',
  });
  expect(tags()).toEqual(['podpatterns/v0.1.0', 'podpatterns34/v0.1.0']);
  expect(commits()).toEqual(['Release 0.1.0']);
});

test('a release takes the place of the last one, whose tags stay, and of nothing else', () => {
  write('0.1.0');
  push();
  write('0.2.0', ['podpatterns']);
  expect(push().status).toBe(0);
  expect(files('main').sort()).toEqual([
    'podpatterns/0.2.0.go',
    'podpatterns/go.mod',
    'podpatterns/version',
    'podpatterns34/0.1.0.go',
    'podpatterns34/go.mod',
    'podpatterns34/version',
  ]);
  expect(files('podpatterns/v0.1.0')).toContain('podpatterns/0.1.0.go');
});

test('what is there is passed over, and what is missing is completed', () => {
  write('0.1.0');
  push();
  const [before] = git(remote, 'rev-parse', 'main').split('\n');
  expect(push().stdout).toBe('podpatterns/v0.1.0: is there already\npodpatterns34/v0.1.0: is there already\n');
  git(remote, 'tag', '-d', 'podpatterns34/v0.1.0');
  expect(push()).toEqual({
    status: 0,
    stdout: 'podpatterns/v0.1.0: is there already\npodpatterns34/v0.1.0: is pushed\n',
  });
  expect(git(remote, 'rev-parse', 'podpatterns34/v0.1.0^{commit}').trim()).toBe(before);
});

test('a push that is refused leaves nothing behind', () => {
  write('0.1.0');
  push();
  write('0.2.0');
  const hook = join(remote, 'hooks/update');
  writeFileSync(hook, '#!/bin/sh\ncase $1 in refs/heads/*) exit 1;; esac\n', { mode: 0o755 });
  expect(push().status).not.toBe(0);
  expect(tags()).toEqual(['podpatterns/v0.1.0', 'podpatterns34/v0.1.0']);
  rmSync(hook);
  expect(existsSync(hook)).toBe(false);
  expect(push().status).toBe(0);
  expect(tags()).toHaveLength(4);
});
