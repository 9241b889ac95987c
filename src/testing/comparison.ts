import type { Field } from '../rules/model/field';
import { showValue } from './show';

/** A name tells which object or item is meant, so another name is another object. */
const COST_OF_NAME = 10;

/** A field that does not match its pattern. */
export interface Mismatch {
  /** The field, as in `spec.containers[0].name`; empty for the value as a whole. */
  readonly path: string;
  /** The expected value and the one that is there. */
  readonly text: string;
  /** Its distance from a match. */
  readonly cost: number;
}

/** A value that a pattern takes out where the whole of it matches. */
export interface Captured {
  readonly into: { keep(value: unknown): void };
  readonly value: unknown;
}

/** The result of comparing a pattern with a value. */
export interface Comparison {
  readonly mismatches: readonly Mismatch[];
  readonly captured: readonly Captured[];
}

/** The comparison that finds nothing wrong. */
export const MATCH: Comparison = { mismatches: [], captured: [] };

/** The comparison of a field that is not as expected. */
export function createMismatch(
  at: Field,
  expected: string,
  found = showValue(at.value),
  cost = toCost(at),
): Comparison {
  return { mismatches: [{ path: at.path, text: `expected ${expected}, found ${found}`, cost }], captured: [] };
}

/** Several comparisons as one. */
export function mergeComparisons(parts: readonly Comparison[]): Comparison {
  return {
    mismatches: parts.flatMap(({ mismatches }) => mismatches),
    captured: parts.flatMap(({ captured }) => captured),
  };
}

/** Whether nothing is wrong. */
export function isMatch({ mismatches }: Comparison): boolean {
  return mismatches.length === 0;
}

/** The distance of a value from its pattern. */
export function sumCosts({ mismatches }: Comparison): number {
  return mismatches.reduce((sum, { cost }) => sum + cost, 0);
}

/** The mismatches, one line for each field. */
export function explainMismatches({ mismatches }: Comparison): string {
  return mismatches.map(({ path, text }) => `  ${path === '' ? 'the whole' : path}: ${text}`).join('\n');
}

/** Hands over what was captured; only for a pattern that matches as a whole. */
export function applyCaptures({ captured }: Comparison): void {
  for (const { into, value } of captured) {
    into.keep(value);
  }
}

function toCost(at: Field): number {
  return at.name === 'name' ? COST_OF_NAME : 1;
}
