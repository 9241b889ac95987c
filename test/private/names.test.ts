import fc from 'fast-check';
import { digestOf, isDnsLabel, isPortName, sha256, toDnsLabel } from '../../src/private/names';

/** Parts of a name as users write them, whether a label can show them or not. */
const parts = fc.array(
  fc.oneof(fc.stringMatching(/^[a-zA-Z0-9]{1,20}$/), fc.string({ unit: 'binary', maxLength: 80 })),
);

test.each([
  ['app', true],
  ['log-agent', true],
  ['0', true],
  ['a--b', true],
  ['a'.repeat(63), true],
  ['a'.repeat(64), false],
  ['', false],
  ['-app', false],
  ['app-', false],
  ['App', false],
  ['app_1', false],
  ['app.1', false],
  ['app\n', false],
])('"%s" as a DNS label: %s', (name, valid) => {
  expect(isDnsLabel(name)).toBe(valid);
});

test.each([
  ['http', true],
  ['web-1', true],
  ['8080a', true],
  ['a'.repeat(15), true],
  ['a'.repeat(16), false],
  ['8080', false],
  ['a--b', false],
  ['-http', false],
  ['http-', false],
  ['HTTP', false],
  ['', false],
])('"%s" as the name of a port: %s', (name, valid) => {
  expect(isPortName(name)).toBe(valid);
});

test.each([
  [['app'], 'app'],
  [['app', '/var/log/app'], 'app-var-log-app'],
  [['App', '/Var/My_Log.d/'], 'app-var-my-log-d'],
  [['--a--', '..b'], 'a-b'],
])('%j become the label "%s"', (given, label) => {
  expect(toDnsLabel(...given)).toBe(label);
});

test('parts of any kind become a valid label, the same one each time', () => {
  fc.assert(
    fc.property(parts, (given) => {
      const label = toDnsLabel(...given);
      expect(isDnsLabel(label)).toBe(true);
      expect(toDnsLabel(...given)).toBe(label);
    }),
  );
});

test.each([['///'], ['ä', 'ö'], [''], []])(
  'parts of which a label can show nothing become a hash: %j %j',
  (...given) => {
    const label = toDnsLabel(...given);
    expect(label).toBe(sha256(given.join('\n')).slice(0, 8));
    expect(isDnsLabel(label)).toBe(true);
  },
);

test('labels of which nothing can be shown are still told apart', () => {
  expect(new Set([toDnsLabel('/', '.'), toDnsLabel('/', '_'), toDnsLabel('ä')]).size).toBe(3);
});

test('labels that had to be cut are still told apart', () => {
  const long = 'a'.repeat(70);
  const cut = [toDnsLabel(long, 'b'), toDnsLabel(long, 'c'), toDnsLabel(`${long}-b`)];
  expect(new Set(cut).size).toBe(3);
  expect(cut.map((label) => label.length)).toEqual([63, 63, 63]);
});

test('a label of exactly 63 characters is not cut', () => {
  expect(toDnsLabel('a'.repeat(31), 'b'.repeat(31))).toBe(`${'a'.repeat(31)}-${'b'.repeat(31)}`);
});

test('the hash is SHA-256, as in the test vectors of NIST', () => {
  expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});

test('a digest of data is that of its JSON', () => {
  expect(digestOf('config', { a: 'b' })).toBe(sha256('["config",{"a":"b"}]'));
});
