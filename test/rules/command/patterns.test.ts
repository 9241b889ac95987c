import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { findInputFiles } from '../../../src/rules/command/files';
import { expandGlob } from '../../../src/rules/command/patterns/expand-glob';
import { expandBraces, isGlob, matchesGlob, renderGlob } from '../../../src/rules/command/patterns/glob';
import { PathPatterns } from '../../../src/rules/command/patterns/path-patterns';
import { assertAlways } from '../../runs';
import { folderOf } from './support';

describe('patterns have the meaning of .gitignore', () => {
  test.each([
    ['vendor/', ['vendor/a.yaml', 'k8s/vendor/deep/a.yaml'], ['vendor', 'vendored/a.yaml']],
    ['/vendor', ['vendor/a.yaml', 'vendor'], ['k8s/vendor/a.yaml']],
    ['*.test.yaml', ['a.test.yaml', 'k8s/a.test.yaml'], ['test.yaml']],
    ['k8s/*.yaml', ['k8s/a.yaml'], ['k8s/deep/a.yaml', 'other/k8s/a.yaml']],
    ['k8s/**/prod.yaml', ['k8s/prod.yaml', 'k8s/a/b/prod.yaml'], ['prod.yaml']],
    ['**/base', ['base/a.yaml', 'a/base/b.yaml'], ['a/bases/b.yaml']],
    ['k8s/**', ['k8s/a.yaml', 'k8s/a/b.yaml'], ['k8s']],
    ['[a-c]?.yaml', ['ab.yaml', 'x/c1.yaml'], ['d1.yaml', 'a.yaml']],
    ['[!a].yaml', ['b.yaml'], ['a.yaml']],
    ['\\!a', ['!a'], ['a']],
    ['# a', [], ['# a', 'a']],
    ['a.yaml  ', ['a.yaml'], ['a.yaml  ']],
    ['', [], ['a']],
    ['[', [], ['[', 'a']],
  ])('%j', (pattern, inside, outside) => {
    const patterns = new PathPatterns([pattern]);
    expect(inside.filter((path) => !patterns.has(path))).toEqual([]);
    expect(outside.filter((path) => patterns.has(path))).toEqual([]);
  });

  test('the last that matches counts, but nothing comes back out of a folder', () => {
    const patterns = new PathPatterns(['*.yaml', '!ours.yaml', 'vendor/', '!vendor/ours.yaml']);
    const paths = ['a.yaml', 'ours.yaml', 'k8s/ours.yaml', 'vendor/ours.yaml'];
    expect(paths.map((path) => patterns.has(path))).toEqual([true, false, false, true]);
  });

  test('as git reads them', () => {
    const folder = folderOf({});
    const git = (args: string[], input = '') => spawnSync('git', args, { cwd: folder, encoding: 'utf8', input });
    git(['init', '-q']);
    const step = fc.constantFrom(
      ...'a b * ** ? a* *.b [ab] [!a] [a-c] [[:digit:]] \\* a.b a-b #c !d \\#c {a,b} ***'.split(' '),
    );
    const lines = fc.array(
      fc.tuple(
        fc.constantFrom('', '', '!'),
        fc.constantFrom('', '/'),
        fc.array(step, { minLength: 1, maxLength: 3 }),
        fc.constantFrom('', '/', ' '),
      ),
      { minLength: 1, maxLength: 4 },
    );
    const name = fc.constantFrom('a', 'b', 'ab', 'a.b', 'a-b', '#c', '!d', '1', '*', '{a,b}');
    const paths = fc.array(fc.array(name, { minLength: 1, maxLength: 3 }), { minLength: 20, maxLength: 20 });
    assertAlways(
      fc.property(lines, paths, (parts, steps) => {
        const patterns = parts.map(([not, root, inner, end]) => `${not}${root}${inner.join('/')}${end}`);
        const all = steps.map((one) => one.join('/'));
        const files = join(folder, '.git/info/exclude');
        writeFileSync(files, `${patterns.join('\n')}\n`);
        const { stdout } = git(['check-ignore', '-z', '--stdin', '--no-index'], `${all.join('\0')}\0`);
        const read = new PathPatterns(patterns);
        expect(all.filter((path) => read.has(path))).toEqual(all.filter((path) => stdout.split('\0').includes(path)));
      }),
      200,
    );
  });
});

test.each([
  ['istio-*', 'istio-proxy', true],
  ['istio-*', 'my-istio-proxy', false],
  ['web', 'web-1', false],
  ['*', '', true],
  ['a?c', 'abc', true],
  ['[x', 'x', false],
  ['a.c', 'abc', false],
  ['\\*', '*', true],
  ['[\\d]', '1', false],
])('the glob %j is for the name %j: %s', (glob, name, answer) => {
  expect(matchesGlob(glob, name)).toBe(answer);
  expect(() => new RegExp(renderGlob(glob), 'u')).not.toThrow();
});

test('braces are several globs', () => {
  expect(expandBraces('{a,b}/{c,d}.yaml')).toEqual(['a/c.yaml', 'a/d.yaml', 'b/c.yaml', 'b/d.yaml']);
  expect(expandBraces('a{b')).toEqual(['a{b']);
  expect(['a*', 'a?', '[a]', '{a,b}', 'a.yaml'].map(isGlob)).toEqual([true, true, true, true, false]);
});

describe('a glob in quotes stands for files', () => {
  const folder = folderOf({
    'base/b.yaml': '',
    'base/a.yaml': '',
    'base/deep/c.yaml': '',
    'base/.hidden.yaml': '',
    'base/node_modules/d.yaml': '',
    'x*.yaml': '',
  });
  const found = (glob: string) => expandGlob(join(folder, glob)).map((path) => path.slice(folder.length + 1));

  test.each([
    ['base/*.yaml', ['base/a.yaml', 'base/b.yaml']],
    ['**/*.yaml', ['x*.yaml', 'base/a.yaml', 'base/b.yaml', 'base/deep/c.yaml']],
    ['base/**', ['base', 'base/deep']],
    ['{base,other}/b.*', ['base/b.yaml']],
    ['base/.h*', ['base/.hidden.yaml']],
    ['none/*.yaml', []],
  ])('%s', (glob, files) => {
    expect(found(glob)).toEqual(files);
  });

  test('where none is called so itself, and it is told where none is there', () => {
    expect(findInputFiles([join(folder, 'x*.yaml')]).files).toEqual([{ path: join(folder, 'x*.yaml'), isNamed: true }]);
    expect(findInputFiles([join(folder, 'base', '[ab].yaml')]).files).toHaveLength(2);
    const { files, unusable } = findInputFiles([join(folder, 'no*.yaml')]);
    expect({ files, unusable }).toEqual({
      files: [],
      unusable: [{ file: join(folder, 'no*.yaml'), message: 'no file matches' }],
    });
  });
});
