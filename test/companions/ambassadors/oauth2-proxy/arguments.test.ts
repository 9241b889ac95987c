import { argumentsOf } from '../../../../src/companions/ambassadors/oauth2-proxy/arguments';

test.each<[string, string | string[], string[]]>([
  ['a text', 'https://id.example.com', ['--o=https://id.example.com']],
  ['a text with a comma', 'a,b', ['--o=a,b']],
  ['a list', ['a', 'b'], ['--o=a', '--o=b']],
  ['an empty list', [], []],
  ['a value of a list with a comma, which would begin another', ['^/a{1,2}$'], ['--o="^/a{1,2}$"']],
  ['a value of a list with quotes', ['^/"q"'], ['--o="^/""q"""']],
  ['what the kubelet would take for a variable', ['^/x$(y)', '$$'], ['--o=^/x$$(y)', '--o=$$$']],
])('gives %s', (_, value, expected) => {
  expect(argumentsOf([['o', value]])).toEqual(expected);
});
