import { directivesOf } from '../../../src/rules/configs/nginx-text';

test('directives with their words, in blocks and out of them', () => {
  const text =
    'user nginx; # not; this\nhttp { log_format a "x;y {z}" \'b\'; server { listen 80 default_server; if ($a = "") { return 200 ${b}c; } } }';
  expect(directivesOf(text).map(({ name, words }) => [name, ...words])).toEqual([
    ['user', 'nginx'],
    ['http'],
    ['log_format', 'a', 'x;y {z}', 'b'],
    ['server'],
    ['listen', '80', 'default_server'],
    ['if', '($a', '=', '', ')'],
    ['return', '200', '${b}c'],
  ]);
});

test('no text takes long', () => {
  expect(directivesOf('"'.repeat(50_000)).length).toBe(0);
});
