import { backtrackingIn } from '../../src/software/regular-expressions';

describe('an expression that needs backtracking', () => {
  test.each([
    ['^(?!DEBUG)', '(?!'],
    ['a(?=b)', '(?='],
    ['(?<=a)b', '(?<='],
    ['(?<!a)b', '(?<!'],
    ['(?>a+)b', '(?>'],
    ['(a)\\1', '\\1'],
    ['(?<q>["\'])x\\k<q>', '\\k<q>'],
  ])('is found: %s', (expression, part) => {
    expect(backtrackingIn(expression)).toBe(part);
  });

  test.each(['^(?<time>\\S+) (?:a|b)(?i:c)$', '\\\\1', '^\\d{4}', 'a\\.b'])(
    'is not seen where there is none: %s',
    (expression) => {
      expect(backtrackingIn(expression)).toBeUndefined();
    },
  );
});
