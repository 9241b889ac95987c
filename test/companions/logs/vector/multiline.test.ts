import { vectorMultiline } from '../../../../src/companions/logs/vector/multiline';
import { Multiline } from '../../../../src/index';

/**
 * The lines as records, as the file source of Vector joins them.
 *
 * @see https://vector.dev/docs/reference/configuration/sources/file/#multiline
 */
function join(multiline: Multiline, lines: readonly string[]): string[][] {
  const { mode, start_pattern, condition_pattern } = vectorMultiline(multiline);
  const [start, condition] = [new RegExp(start_pattern), new RegExp(condition_pattern)];
  const records: string[][] = [];
  let open = false;
  for (const line of lines) {
    const goesOn: boolean = open && condition.test(line) === (mode !== 'halt_before');
    if (goesOn || (open && mode === 'continue_past')) {
      records.at(-1)!.push(line);
      open = goesOn;
    } else {
      records.push([line]);
      open = start.test(line);
    }
  }
  return records;
}

describe('the lines of one record', () => {
  test('begin as told, and each other line goes on', () => {
    const lines = ['stray', '2026 a', '  b', 'c', '2026 d'];
    expect(join(Multiline.startingWith('^\\d{4}'), lines)).toEqual([['stray'], ['2026 a', '  b', 'c'], ['2026 d']]);
  });

  test('are an exception of Java with its causes', () => {
    const trace = [
      'java.lang.IllegalStateException: no',
      '\tat shop.Cart.add(Cart.java:7)',
      '\tSuppressed: java.io.IOException: closed',
      '\t\tat shop.File.close(File.java:9)',
      'Caused by: java.lang.NullPointerException',
      '\tat shop.Item.price(Item.java:3)',
      '\t... 12 more',
    ];
    expect(join(Multiline.java(), ['INFO a', ...trace, 'INFO b'])).toEqual([['INFO a'], trace, ['INFO b']]);
  });

  test('are a traceback of Python with the exception after it', () => {
    const trace = [
      'Traceback (most recent call last):',
      '  File "a.py", line 1, in <module>',
      '    f()',
      'shop.Sold: x',
    ];
    expect(join(Multiline.python(), ['a', ...trace, 'b', '  c'])).toEqual([['a'], trace, ['b'], ['  c']]);
  });

  test('are a panic of Go with its goroutines', () => {
    const trace = [
      'panic: runtime error: index out of range [3] with length 3',
      '',
      'goroutine 1 [running]:',
      'main.(*Cart).add(0xc000012345, 0x3)',
      '\t/src/cart.go:7 +0x1d',
      'created by main.main',
      '\t/src/main.go:9 +0x2a',
      'exit status 2',
    ];
    expect(join(Multiline.golang(), ['ready f(x)', ...trace, 'started'])).toEqual([['ready f(x)'], trace, ['started']]);
  });

  test('are an exception of Ruby', () => {
    const trace = [
      "a.rb:6:in `/': divided by 0 (ZeroDivisionError)",
      "\tfrom a.rb:6:in `b'",
      "\t 1: from a.rb:2:in `c'",
    ];
    expect(join(Multiline.ruby(), ['a', ...trace, 'b'])).toEqual([['a'], trace, ['b']]);
  });

  test('are waited for one second', () => {
    expect(vectorMultiline(Multiline.python()).timeout_ms).toBe(1000);
    expect(vectorMultiline(Multiline.startingWith('^x'))).toEqual({
      start_pattern: '^x',
      condition_pattern: '^x',
      mode: 'halt_before',
      timeout_ms: 1000,
    });
  });
});
