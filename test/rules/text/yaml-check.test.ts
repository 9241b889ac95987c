import { checkYaml } from '../../../src/rules/text/yaml-check';
import { YamlDocument } from '../../../src/rules/text/yaml-document';

test.each([
  ['a: 1\nb: {c: 1,\n d: 2,\n c: 3}\n', 'field "c" stands twice in one object', 4],
  ['- 1: a\n  1: b\n', 'field "1" stands twice in one object', 2],
  ['a: &a\n  b:\n    - *a\n', 'anchor "a" contains itself', 3],
  ['a: &a [1]\nb: [*a,\n  *b]\n', 'alias "b" stands for no anchor', 3],
  ['a: *b\nb: &b 1\n', 'alias "b" stands for no anchor', 1],
])('%j is refused', (text, message, line) => {
  expect(errorOf(text)).toMatchObject({ message, line });
});

test.each([
  'a: &a {b: 1}\nc: *a\nd: [*a, *a]\n',
  'a: &a {b: 1}\nc: {<<: *a, b: 2}\nd: {<<: [*a, {e: 1}]}\n',
  'a: &a 1\nb: &a 2\nc: *a\n',
  '? [1]\n: a\n? [2]\n: b\n',
  '',
])('%j is sound', (text) => {
  expect(errorOf(text)).toBeUndefined();
});

function errorOf(text: string): unknown {
  try {
    checkYaml(YamlDocument.parse(text));
    return undefined;
  } catch (error) {
    return error;
  }
}
