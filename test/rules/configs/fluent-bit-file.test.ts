import { readClassicFile, readYamlFile } from '../../../src/rules/configs/fluent-bit-file';

const plain = ({ sections }: ReturnType<typeof readYamlFile>) =>
  sections.map(({ kind, values }) => ({ kind, ...Object.fromEntries(values) }));

test('both formats give the same', () => {
  const yaml = readYamlFile(
    'service: {Flush: 1}\npipeline:\n  inputs: [{Name: tail, Path: "/a/*.log"}]\n  outputs: [{name: stdout, match: "*"}]',
  );
  const classic = readClassicFile(
    '# all\n[SERVICE]\n    Flush 1\n\n[INPUT]\n    Name    tail\n    # where\n    Path  /a/*.log\n[OUTPUT]\n    name stdout\n    match *\n',
  );
  expect(plain(yaml)).toEqual([
    { kind: 'service', flush: '1' },
    { kind: 'input', name: 'tail', path: '/a/*.log' },
    { kind: 'output', name: 'stdout', match: '*' },
  ]);
  expect(plain(classic)).toEqual(plain(yaml));
});

test('lists are texts, and what is neither is unknown', () => {
  const { sections } = readYamlFile(
    'pipeline: {inputs: [{name: tail, path: [/a, /b], processors: {logs: []}, tag: }]}',
  );
  expect(Object.fromEntries(sections[0]!.values)).toEqual({ name: 'tail', path: '/a,/b', processors: '${}' });
});

test('included files are named', () => {
  expect(readYamlFile('includes: [a.yaml]').includes).toEqual(['a.yaml']);
  expect(readClassicFile('@SET a=b\n@INCLUDE a.conf\n@include b.conf').includes).toEqual(['a.conf', 'b.conf']);
});

test.each([
  ['[INPUT\n', 'line 1 opens a section and does not close it with "]"'],
  ['Name tail\n', 'line 1 stands in no section'],
  ['[INPUT]\n    Name tail\n  Path /a', 'line 3 is indented less than the lines before it'],
  ['[INPUT]\n    Name\n', 'line 2 gives "Name" no value'],
  ['[INPUT]\n    Name\ttail\n', 'line 2 gives "Name\ttail" no value'],
])('%j is not in the classic format', (text, problem) => {
  expect(readClassicFile(text).problem).toBe(`is not in the classic format: ${problem}`);
});

test('groups and templates are no problem', () => {
  expect(readClassicFile('[INPUT]\n    Name tail\n    [PROCESSORS] x\n').problem).toBeUndefined();
  expect(readClassicFile('{{ if }}').problem).toBeUndefined();
});
