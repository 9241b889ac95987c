import { Writable } from 'node:stream';
import { write } from '../../../src/rules/command/output';

function failing(code: string): Writable {
  return new Writable({ write: (_, __, done) => done(Object.assign(new Error('failed'), { code })) });
}

test('a slow reader gets everything, and no more is made than it takes', async () => {
  let made = 0;
  let ahead = 0;
  const taken: string[] = [];
  const slow = new Writable({
    highWaterMark: 10,
    write: (piece, _, done) => {
      taken.push(String(piece));
      ahead = Math.max(ahead, made - taken.length);
      setImmediate(done);
    },
  });
  await write(
    slow,
    (function* () {
      for (; made < 500; made++) {
        yield `${made}\n`;
      }
    })(),
  );
  expect(taken.filter((piece) => piece !== '')).toEqual(Array.from({ length: 500 }, (_, index) => `${index}\n`));
  expect(ahead).toBeLessThan(100);
  expect(slow.writableEnded).toBe(false);
});

test('a reader that goes away ends the writing quietly', async () => {
  await expect(write(failing('EPIPE'), ['a', 'b'])).resolves.toBeUndefined();
});

test('another failure is told', async () => {
  await expect(write(failing('ENOSPC'), ['a', 'b'])).rejects.toThrow('failed');
});
