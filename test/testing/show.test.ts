import { Match } from '../../src/testing';
import { isAsymmetric, show } from '../../src/testing/show';

test.each([
  [undefined, 'nothing'],
  [null, 'null'],
  ['a "b"', '"a \\"b\\""'],
  [8080, '8080'],
  [10n, '10'],
  [/a.b/, '/a.b/'],
  [[1, { a: true }], '[1, {a: true}]'],
  [{ 'app.kubernetes.io/name': 'web' }, '{"app.kubernetes.io/name": "web"}'],
  [{ a: Match.absent() }, '{a: Match.absent()}'],
  [{ a: expect.any(Number) }, '{a: Any<Number>}'],
  [function web() {}, 'a function "web"'],
])('%p is shown as %s', (value, text) => {
  expect(show(value)).toBe(text);
});

test('a long value is cut', () => {
  expect(show('x'.repeat(300))).toBe(`"${'x'.repeat(199)}...`);
});

test('matchers of jest are told from values', () => {
  expect(isAsymmetric(expect.anything())).toBe(true);
  expect([null, undefined, {}, 'text'].some(isAsymmetric)).toBe(false);
});
