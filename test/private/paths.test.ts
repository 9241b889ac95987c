import fc from 'fast-check';
import { aroundPath, covers, exampleOf, matchesPattern, mountPathProblem, normalise } from '../../src/private/paths';
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
  expect(normalise(given)).toBe(spelling);
});

test('a spelling stays as it is', () => {
  assertAlways(fc.property(path, (given) => expect(normalise(normalise(given))).toBe(normalise(given))));
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
  expect(covers(directory, given)).toBe(expected);
});

test.each([
  ['/var/log/app', ['/var/log/app', '/var/log', '/var', '/']],
  ['/var//log/', ['/var/log', '/var', '/']],
  ['/', ['/']],
  ['app', ['app', '.']],
])('around "%s" are %j, from the inside out', (given, expected) => {
  expect(aroundPath(given)).toEqual(expected);
});

test('every directory covers itself, in any spelling', () => {
  assertAlways(fc.property(path, (given) => expect(covers(given, `${given}/./x/..`)).toBe(true)));
});

test('a directory covers what those cover that it covers', () => {
  assertAlways(
    fc.property(path, path, path, (a, b, c) => {
      fc.pre(covers(a, b) && covers(b, c));
      expect(covers(a, c)).toBe(true);
    }),
  );
});

test('two directories that cover each other are one', () => {
  assertAlways(
    fc.property(path, path, (a, b) => expect(covers(a, b) && covers(b, a)).toBe(normalise(a) === normalise(b))),
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
  expect(mountPathProblem(given)).toBe(problem);
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
  ['access.log', 'access.log'],
  ['*.log', 'app.log'],
  ['access*', 'access'],
  ['*', 'app'],
  ['**', 'app'],
  ['app-?.log', 'app-x.log'],
])('an example of pattern "%s" is "%s"', (pattern, example) => {
  expect(exampleOf(pattern)).toBe(example);
});

test('a pattern matches its example', () => {
  const part = fc.constantFrom('*', '?', 'a', '-', '.log', '_');
  const pattern = fc.array(part, { minLength: 1, maxLength: 6 }).map((parts) => parts.join(''));
  assertAlways(fc.property(pattern, (given) => expect(matchesPattern(given, exampleOf(given))).toBe(true)));
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
