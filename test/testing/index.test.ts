import * as kit from '../../src/testing';

test('the test kit is what is documented', () => {
  expect(Object.keys(kit).sort()).toEqual([
    'Capture',
    'ContainerHandle',
    'Manifests',
    'Match',
    'Matcher',
    'PodHandle',
    'manifestSerializer',
    'podMatchers',
  ]);
});
