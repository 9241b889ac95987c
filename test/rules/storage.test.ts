import { isTypo } from '../../src/rules/storage/shared/typo';

test.each([
  ['shop-config', 'shop-confg'],
  ['shop-config', 'shop-configs'],
  ['shop-config', 'shopconfig'],
  ['shop-config', 'shop-cofnig'],
  ['shop-config', 'shop-conflg'],
])('"%s" is meant by "%s"', (name, written) => {
  expect(isTypo(name, written)).toBe(true);
  expect(isTypo(written, name)).toBe(true);
});

test.each([
  ['shard-1', 'shard-2'],
  ['shop-a', 'shop-b'],
  ['a-shop', 'shop'],
  ['web-config', 'app-config'],
  ['shop-config', 'shop-secret'],
])('"%s" is another than "%s"', (name, other) => {
  expect(isTypo(name, other)).toBe(false);
});
