import { CONTINUED_LINES } from '../../src/software/stack-traces';

const joins = (language: string, line: string) => new RegExp(`^(?:${CONTINUED_LINES[language]})`).test(line);

describe('a line of a stack trace', () => {
  test.each([
    ['java', '\tat com.acme.Shop.order(Shop.java:42)'],
    ['java', 'Caused by: java.io.IOException'],
    ['java', '\t... 3 more'],
    ['python', '  File "a.py", line 3, in f'],
    ['python', 'shop.errors.StockError: none left'],
    ['python', 'KeyboardInterrupt'],
    ['python', 'During handling of the above exception, another exception occurred:'],
    ['go', ''],
    ['go', 'goroutine 1 [running]:'],
    ['go', 'main.(*Shop).order(0xc000012345, 0x2a)'],
    ['go', '\t/src/shop.go:42 +0x1d'],
    ['go', 'created by main.main in goroutine 1'],
    ['ruby', "\tfrom shop.rb:9:in `<main>'"],
  ])('of %s goes on the record: %j', (language, line) => {
    expect(joins(language, line)).toBe(true);
  });

  test.each([
    ['java', 'java.lang.IllegalStateException: no stock'],
    ['java', '10:00 ERROR at once'],
    ['python', 'Traceback (most recent call last):'],
    ['python', 'INFO no Error here'],
    ['go', 'panic: no stock'],
    ['go', '{"level":"info"}'],
    ['ruby', "shop.rb:3:in `order': no stock (StockError)"],
  ])('of %s begins one: %j', (language, line) => {
    expect(joins(language, line)).toBe(false);
  });
});
