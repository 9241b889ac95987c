// The playground's engine says what the library says, although it runs without Node.js.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import net from 'node:net';
import { posix } from 'node:path';
import test from 'node:test';
import { loadCompiled } from '../build/library.mjs';
import { ROOT } from '../build/paths.mjs';
import { check, findLine } from '../src/generated/engine.js';
import { Buffer as SmallBuffer } from '../src/playground/engine/buffer.js';
import * as smallNet from '../src/playground/engine/net.js';
import { posix as smallPath } from '../src/playground/engine/path.js';

const { PodRules } = loadCompiled('rules/pod-rules.js');

const proofs = readdirSync(new URL('test/rules/', ROOT), { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.(fails|passes)(\.[\w-]+)?\.yaml$/.test(file))
  .map((file) => ({ file, text: readFileSync(new URL(`test/rules/${file}`, ROOT), 'utf8') }));

test('the engine finds in the proof of each rule what the library finds', () => {
  assert.ok(proofs.length > 200);
  for (const { file, text } of proofs) {
    const report = PodRules.checkYaml(text);
    const expected = [...report.findings, ...report.suppressed].map(toLine).sort();
    assert.deepEqual(check({ text, version: '1.37' }).findings.map(toLine).sort(), expected, file);
  }
});

function toLine({ rule, severity, line, path, suppressedBecause }) {
  return `${rule} ${severity} ${line ?? 1} ${path} ${suppressedBecause ?? ''}`;
}

test('the engine tells the line of a field', () => {
  check({
    text: 'apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers:\n    - name: web\n      image: acme/web:1\n',
  });
  assert.equal(findLine({ object: 'Pod/web', path: 'spec.containers[0].image' }), 7);
  assert.equal(findLine({ object: 'Pod/other', path: 'spec' }), undefined);
});

test('the engine draws the pods of an example', () => {
  const text = readFileSync(new URL('examples/38-four-containers/expected.k8s.yaml', ROOT), 'utf8');
  const { pictures, findings } = check({ text, version: '1.37' });
  assert.deepEqual(
    pictures.map(({ title }) => title),
    ['Deployment/wiki'],
  );
  assert.match(pictures[0].svg, /data-path="spec\.template\.spec\.containers\[0\]/);
  assert.doesNotMatch(pictures[0].svg, /<style/);
  assert.deepEqual(findings, []);
});

const PATHS = pick(['', '.', '..', '/', 'a', 'b.conf', '.hidden', 'c d'], 4_000);

test('paths are what Node.js makes of them', () => {
  for (const path of PATHS) {
    for (const name of ['normalize', 'dirname', 'basename']) {
      assert.equal(smallPath[name](path), posix[name](path), `${name}(${JSON.stringify(path)})`);
    }
    assert.equal(smallPath.join('/etc', path), posix.join('/etc', path), path);
    assert.equal(smallPath.resolve('/etc', path), posix.resolve('/etc', path), path);
    // Of slashes alone Node.js gives themselves, where an extension is asked for, too.
    if (/[^/]/.test(path)) {
      assert.equal(smallPath.basename(path, '.conf'), posix.basename(path, '.conf'), path);
    }
  }
});

test('addresses are what Node.js makes of them', () => {
  const texts = [
    ...pick(['1', '255', '256', '.', ':', '::', 'fe80', '%eth0', '0'], 4_000, ''),
    '127.0.0.1',
    '::1',
    '::ffff:10.0.0.1',
    'fe80::1%eth0',
  ];
  for (const text of texts) {
    assert.equal(smallNet.isIP(text), net.isIP(text), text);
  }
});

test('base64 and lengths are what Node.js makes of them', () => {
  for (const text of [...pick(['QUJD', 'Q', '=', '-', '_', '\n', 'é', '한'], 2_000, ''), '']) {
    assert.equal(SmallBuffer.from(text, 'base64').toString(), Buffer.from(text, 'base64').toString(), text);
    assert.equal(SmallBuffer.byteLength(text), Buffer.byteLength(text), text);
    assert.equal(SmallBuffer.byteLength(text, 'base64'), Buffer.byteLength(text, 'base64'), text);
  }
});

/** Texts made of parts, the same ones each time. */
function pick(parts, count, between = '/') {
  let state = 42;
  const next = (limit) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor(state / 65_536) % limit;
  };
  return Array.from({ length: count }, () =>
    Array.from({ length: 1 + next(5) }, () => parts[next(parts.length)]).join(between),
  );
}
