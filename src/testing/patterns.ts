import { matchesPattern } from '../private/paths';
import { loadYaml } from '../private/yaml';
import { Field } from '../rules/model/field';
import { matchRowsToColumns } from './assign';
import { comparePattern, matchesValue } from './compare';
import { type Comparison, createMismatch, isMatch, MATCH, mergeComparisons, sumCosts } from './comparison';
import { Matcher } from './matcher';
import { showValue } from './show';

/** A matcher that is made of a function. */
export class Pattern extends Matcher {
  public constructor(
    private readonly written: string,
    private readonly check: (at: Field) => Comparison,
  ) {
    super();
  }

  /** @internal */
  public compare(at: Field): Comparison {
    return this.check(at);
  }

  public asymmetricMatch(value: unknown): boolean {
    return matchesValue(this, value);
  }

  public toString(): string {
    return this.written;
  }
}

/** Compares a list with items that must be in it, each pattern with an item of its own. */
export function compareItems(patterns: readonly unknown[], at: Field): Comparison {
  if (!Array.isArray(at.value)) {
    return createMismatch(at, `a list with ${showValue(patterns)}`);
  }
  const table = patterns.map((pattern) => at.items.map((item) => comparePattern(pattern, item)));
  const items = matchRowsToColumns(table.map((row) => row.map(isMatch)));
  return mergeComparisons(patterns.map((pattern, row) => compareItem(pattern, table[row]!, items[row], at)));
}

function compareItem(pattern: unknown, row: readonly Comparison[], item: number | undefined, at: Field): Comparison {
  if (item !== undefined) {
    return row[item]!;
  }
  const [near] = row
    .map((comparison, index) => ({ comparison, cost: sumCosts(comparison), path: at.items[index]!.path }))
    .sort((a, b) => a.cost - b.cost);
  if (!near) {
    return createMismatch(at, `an item like ${showValue(pattern)}`, 'an empty list');
  }
  const found = near.cost === 0 ? `no other than ${near.path}` : `none; the nearest is ${near.path}`;
  const details = near.comparison.mismatches.map((one) => ({ ...one, cost: 0 }));
  return mergeComparisons([
    createMismatch(at, `an item like ${showValue(pattern)}`, found, Math.max(1, near.cost)),
    { mismatches: details, captured: [] },
  ]);
}

/** Compares what a text says once it is read. */
export function compareText(language: 'JSON' | 'YAML', pattern: unknown, at: Field): Comparison {
  if (at.text === undefined) {
    return createMismatch(at, `${language} text`);
  }
  const read = parseText(language, at.text);
  if (read.error !== undefined) {
    return createMismatch(at, `${language} text`, `text that is none: ${read.error}`);
  }
  const { mismatches, captured } = comparePattern(pattern, Field.root(read.value));
  return {
    captured,
    mismatches: mismatches.map((one) => ({ ...one, path: `${at.path} > ${one.path || 'the whole'}` })),
  };
}

function parseText(language: 'JSON' | 'YAML', text: string): { readonly value?: unknown; readonly error?: string } {
  try {
    return { value: language === 'JSON' ? JSON.parse(text) : loadYaml().parse(text, { merge: true }) };
  } catch (error) {
    return { error: (error as Error).message.split('\n')[0]!.replace(/[.:]$/, '') };
  }
}

/** Compares a text with a pattern in which `*` stands for any characters. */
export function compareGlob(glob: string, at: Field): Comparison {
  const pattern = glob.replace(/[?[]/g, '[$&]');
  return at.text !== undefined && matchesPattern(pattern, at.text)
    ? MATCH
    : createMismatch(at, `text like ${JSON.stringify(glob)}`);
}
