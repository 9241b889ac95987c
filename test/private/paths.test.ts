import fc from 'fast-check';
import {
  containsPath,
  listEnclosingPaths,
  matchesPath,
  matchesPattern,
  normalizePath,
  toExampleName,
  toFixedDirectory,
  validateMountPath,
} from '../../src/private/paths';
import { assertAlways } from '../runs';

/** Absolute paths in every spelling: `//`, `.` and `..` among few names, so that paths often lie below each other. */
const path = fc
  .array(fc.constantFrom('a', 'ab', 'b', '.', '..', ''), { maxLength: 6 })
  .map((segments) => `/${segments.join('/')}`);

test.each([
  ['/var/log', '/var/log'],
  ['/var/log/', '/var/log'],
  ['//var///log//', '/var/log'],
  ['/var/./log/../run', '/var/run'],
  ['/..', '/'],
  ['/', '/'],
  ['logs/', 'logs'],
])('"%s" is spelled "%s"', (given, spelling) => {
  expect(normalizePath(given)).toBe(spelling);
});

test('a spelling stays as it is', () => {
  assertAlways(fc.property(path, (given) => expect(normalizePath(normalizePath(given))).toBe(normalizePath(given))));
});

test.each([
  ['/var', '/var', true],
  ['/var', '/var/', true],
  ['/var/', '/var/log', true],
  ['/', '/var', true],
  ['/', '/', true],
  ['/var', '/variable', false],
  ['/var/log', '/var', false],
  ['/var/log', '/var/log/../run', false],
])('directory "%s" covers "%s": %s', (directory, given, expected) => {
  expect(containsPath(directory, given)).toBe(expected);
});

test.each([
  ['/var/log/app', ['/var/log/app', '/var/log', '/var', '/']],
  ['/var//log/', ['/var/log', '/var', '/']],
  ['/', ['/']],
  ['app', ['app', '.']],
])('around "%s" are %j, from the inside out', (given, expected) => {
  expect(listEnclosingPaths(given)).toEqual(expected);
});

test('every directory covers itself, in any spelling', () => {
  assertAlways(fc.property(path, (given) => expect(containsPath(given, `${given}/./x/..`)).toBe(true)));
});

test('a directory covers what those cover that it covers', () => {
  assertAlways(
    fc.property(path, path, path, (a, b, c) => {
      fc.pre(containsPath(a, b) && containsPath(b, c));
      expect(containsPath(a, c)).toBe(true);
    }),
  );
});

test('two directories that cover each other are one', () => {
  assertAlways(
    fc.property(path, path, (a, b) =>
      expect(containsPath(a, b) && containsPath(b, a)).toBe(normalizePath(a) === normalizePath(b)),
    ),
  );
});

test.each([
  ['/var/log', undefined],
  ['/a/..b', undefined],
  ['var/log', 'is not absolute; begin it with "/"'],
  ['', 'is not absolute; begin it with "/"'],
  ['/a:b', 'contains ":", which Kubernetes forbids in a mount path; choose another directory'],
  ['/', 'would hide the whole file system of the image; mount a directory below "/"'],
  ['/a/..', 'would hide the whole file system of the image; mount a directory below "/"'],
])('"%s" as a mount path: %s', (given, problem) => {
  expect(validateMountPath(given)).toBe(problem);
});

test.each([
  ['*.log', 'app.log', true],
  ['*.log', '.log', true],
  ['*.log', 'app.log.1', false],
  ['*.log', 'applog', false],
  ['app-?.log', 'app-1.log', true],
  ['app-?.log', 'app-.log', false],
  ['a+(b)$', 'a+(b)$', true],
  ['app.[0-9]', 'app.7', true],
  ['app.[0-9]', 'app.x', false],
  ['app.[0-9][0-9]', 'app.1', false],
  ['app.[!0-9]', 'app.x', true],
  ['app.[!0-9]', 'app.7', false],
  ['a[.*]b', 'a*b', true],
  ['a[.*]b', 'axb', false],
  ['a[^b]', 'ab', true],
  ['a[^b]', 'ac', false],
  ['a[b', 'a[b', true],
  ['[!]', '!', true],
  ['[!]', 'a', false],
  ['[z-a]', 'b', false],
  ['app', 'apps', false],
  ['*.gz', '/var/log/app.gz', true],
  ['app*', 'a\nb', false],
  ['a*', 'a\nb', true],
])('pattern "%s" matches "%s": %s', (pattern, name, expected) => {
  expect(matchesPattern(pattern, name)).toBe(expected);
});

test('a pattern matches what a shell would match, whatever other characters stand in it', () => {
  const letters = ['a', 'b', '.', '+', '$', '^', '(', '[', '|', '\\'];
  const name = fc.string({ unit: fc.constantFrom(...letters), maxLength: 6 });
  const pattern = fc.string({ unit: fc.constantFrom('*', '?', ...letters), maxLength: 6 });
  assertAlways(fc.property(pattern, name, (p, n) => expect(matchesPattern(p, n)).toBe(matches(p, n))));
  assertAlways(fc.property(name, fc.nat(6), (n, at) => expect(matchesPattern(`${n.slice(0, at)}*`, n)).toBe(true)));
});

test.each([
  ['/var/log/*.log', '/var/log/app.log', true],
  ['/var/log/*.log', '/var/log/app/app.log', false],
  ['/var/log/**/*.log', '/var/log/shop/app.log', true],
  ['/var/log/app.?', '/var/log/app.1', true],
  ['/var/log/app.[0-9]', '/var/log/app.7', true],
  ['/var/log/app.[!0-9]', '/var/log/app.7', false],
  ['/var//log/a', '/var/log/a', true],
  ['/var/log/[z-a]', '/var/log/b', false],
  ['/var/log/a(b).log', '/var/log/a(b).log', true],
])('%s and the path %s', (pattern, path, isMatch) => {
  expect(matchesPath(pattern, path)).toBe(isMatch);
});

test('a pattern of many wildcards is quickly done', () => {
  expect(matchesPattern('*a'.repeat(1000), `${'a'.repeat(2000)}b`)).toBe(false);
});

test.each([
  ['/var/log/app.log', '/var/log', false],
  ['/var/log/app*.log', '/var/log', false],
  ['/var/log/*/app.log', '/var/log', true],
  ['/*', '/', false],
])('%s lies in %s', (pattern, directory, isDeep) => {
  expect(toFixedDirectory(pattern)).toEqual({ directory, isDeep });
});

test.each([
  ['access.log', 'access.log'],
  ['*.log', 'app.log'],
  ['access*', 'access'],
  ['*', 'app'],
  ['**', 'app'],
  ['app-?.log', 'app-x.log'],
])('an example of pattern "%s" is "%s"', (pattern, example) => {
  expect(toExampleName(pattern)).toBe(example);
});

test('a pattern matches its example', () => {
  const part = fc.constantFrom('*', '?', 'a', '-', '.log', '_');
  const pattern = fc.array(part, { minLength: 1, maxLength: 6 }).map((parts) => parts.join(''));
  assertAlways(fc.property(pattern, (given) => expect(matchesPattern(given, toExampleName(given))).toBe(true)));
});

/** A shell pattern read character by character. */
function matches([first, ...rest]: Iterable<string>, name: string): boolean {
  if (first === undefined) {
    return name === '';
  }
  if (first === '*') {
    return matches(rest, name) || (name !== '' && matches(['*', ...rest], name.slice(1)));
  }
  return name !== '' && (first === '?' || first === name[0]) && matches(rest, name.slice(1));
}
