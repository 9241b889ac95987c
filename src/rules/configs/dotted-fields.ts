import type { Field } from '../model/field';

/** The field of this dotted name in fields that may be written nested, dotted, or partly so. */
export function findDotted(field: Field, name: string): Field {
  const whole = field.at(name);
  const parts = name.split('.');
  for (let length = parts.length - 1; length > 0 && !whole.exists; length--) {
    const head = field.at(parts.slice(0, length).join('.'));
    const found = head.exists ? findDotted(head, parts.slice(length).join('.')) : undefined;
    if (found?.exists) {
      return found;
    }
  }
  return whole;
}
