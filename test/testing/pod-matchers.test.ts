import { podMatchers } from '../../src/testing';

test('each matcher has the name under which `expect` gets it', () => {
  for (const [name, matcher] of Object.entries(podMatchers)) {
    expect(matcher.name).toBe(name);
  }
  expect(Object.keys(podMatchers)).toHaveLength(8);
});
