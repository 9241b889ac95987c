import { explanation, listText, ruleOf } from '../../../src/rules/command/rule-texts';
import { RULE_GROUPS, RULES } from '../../../src/rules/list';

test('the list holds every rule in its group', () => {
  const text = listText();
  for (const { id, severity, catches } of RULES) {
    expect(text).toMatch(new RegExp(`^  ${id} +${severity} `, 'm'));
    expect(text).toContain(catches);
  }
  const groups = text.split('\n').filter((line) => /^\w/.test(line));
  expect(groups).toEqual(Object.keys(RULE_GROUPS).filter((group) => RULE_GROUPS[group]!.length > 0));
});

test.each(RULES.map((rule) => [rule.id, rule] as const))('all about %s is explained', (id, rule) => {
  const text = explanation(rule);
  for (const part of [rule.severity, rule.catches, rule.consequence, rule.fix, rule.source]) {
    expect(text).toContain(part);
  }
  expect(text).toContain(`cdk8s-pod-patterns/ignore: "${id}: <reason>"`);
  expect(text).toContain(`--set ${id}=off`);
});

test('a rule is found by its name, or the name that is meant', () => {
  expect(ruleOf('image-tag').rule!.id).toBe('image-tag');
  expect(ruleOf('image-tags')).toEqual({ meant: 'image-tag' });
  expect(ruleOf('x')).toEqual({ meant: undefined });
});
