import * as fc from 'fast-check';
import { environmentVariable, reference, string, writeBlocks } from '../../../../src/companions/logs/alloy/syntax';
import { readAlloy, readString } from '../../../alloy-schema';

describe('a text in the configuration of Alloy', () => {
  test.each([
    ['', '""'],
    ['say "hi"', '"say \\"hi\\""'],
    ['^\\d+$', '"^\\\\d+$"'],
    ['two\nlines\tand\r\0', '"two\\nlines\\tand\\r\\u0000"'],
    ['\ufeffmark', '"\\ufeffmark"'],
    ['half \ud83d', '"half \\ufffd"'],
    ['whole 😀 ü', '"whole 😀 ü"'],
    ['// no comment ${x} `y`', '"// no comment ${x} `y`"'],
  ])('%j is written %s', (text, written) => {
    expect(string(text)).toBe(written);
  });

  const texts = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc
      .array(fc.constantFrom('\\', '"', '\n', 'u', '0', '/', '*', '`', '}', '\ufeff', '\0'))
      .map((signs) => signs.join('')),
  );

  test('is read back as it was, whatever stands in it', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(readString(string(text))).toBe(text);
      }),
      { numRuns: 2000 },
    );
  });

  test('of an attribute or key never becomes another attribute or block', () => {
    fc.assert(
      fc.property(texts, texts, (text, key) => {
        const written = writeBlocks([{ name: 'a.b', label: 'c', body: [['x', { [key]: text }]] }]);
        expect(readAlloy(written)).toEqual([
          { name: 'a.b', label: 'c', attributes: { x: { [key]: text } }, blocks: [] },
        ]);
      }),
      { numRuns: 1000 },
    );
  });
});

test('blocks are written in each other, with values of every kind', () => {
  const text = writeBlocks([
    {
      name: 'loki.write',
      label: 'a',
      body: [
        ['on', true],
        ['retries', 0],
        ['labels', { pod: environmentVariable('POD_NAME'), 'x-y': 'z', true: '1' }],
        ['to', [reference('loki', 'b', 'receiver'), 'c']],
        { name: 'endpoint', body: [['url', 'http://loki']] },
      ],
    },
    { name: 'empty', body: [] },
  ]);
  expect(text).toBe(`loki.write "a" {
	on      = true
	retries = 0
	labels  = {
		pod    = sys.env("POD_NAME"),
		"x-y"  = "z",
		"true" = "1",
	}
	to      = [loki.b.receiver, "c"]

	endpoint {
		url = "http://loki"
	}
}

empty {
}
`);
});
