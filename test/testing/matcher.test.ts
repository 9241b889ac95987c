import { Match, Matcher } from '../../src/testing';

test('jest takes a matcher wherever it compares', () => {
  expect({ spec: { replicas: 2, paused: false } }).toEqual({ spec: Match.objectLike({ replicas: 2 }) });
  expect({ spec: { replicas: 2 } }).not.toEqual({ spec: Match.objectLike({ replicas: 3 }) });
});

test('jest shows a matcher as it was written', () => {
  expect(Match.absent()).toBeInstanceOf(Matcher);
  expect(Match.absent().toAsymmetricMatcher()).toBe('Match.absent()');
  expect(() => expect({ a: 1 }).toEqual({ a: Match.absent() })).toThrow(/Match\.absent\(\)/);
});
