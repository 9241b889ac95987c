import { failure } from '../private/errors';
import { nearest } from '../private/nearest';
import { Field } from '../rules/model/field';
import { type Comparison, distance, isMatch, MATCH, merge, mismatch } from './comparison';
import { Matcher } from './matcher';
import { isAsymmetric, show } from './show';

/**
 * Compares a pattern with the value of a field. Objects are partial: fields that the pattern does not name do not matter. A list
 * is as long as its pattern, item by item; `Match.arrayWith` takes a part of it.
 *
 * @param exact whether fields that the pattern does not name are wrong
 */
export function compare(pattern: unknown, at: Field, exact = false): Comparison {
  if (pattern instanceof Matcher) {
    return pattern.compare(at);
  }
  if (isAsymmetric(pattern)) {
    return pattern.asymmetricMatch(at.value) ? MATCH : mismatch(at, show(pattern));
  }
  if (pattern === undefined || typeof pattern === 'function') {
    throw failure(
      at.path || 'pattern',
      `the pattern is ${show(pattern)} here; write a value, \`Match.absent()\` or \`Match.anyValue()\``,
    );
  }
  if (pattern instanceof RegExp) {
    return at.text !== undefined && new RegExp(pattern).test(at.text) ? MATCH : mismatch(at, `text like ${pattern}`);
  }
  if (typeof pattern !== 'object' || pattern === null) {
    return pattern === at.value ? MATCH : mismatch(at, show(pattern));
  }
  return Array.isArray(pattern) ? compareList(pattern, at, exact) : compareObject(pattern, at, exact);
}

/** Whether a pattern matches a value that stands on its own. */
export function matches(pattern: unknown, value: unknown): boolean {
  return isMatch(compare(pattern, Field.root(value)));
}

function compareList(pattern: readonly unknown[], at: Field, exact: boolean): Comparison {
  if (!Array.isArray(at.value)) {
    return mismatch(at, show(pattern));
  }
  const { items } = at;
  const pairs = pattern.slice(0, items.length).map((item, index) => compare(item, items[index]!, exact));
  return pattern.length === items.length
    ? merge(pairs)
    : merge([...pairs, mismatch(at, `a list of ${pattern.length}`, `one of ${items.length}: ${show(at.value)}`)]);
}

function compareObject(pattern: object, at: Field, exact: boolean): Comparison {
  if (at.exists && !at.isObject) {
    return mismatch(at, show(pattern));
  }
  const entries = Object.entries(pattern);
  const parts = merge(entries.map(([name, value]) => compareEntry(value, at.at(name), at, exact)));
  if (!at.exists && (entries.length === 0 || !isMatch(parts))) {
    return mismatch(at, show(pattern), show(at.value), Math.max(1, distance(parts)));
  }
  const named = new Set(Object.keys(pattern));
  const surplus = exact ? at.fields.filter(({ name, exists }) => exists && !named.has(name)) : [];
  return merge([parts, ...surplus.map((field) => mismatch(field, 'nothing'))]);
}

/** A field that is missing may be there under a name that is nearly the same. */
function compareEntry(pattern: unknown, at: Field, holder: Field, exact: boolean): Comparison {
  const comparison = compare(pattern, at, exact);
  const meant = at.exists || isMatch(comparison) ? undefined : nearest(at.name, holder.names);
  return meant === undefined
    ? comparison
    : {
        ...comparison,
        mismatches: comparison.mismatches.map((found) => ({ ...found, text: `${found.text}; there is "${meant}"` })),
      };
}
