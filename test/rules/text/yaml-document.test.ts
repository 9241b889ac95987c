import { LineError, YamlDocument } from '../../../src/rules/text/yaml-document';

const dataOf = (text: string) => YamlDocument.parse(text).document.toJS();

test('numbers, booleans and bytes are read as kubectl reads them', () => {
  expect(dataOf('[0644, 0o644, 0x1F, on, no, 1_000, 12:30, 2020-01-01, !!binary aGVsbG8=]')).toEqual([
    ...[420, 420, 31, true, false, 1000, '12:30', '2020-01-01', 'aGVsbG8='],
  ]);
});

test('each field has its line, also behind an alias and under a key that is no text', () => {
  const yaml = YamlDocument.parse('a: &a\n  b: 1\nc: *a\n1:\n  - x\n  - true: y\n');
  expect(yaml.lineOf([])).toBe(1);
  expect(yaml.lineOf(['a', 'b'])).toBe(2);
  expect(yaml.lineOf(['c', 'b'])).toBe(2);
  expect(yaml.lineOf(['1', 1, 'true'])).toBe(6);
  expect(yaml.lineOf(['1', 7])).toBe(4);
});

test('what is no YAML is told with its line', () => {
  expect(errorOf('a: 1\nb: [\n')).toEqual(
    new LineError('Flow sequence in block collection must be sufficiently indented and end with a ]', 2),
  );
});

test('a second document that nothing announces is an error', () => {
  expect(errorOf('a: 1\n...\nb: 2\n')).toMatchObject({ message: 'a second document begins without `---`', line: 3 });
});

function errorOf(text: string): unknown {
  try {
    return YamlDocument.parse(text);
  } catch (error) {
    return error;
  }
}
