import type * as list from './list';
import type { Rule } from './rule';

/** All rules, loaded when the first manifest is checked: an app that only has its constructs recorded needs none of them. */
export function loadRules(): readonly Rule[] {
  return (require('./list') as typeof list).RULES;
}
