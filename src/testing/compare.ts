import { createError } from '../private/errors';
import { findNearest } from '../private/nearest';
import { Field } from '../rules/model/field';
import { type Comparison, createMismatch, isMatch, MATCH, mergeComparisons, sumCosts } from './comparison';
import { Matcher } from './matcher';
import { isAsymmetric, showValue } from './show';

/**
 * Compares a pattern with the value of a field. Objects are partial: fields that the pattern does not name do not matter. A list
 * is as long as its pattern, item by item; `Match.arrayWith` takes a part of it.
 *
 * @param exact whether fields that the pattern does not name are wrong
 */
export function comparePattern(pattern: unknown, at: Field, exact = false): Comparison {
  if (pattern instanceof Matcher) {
    return pattern.compare(at);
  }
  if (isAsymmetric(pattern)) {
    return pattern.asymmetricMatch(at.value) ? MATCH : createMismatch(at, showValue(pattern));
  }
  if (pattern === undefined || typeof pattern === 'function') {
    throw createError(
      at.path || 'pattern',
      `the pattern is ${showValue(pattern)} here; write a value, \`Match.absent()\` or \`Match.anyValue()\``,
    );
  }
  if (pattern instanceof RegExp) {
    return at.text !== undefined && new RegExp(pattern).test(at.text)
      ? MATCH
      : createMismatch(at, `text like ${pattern}`);
  }
  if (typeof pattern !== 'object' || pattern === null) {
    return pattern === at.value ? MATCH : createMismatch(at, showValue(pattern));
  }
  return Array.isArray(pattern) ? compareList(pattern, at, exact) : compareObject(pattern, at, exact);
}

/** Whether a pattern matches a value that stands on its own. */
export function matchesValue(pattern: unknown, value: unknown): boolean {
  return isMatch(comparePattern(pattern, Field.root(value)));
}

function compareList(pattern: readonly unknown[], at: Field, exact: boolean): Comparison {
  if (!Array.isArray(at.value)) {
    return createMismatch(at, showValue(pattern));
  }
  const { items } = at;
  const pairs = pattern.slice(0, items.length).map((item, index) => comparePattern(item, items[index]!, exact));
  return pattern.length === items.length
    ? mergeComparisons(pairs)
    : mergeComparisons([
        ...pairs,
        createMismatch(at, `a list of ${pattern.length}`, `one of ${items.length}: ${showValue(at.value)}`),
      ]);
}

function compareObject(pattern: object, at: Field, exact: boolean): Comparison {
  if (at.exists && !at.isObject) {
    return createMismatch(at, showValue(pattern));
  }
  const entries = Object.entries(pattern);
  const parts = mergeComparisons(entries.map(([name, value]) => compareEntry(value, at.at(name), at, exact)));
  if (!at.exists && (entries.length === 0 || !isMatch(parts))) {
    return createMismatch(at, showValue(pattern), showValue(at.value), Math.max(1, sumCosts(parts)));
  }
  const named = new Set(Object.keys(pattern));
  const surplus = exact ? at.fields.filter(({ name, exists }) => exists && !named.has(name)) : [];
  return mergeComparisons([parts, ...surplus.map((field) => createMismatch(field, 'nothing'))]);
}

/** A field that is missing may be there under a name that is nearly the same. */
function compareEntry(pattern: unknown, at: Field, holder: Field, exact: boolean): Comparison {
  const comparison = comparePattern(pattern, at, exact);
  const meant = at.exists || isMatch(comparison) ? undefined : findNearest(at.name, holder.names);
  return meant === undefined
    ? comparison
    : {
        ...comparison,
        mismatches: comparison.mismatches.map((found) => ({ ...found, text: `${found.text}; there is "${meant}"` })),
      };
}
