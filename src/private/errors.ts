import type { IConstruct } from 'constructs';

/** Lists longer than this tell the reader nothing. */
const MAX_CHOICES = 8;

/**
 * The construct a user wrote for this one: a child named `Resource` or `Default` speaks for its parent,
 * as it does in the names that cdk8s generates.
 */
export function ownerOf(construct: IConstruct): IConstruct {
  const { id, scope } = construct.node;
  return scope && (id === 'Resource' || id === 'Default') ? ownerOf(scope) : construct;
}

/** An error in the one form of this library: where, what is wrong, what to do. */
export function failure(where: IConstruct | string, text: string): Error {
  return new Error(`[${typeof where === 'string' ? where : ownerOf(where).node.path}] ${text}`);
}

/** ` (label: a, b)`, or nothing where there are no choices or too many to help. */
export function choices(label: string, names: readonly string[]): string {
  return names.length > 0 && names.length <= MAX_CHOICES ? ` (${label}: ${names.join(', ')})` : '';
}
