import { goTimeLayout } from '../../src/software/go-time';

test.each([
  ['%Y-%m-%dT%H:%M:%S.%LZ', '2006-01-02T15:04:05.999999999Z'],
  ['%Y-%m-%dT%H:%M:%S,%L%z', '2006-01-02T15:04:05,999999999-0700'],
  ['%FT%T.%L%z', '2006-01-02T15:04:05.999999999-0700'],
  ['%d/%b/%Y:%H:%M:%S %z', '02/Jan/2006:15:04:05 -0700'],
  ['%a %b %e %I:%M:%S %p %Z %y', 'Mon Jan _2 03:04:05 PM MST 06'],
  ['%A, %B %d', 'Monday, January 02'],
  ['[%F] 100%%', undefined],
  ['(%F) %%', '(2006-01-02) %'],
])('%s is %s to Go', (format, layout) => {
  expect(goTimeLayout(format)).toBe(layout);
});

test.each([
  ['seconds since 1970', '%s'],
  ['the day of the year', '%j'],
  ['a fraction that nothing parts from the seconds', '%S%L'],
  ['a word that Go might take for a part of the time', 'at %H:%M'],
  ['a digit that Go might take for a part of the time', '%H:%M 2'],
  ['a conversion that is cut off', '%H:%'],
])('%s has no layout', (_, format) => {
  expect(goTimeLayout(format)).toBeUndefined();
});
