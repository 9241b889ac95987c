import type { Field } from '../rules/model/field';
import { show } from './show';

/** A name tells which object or item is meant, so another name is another object. */
const COST_OF_NAME = 10;

/** What a pattern has against one field. */
export interface Mismatch {
  /** The field, as in `spec.containers[0].name`; empty for the value as a whole. */
  readonly path: string;
  /** What is expected and what is there. */
  readonly text: string;
  /** How far that is from a match. */
  readonly cost: number;
}

/** A value that a pattern takes out where the whole of it matches. */
export interface Captured {
  readonly into: { keep(value: unknown): void };
  readonly value: unknown;
}

/** How a pattern and a value compare. */
export interface Comparison {
  readonly mismatches: readonly Mismatch[];
  readonly captured: readonly Captured[];
}

/** The comparison that finds nothing wrong. */
export const MATCH: Comparison = { mismatches: [], captured: [] };

/** The comparison of a field that is not as expected. */
export function mismatch(at: Field, expected: string, found = show(at.value), cost = costOf(at)): Comparison {
  return { mismatches: [{ path: at.path, text: `expected ${expected}, found ${found}`, cost }], captured: [] };
}

/** Several comparisons as one. */
export function merge(parts: readonly Comparison[]): Comparison {
  return {
    mismatches: parts.flatMap(({ mismatches }) => mismatches),
    captured: parts.flatMap(({ captured }) => captured),
  };
}

/** Whether nothing is wrong. */
export function isMatch({ mismatches }: Comparison): boolean {
  return mismatches.length === 0;
}

/** How far a value is from its pattern. */
export function distance({ mismatches }: Comparison): number {
  return mismatches.reduce((sum, { cost }) => sum + cost, 0);
}

/** What is wrong, one line for each field. */
export function explain({ mismatches }: Comparison): string {
  return mismatches.map(({ path, text }) => `  ${path === '' ? 'the whole' : path}: ${text}`).join('\n');
}

/** Hands over what was captured; only for a pattern that matches as a whole. */
export function keep({ captured }: Comparison): void {
  for (const { into, value } of captured) {
    into.keep(value);
  }
}

function costOf(at: Field): number {
  return at.name === 'name' ? COST_OF_NAME : 1;
}
