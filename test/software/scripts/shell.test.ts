import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { quoted } from '../../../src/software/scripts/shell';

test.each([
  ['plain', "'plain'"],
  ['two words', "'two words'"],
  ["it's", "'it'\\''s'"],
  ['', "''"],
])('the text "%s" is one word of a script', (text, word) => {
  expect(quoted(text)).toBe(word);
});

test('any text comes out of a shell as it went in, and nothing of it is run', () => {
  const hostile = fc.string({ unit: fc.constantFrom(...'\'"`$()\\;&|<>*?#~ \n\tab{}[]!'.split('')) });
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(hostile, fc.string()).filter((text) => !text.includes('\0')),
        { maxLength: 20 },
      ),
      (texts) => {
        const script = texts.map((text) => `printf '%s\\0' ${quoted(text)}\n`).join('');
        const { stdout, status } = spawnSync('sh', ['-c', script], { encoding: 'utf8' });
        expect([stdout, status]).toEqual([texts.map((text) => `${text}\0`).join(''), 0]);
      },
    ),
    { numRuns: 50 },
  );
});
