import type { Field } from '../../model/field';
import type { Problem } from '../../rule';

/** Checks rules by which an indexed Job of so many pods has succeeded. */
export function checkSuccessRules(rules: Field, completions: number | undefined): Problem[] {
  return rules.items.length === 0
    ? [{ at: rules, message: 'the success policy has no rule', fix: 'write a rule, or remove the policy' }]
    : rules.items.flatMap((rule) => checkSuccessRule(rule, completions ?? Number.POSITIVE_INFINITY));
}

function checkSuccessRule(rule: Field, completions: number): Problem[] {
  const [indexes, count] = [rule.at('succeededIndexes'), rule.at('succeededCount')];
  if (!indexes.exists && !count.exists) {
    const message = 'a rule of success has neither `succeededIndexes` nor `succeededCount`';
    return [{ at: indexes, message, fix: 'write one of the two' }];
  }
  const most = indexes.text === undefined ? completions : countIndexes(indexes.text, completions);
  if (most === undefined) {
    const message = `\`succeededIndexes\` is "${indexes.text}", which are no indexes in order below ${completions}`;
    return [{ at: indexes, message, fix: 'write them as in `0,2-4`' }];
  }
  return count.number !== undefined && (count.number > most || count.number < 0)
    ? [
        {
          at: count,
          message: `\`succeededCount\` is ${count.number}, and there are ${most} indexes`,
          fix: `write a number from 0 to ${most}`,
        },
      ]
    : [];
}

/** The number of indexes that a text such as `0,2-4` names; nothing where it names none in order. */
function countIndexes(text: string, completions: number): number | undefined {
  let last = -1;
  let count = 0;
  for (const part of text === '' ? [] : text.split(',')) {
    const [, first, end = first] = /^(\d+)(?:-(\d+))?$/.exec(part) ?? [];
    const isRange = part.includes('-');
    if (
      first === undefined ||
      Number(first) <= last ||
      Number(end) >= completions ||
      (isRange && Number(end) <= Number(first))
    ) {
      return undefined;
    }
    last = Number(end);
    count += last - Number(first) + 1;
  }
  return count;
}
