import type { IConstruct } from 'constructs';

/** Lists longer than this tell the reader nothing. */
const MAX_CHOICES = 8;

/**
 * The construct a user wrote for this one: a child named `Resource` or `Default` speaks for its parent,
 * as it does in the names that cdk8s generates.
 */
export function findOwner(construct: IConstruct): IConstruct {
  const { id, scope } = construct.node;
  return scope && (id === 'Resource' || id === 'Default') ? findOwner(scope) : construct;
}

/** An error in the one form of this library: where, what is wrong, what to do. */
export function createError(where: IConstruct | string, text: string): Error {
  return new Error(`[${typeof where === 'string' ? where : findOwner(where).node.path}] ${text}`);
}

/** ` (label: a, b)`, or nothing where there are no choices or too many to help. */
export function describeChoices(label: string, names: readonly string[]): string {
  return names.length > 0 && names.length <= MAX_CHOICES ? ` (${label}: ${names.join(', ')})` : '';
}

/** Fails with the first of these problems, where there is one. */
export function throwFirst(where: IConstruct | string, problems: readonly string[]): void {
  if (problems.length > 0) {
    throw createError(where, problems[0]!);
  }
}
