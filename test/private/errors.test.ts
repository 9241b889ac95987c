import type { App } from 'cdk8s';
import { Construct } from 'constructs';
import { choices, failure, ownerOf } from '../../src/private/errors';
import { newChart } from '../support';

test('the owner of a child named "Resource" or "Default" is the construct that the user wrote', () => {
  const web = new Construct(newChart(), 'web');
  const child = new Construct(web, 'Default');
  expect(ownerOf(web)).toBe(web);
  expect(ownerOf(child)).toBe(web);
  expect(ownerOf(new Construct(child, 'Resource'))).toBe(web);
});

test('a root named "Resource" owns itself', () => {
  const root = new Construct(undefined as unknown as App, 'Resource');
  expect(ownerOf(root)).toBe(root);
});

test('an error begins with the path of the construct that the user wrote', () => {
  const web = new Construct(newChart(), 'web');
  expect(failure(web, 'it broke; mend it')).toEqual(new Error('[shop/web] it broke; mend it'));
  expect(failure(new Construct(web, 'Resource'), 'it broke')).toEqual(new Error('[shop/web] it broke'));
});

test('an error of a value that is no construct begins with its name', () => {
  expect(failure('LogRotation', 'it broke')).toEqual(new Error('[LogRotation] it broke'));
});

test.each([
  [0, ''],
  [1, ' (taken: n0)'],
  [3, ' (taken: n0, n1, n2)'],
  [8, ' (taken: n0, n1, n2, n3, n4, n5, n6, n7)'],
  [9, ''],
])('of %d choices the reader sees "%s"', (count, text) => {
  expect(
    choices(
      'taken',
      Array.from({ length: count }, (_, index) => `n${index}`),
    ),
  ).toBe(text);
});
