import { execFileSync } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname } from 'node:path';
import { Testing } from 'cdk8s';

const OWN = /^cdk8s-pod-patterns-\w+$/;

test('tests have a temporary folder of their own, which goes with them', () => {
  expect(basename(tmpdir())).toMatch(OWN);
  expect(basename(dirname(Testing.app().outdir))).toMatch(OWN);
});

test('so have the processes that they start', () => {
  const seen = execFileSync('node', ['-p', "require('node:os').tmpdir()"], { encoding: 'utf8' }).trim();
  expect(realpathSync(seen)).toBe(realpathSync(tmpdir()));
});
