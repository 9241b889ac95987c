import { findRepeated } from '../../private/lists';
import type { Problem } from '../rule';
import type { Field } from './field';

/** The items of a list whose field has the value of an earlier one. */
export function checkRepeated(items: readonly Field[], name: string): Problem[] {
  const named = items.map((item) => item.at(name)).filter(({ text }) => text);
  return findRepeated(named, ({ text }) => text).map((at) => ({
    at,
    message: `\`${name}\` "${at.text}" stands twice`,
    fix: 'remove one of the two',
  }));
}
