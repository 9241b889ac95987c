import { LogFormat } from '../../src/index';
import { GO, JAVASCRIPT, translate } from '../../src/software/expressions';

describe('an expression of Ruby', () => {
  test.each([
    ['^(?<a>\\d+) (?<b>[^"\\]]*)$', '^(\\d+) ([^"\\]]*)$', '^(?P<a>\\d+) (?P<b>[^"\\]]*)$', ['a', 'b']],
    ['(x|y)(?<a>.)', '(?:x|y)(.)', '(?:x|y)(?P<a>.)', ['a']],
    ['(?:\\(\\?)(?<a>\\x41{2,3}?)', '(?:\\(\\?)(\\x41{2,3}?)', '(?:\\(\\?)(?P<a>\\x41{2,3}?)', ['a']],
    ['[(?<a>]', '[(?<a>]', '[(?<a>]', []],
  ])('%s has its groups as the other dialect writes them', (expression, javascript, go, names) => {
    expect(translate(expression, JAVASCRIPT)).toEqual({ text: javascript, names });
    expect(translate(expression, GO)).toEqual({ text: go, names });
  });

  test.each([
    ['(?<a>x)(?<=y)', '(?<='],
    ['(?<a>x)(?<!y)', '(?<!'],
    ['(?>x)', '(?>'],
    ['(?i)x', '(?i)'],
    ['(?i:x)', '(?i:'],
    ['x++', '++'],
    ['x{2}+', '}+'],
    ['\\h', '\\h'],
    ['\\p{Alpha}', '\\p'],
    ['\\k<a>', '\\k'],
    ['(?<a>x)\\1', '\\1'],
    ['[[:alpha:]]', '[[:alpha:]'],
    ['[a&&b]', '[a&&b]'],
    ['[\\h]', '[\\h]'],
  ])('%s has a part that neither dialect knows', (expression, part) => {
    expect(translate(expression, JAVASCRIPT)).toBe(part);
    expect(translate(expression, GO)).toBe(part);
  });

  test.each([
    ['x(?=y)', true, false],
    ['x(?!y)', true, false],
    ['\\Ax\\z', false, true],
  ])('%s is known to one dialect alone', (expression, javascript, go) => {
    expect(typeof translate(expression, JAVASCRIPT) === 'object').toBe(javascript);
    expect(typeof translate(expression, GO) === 'object').toBe(go);
  });

  test('of an access log of nginx finds the same fields', () => {
    const { expression } = LogFormat.nginxAccess();
    const line = '10.0.0.1 - bob [22/Nov/2026:10:00:00 +0000] "GET /a?b=c HTTP/1.1" 200 12 "-" "curl/8"';
    const { text, names } = translate(expression!, JAVASCRIPT) as { text: string; names: string[] };
    const found = new RegExp(text, 'm').exec(line)!;
    expect(Object.fromEntries(names.map((name, index) => [name, found[index + 1]]))).toEqual({
      ...new RegExp(expression!).exec(line)!.groups,
    });
    expect(translate(expression!, GO)).toHaveProperty('names', names);
  });
});
