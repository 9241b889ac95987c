import { Field } from '../../src/rules/model/field';
import { distance, explain, isMatch, keep, MATCH, merge, mismatch } from '../../src/testing/comparison';

const pod = Field.root({ metadata: { name: 'web' }, spec: { hostNetwork: true } });

test('a mismatch names its path, what is expected and what is there', () => {
  const wrong = merge([mismatch(pod.at('spec', 'hostNetwork'), 'nothing'), mismatch(pod.at('kind'), '"Pod"'), MATCH]);
  expect(isMatch(wrong)).toBe(false);
  expect(explain(wrong)).toBe(
    '  spec.hostNetwork: expected nothing, found true\n  kind: expected "Pod", found nothing',
  );
});

test('the value as a whole has a name too', () => {
  expect(explain(mismatch(Field.root(1), '2'))).toBe('  the whole: expected 2, found 1');
});

test('another name is further away than several other differences', () => {
  const name = mismatch(pod.at('metadata', 'name'), '"api"');
  const other = mismatch(pod.at('spec', 'hostNetwork'), 'false');
  expect(distance(name)).toBeGreaterThan(distance(merge([other, other, other])));
  expect(distance(MATCH)).toBe(0);
});

test('what is captured is handed over', () => {
  const kept: unknown[] = [];
  keep({ mismatches: [], captured: [{ into: { keep: (value) => kept.push(value) }, value: 1 }] });
  expect(kept).toEqual([1]);
});
