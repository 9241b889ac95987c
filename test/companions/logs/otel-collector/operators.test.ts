import { escaped, joins, operators } from '../../../../src/companions/logs/otel-collector/operators';
import { LogFormat, Multiline } from '../../../../src/index';

describe('the operators of a file', () => {
  test('are none where lines are text', () => {
    expect(operators()).toEqual([]);
    expect(operators(undefined, Multiline.startingWith('^x'))).toEqual([]);
  });

  test('read JSON, and keep what is none', () => {
    expect(operators(LogFormat.json())).toEqual([{ type: 'json_parser', on_error: 'send_quiet' }]);
  });

  test('read an expression, in which no dollar sign begins a variable', () => {
    expect(operators(LogFormat.regex('^(?<a>x)$'))).toEqual([
      { type: 'regex_parser', regex: '^(?<a>x)$$', on_error: 'send_quiet' },
    ]);
  });

  test.each([
    [undefined, { layout_type: 'strptime', layout: '%Y-%m-%dT%H:%M:%S.%LZ', location: 'UTC' }],
    ['%d/%b/%Y:%H:%M:%S %z', { layout_type: 'strptime', layout: '%d/%b/%Y:%H:%M:%S %z', location: 'UTC' }],
    ['%s', { layout_type: 'epoch', layout: 's' }],
    ['%s.%L', { layout_type: 'epoch', layout: 's.ms' }],
  ])('read the time as %s', (timeFormat, layout) => {
    const [parser] = operators(LogFormat.json({ timeKey: '@time', timeFormat })) as any[];
    expect(parser.timestamp).toEqual({ parse_from: 'attributes["@time"]', ...layout });
  });

  test('join stack traces before they read fields', () => {
    const steps = operators(LogFormat.json(), Multiline.java()) as any[];
    expect(steps.map(({ type }) => type)).toEqual(['recombine', 'json_parser']);
  });

  test.each([
    [Multiline.java(), 'java.lang.Error: x', false],
    [Multiline.java(), '\tat a.B.c(B.java:1)', true],
    [Multiline.java(), '\t... 3 more', true],
    [Multiline.java(), 'Caused by: java.io.IOException', true],
    [Multiline.java(), '  indented text', false],
    [Multiline.ruby(), "\tfrom a.rb:6:in `b'", true],
    [Multiline.ruby(), "\t 2: from a.rb:6:in `b'", true],
    [Multiline.ruby(), "a.rb:6:in `/': divided by 0", false],
  ])('know which line goes on a stack trace of %j: %j', (multiline, line, goesOn) => {
    const [{ is_first_entry }] = operators(undefined, multiline) as any[];
    const [, literal] = /^not \(body matches (".*")\)$/.exec(is_first_entry)!;
    expect(new RegExp(JSON.parse(literal!)).test(line)).toBe(goesOn);
  });
});

test.each([
  [Multiline.java(), true],
  [Multiline.ruby(), true],
  [Multiline.startingWith('^x'), true],
  [Multiline.python(), false],
  [Multiline.golang(), false],
])('the collector joins the lines of %j: %s', (multiline, expected) => {
  expect(joins(multiline)).toBe(expected);
});

test('dollar signs are doubled', () => {
  expect(escaped('^a$|${b}$')).toBe('^a$$|$${b}$$');
});
