import { memoized } from '../../src/private/memo';

/** A function that counts how often it is asked. */
function counted() {
  const asked: unknown[] = [];
  const render = memoized((data: unknown) => {
    asked.push(data);
    return JSON.stringify(data);
  });
  return { asked, render };
}

test('equal data is rendered once', () => {
  const { asked, render } = counted();
  expect([render({ a: [1] }), render({ a: [1] }), render({ a: [2] })]).toEqual(['{"a":[1]}', '{"a":[1]}', '{"a":[2]}']);
  expect(asked).toEqual([{ a: [1] }, { a: [2] }]);
});

test('a text is right however many were rendered before', () => {
  const { render } = counted();
  const numbers = Array.from({ length: 1_000 }, (_, index) => index);
  expect([...numbers, ...numbers].filter((number) => render({ number }) !== `{"number":${number}}`)).toEqual([]);
});

test('all that is passed counts', () => {
  const join = memoized((...parts: string[]) => parts.join('-'));
  expect([join('a', 'b'), join('a-b'), join('a', 'c'), join()]).toEqual(['a-b', 'a-b', 'a-c', '']);
});

test('what is made of very much data is made anew', () => {
  const { asked, render } = counted();
  const data = 'x'.repeat(100_000);
  expect([render(data), render(data)]).toEqual([JSON.stringify(data), JSON.stringify(data)]);
  expect(asked).toHaveLength(2);
});
