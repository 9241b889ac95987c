import { readFileSync, statSync } from 'node:fs';
import { reasonOf } from '../../../src/rules/command/reasons';

test.each([
  [() => statSync('nope'), 'no such file or directory'],
  [() => readFileSync(__dirname), 'illegal operation on a directory'],
  [
    () => {
      throw new Error('something else, for once');
    },
    'something else, for once',
  ],
])('the reason of an error is %#', (act, reason) => {
  let caught = new Error('nothing');
  try {
    act();
  } catch (error) {
    caught = error as Error;
  }
  expect(reasonOf(caught)).toBe(reason);
});
