import { recordProgram } from '../../../../src/companions/logs/vector/remap';
import { LogFormat } from '../../../../src/index';

const IDENTITY = [
  '.pod_name = get_env_var!("POD_NAME")',
  '.namespace_name = get_env_var!("POD_NAMESPACE")',
  '.node_name = get_env_var!("NODE_NAME")',
  '.container_name = "app"',
];

/** The steps before the identity of the pod is added, which come first, so that the identity wins. */
function steps(format: LogFormat): string[] {
  const lines = recordProgram('app', format).split('\n');
  expect(lines.slice(-IDENTITY.length)).toEqual(IDENTITY);
  return lines.slice(0, -IDENTITY.length);
}

/** Every program here was compiled and run with the crate `vrl` 0.38. */
describe('the program that makes a record of a line', () => {
  test('adds the identity of the pod', () => {
    expect(recordProgram('app')).toBe(IDENTITY.join('\n'));
  });

  test('puts the fields of a JSON object in place of the line, and keeps what is none', () => {
    expect(steps(LogFormat.json())).toEqual([
      'line = to_string(.message) ?? ""',
      'fields = object(parse_json(line) ?? {}) ?? {}',
      'if fields != {} {',
      '  del(.message)',
      '  . = merge(., fields)',
      '}',
    ]);
  });

  test('finds the groups of an expression that took part', () => {
    expect(steps(LogFormat.regex('^(?<a>x)|(?<b>y)$')).slice(1, 3)).toEqual([
      "fields = parse_regex(line, r'^(?<a>x)|(?<b>y)$') ?? {}",
      'fields = filter(fields) -> |_name, value| { value != null }',
    ]);
  });

  test.each([
    ["it's (?<a>x)", "it\\'s (?<a>x)"],
    ["it\\'s (?<a>x)", "it\\'s (?<a>x)"],
    ['a\\\\(?<a>x)', 'a\\\\(?<a>x)'],
    ['"(?<a>\\d+)"', '"(?<a>\\d+)"'],
  ])('quotes the expression %s', (expression, literal) => {
    expect(steps(LogFormat.regex(expression))[1]).toBe(`fields = parse_regex(line, r'${literal}') ?? {}`);
  });

  test.each([
    [undefined, '%Y-%m-%dT%H:%M:%S%.fZ'],
    ['%d/%b/%Y:%H:%M:%S %z', '%d/%b/%Y:%H:%M:%S %z'],
    ['%F %T,%L', '%F %T,%3f'],
  ])('takes the time of the record from a field written as %s', (timeFormat, format) => {
    expect(steps(LogFormat.json({ timeKey: 'ts', timeFormat })).slice(5, -1)).toEqual([
      `  time, unread = parse_timestamp(to_string(.ts) ?? "", "${format}")`,
      '  if unread == null {',
      '    del(.ts)',
      '    .timestamp = time',
      '  }',
    ]);
  });

  test('quotes the name of a field that needs it', () => {
    expect(steps(LogFormat.json({ timeKey: '@time' })).join('\n')).toContain('del(."@time")');
  });

  test('makes numbers of the code and the size of an access log', () => {
    expect(steps(LogFormat.nginxAccess())).toEqual(
      expect.arrayContaining(['  .code = to_int(.code) ?? .code', '  .size = to_int(.size) ?? .size']),
    );
  });
});
