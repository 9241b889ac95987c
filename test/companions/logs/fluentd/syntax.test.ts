import * as fc from 'fast-check';
import { quoted, Variable, writeSections } from '../../../../src/companions/logs/fluentd/syntax';
import { readFluentd, readLiteral } from '../../../fluentd-schema';

describe('a text in the configuration of Fluentd', () => {
  test.each([
    ['', "''"],
    ["it's", "'it\\'s'"],
    ['C:\\logs', "'C:\\\\logs'"],
    ['#{ENV["X"]}', '\'#{ENV["X"]}\''],
    ['a # no comment', "'a # no comment'"],
    ['two\nlines of #{`id`} and "quotes"', '"two\\nlines of \\#{`id`} and \\"quotes\\""'],
  ])('%j is written %s', (text, written) => {
    expect(quoted(text)).toBe(written);
  });

  test('is read back as it was, whatever stands in it, and evaluates nothing', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc
        .array(fc.constantFrom('\\', "'", '"', '#', '{', '}', '\n', '\t', 'n', '$', '<', '>', ' '))
        .map((s) => s.join('')),
    );
    fc.assert(
      fc.property(text, (value) => {
        expect(readLiteral(quoted(value))).toBe(value);
      }),
      { numRuns: 2000 },
    );
  });

  test('of a parameter never becomes another parameter or section', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        const text = writeSections([
          {
            name: 'match',
            argument: '**',
            items: [
              ['a', value],
              ['b', 1],
            ],
          },
        ]);
        expect(readFluentd(text)).toEqual([
          { name: 'match', argument: '**', parameters: { a: value, b: '1' }, sections: [] },
        ]);
      }),
      { numRuns: 1000 },
    );
  });
});

test('sections are written in each other, with values of every kind', () => {
  const text = writeSections([
    {
      name: 'match',
      argument: '**',
      items: [
        ['@type', 'http'],
        ['port', 80],
        ['tls', false],
        ['paths', ['/a b', '/c']],
        { name: 'auth', items: [['password', new Variable('HTTP_PASSWORD')]] },
      ],
    },
    { name: 'source', items: [] },
  ]);
  expect(text).toBe(`<match **>
  @type http
  port 80
  tls false
  paths '["/a b","/c"]'
  <auth>
    password "#{ENV['HTTP_PASSWORD']}"
  </auth>
</match>

<source>
</source>
`);
});
