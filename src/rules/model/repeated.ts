import type { Problem } from '../rule';
import type { Field } from './field';

/** The items of a list whose field has the value of an earlier one. */
export function findRepeated(items: readonly Field[], name: string): Problem[] {
  const seen = new Set<string>();
  return items
    .map((item) => item.at(name))
    .filter(({ text }) => {
      const isRepeated = text !== undefined && seen.has(text);
      seen.add(text ?? '');
      return isRepeated && text !== '';
    })
    .map((at) => ({ at, message: `\`${name}\` "${at.text}" stands twice`, fix: 'remove one of the two' }));
}
