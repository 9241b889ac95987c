import { allRules } from '../../src/rules/all-rules';
import { RULES } from '../../src/rules/list';

test('they are those of the list, the same objects each time', () => {
  expect(allRules()).toBe(RULES);
});
