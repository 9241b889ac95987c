import { readYaml } from '../../../src/rules/configs/yaml-text';

test('YAML and JSON are read', () => {
  expect(readYaml('a: {b: on}').root.at('a', 'b').text).toBe('on');
  expect(readYaml('{"a": [1]}').root.at('a').items[0]?.number).toBe(1);
});

test('broken YAML has a problem', () => {
  expect(readYaml('a: "b').problem).toBe('is no YAML: Missing closing "quote');
  expect(readYaml('a: 1\n b: 2').problem).toMatch(/^is no YAML: /);
});

test.each([
  ['several documents', 'a: 1\n---\na: 2'],
  ['a template', 'a: {{ .Value }}'],
  ['a bracket that closes in the first column', 'a: {\n  b: 1\n}'],
  ['a key twice', 'a: 1\na: 2'],
  [
    'aliases beyond measure',
    `a: &a [1]\nb: [${'*a,'.repeat(200)}]\nc: &c [${'*a,'.repeat(50)}]\nd: [${'*c,'.repeat(100)}]`,
  ],
])('%s have none', (_, text) => {
  expect(readYaml(text).problem).toBeUndefined();
});
