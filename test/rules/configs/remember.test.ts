import { isReadable, remembered } from '../../../src/rules/configs/remember';

test('a text is read once', () => {
  const read = jest.fn((text: string) => text.length);
  const remember = remembered(read);
  expect([remember('abc'), remember('abc'), remember('ab')]).toEqual([3, 3, 2]);
  expect(read).toHaveBeenCalledTimes(2);
});

test('not everything is kept for ever', () => {
  const read = jest.fn((text: string) => text);
  const remember = remembered(read);
  for (let index = 0; index < 1000; index++) {
    remember(String(index));
  }
  remember('999');
  expect(read).toHaveBeenCalledTimes(1000);
  remember('0');
  expect(read).toHaveBeenCalledTimes(1001);
});

test('a text beyond any ConfigMap is not read', () => {
  expect(isReadable('x')).toBe(true);
  expect(isReadable('x'.repeat(1024 * 1024 + 1))).toBe(false);
});
