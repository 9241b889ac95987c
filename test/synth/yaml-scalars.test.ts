import { keyText, numberText, stringText } from '../../src/synth/yaml-scalars';

describe('a string in YAML', () => {
  test.each([
    ['nginx:1.27', 'nginx:1.27'],
    ['/var/log/app', '/var/log/app'],
    ['two words', 'two words'],
    ['e-mail', 'e-mail'],
    ['8080', '"8080"'],
    ['on', '"on"'],
    ['e5', '"e5"'],
    ['key: value', '"key: value"'],
    ['say "hello": now', '\'say "hello": now\''],
    ['a # b', '"a # b"'],
    ['ends ', '"ends "'],
    ['64Mi', '64Mi'],
    ['', '""'],
    ['a\u0007b', '"a\\ab"'],
  ])('%j is %s', (value, text) => {
    expect(stringText(value, '')).toBe(text);
  });

  test.each([
    ['one\ntwo', '|-\n  one\n  two'],
    ['one\n\n  two\n', '|\n  one\n\n    two'],
  ])('of several lines, %j, is a block', (value, text) => {
    expect(stringText(value, '  ')).toBe(text);
  });

  test.each(['ends\n\n', ' starts\nb', '\nstarts', 'a\r\nb', 'a\n ', 'a \n', '\u00a0\n'])(
    'of several lines, %j, is left to cdk8s',
    (value) => expect(stringText(value, '  ')).toBeUndefined(),
  );
});

describe('a key in YAML', () => {
  test.each([
    ['app.kubernetes.io/name', 'app.kubernetes.io/name'],
    ['on', '"on"'],
    ['80', '"80"'],
    ['', '""'],
    ['two\nlines', '"two\\nlines"'],
    ['k'.repeat(1000), 'k'.repeat(1000)],
  ])('%j is %s', (key, text) => {
    expect(keyText(key)).toBe(text);
  });

  test.each(['--- x', '...', 'a\u2028---', 'k'.repeat(1025)])('%j is left to cdk8s', (key) =>
    expect(keyText(key)).toBeUndefined(),
  );
});

describe('a number in YAML', () => {
  test.each([
    [0, '0'],
    [-1.5, '-1.5'],
    [1e21, '1e+21'],
    [-0, undefined],
    [Number.NaN, undefined],
    [Number.NEGATIVE_INFINITY, undefined],
  ])('%d is %s', (value, text) => {
    expect(numberText(value)).toBe(text);
  });
});
