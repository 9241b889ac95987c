import { hasOwn } from '../../private/own';
import { toNanos } from '../../private/quantities';
import { loadObjectType, type Shape } from '../../rules/model/schema';
import { type Fields, hasFields, isSame, type Json, listFieldSets } from './json';
import { isQuantity } from './normalize';
import { findTraits } from './traits';

/** One field that differs. */
export interface FieldChange {
  /** The way to it: names of fields, and items of lists by what tells them apart, as in `[app]`. */
  readonly keys: readonly string[];
  /** The value before; nothing where there was none. */
  readonly old?: Json;
  /** The value after; nothing where there is none. */
  readonly next?: Json;
  /** Whether only the order of the items of a list differs; the values are their keys. */
  readonly isOrder?: boolean;
}

/** The path of a change: `spec.template.spec.containers[app].image`. */
export function formatPath(keys: readonly string[]): string {
  return keys
    .map((key) => (/^\[/.test(key) ? key : /^[\w-]+$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`))
    .join('')
    .replace(/^\./, '');
}

/** The object whose states are compared, as far as it is known. */
interface Compared {
  /** The type of its fields. */
  readonly type?: string;
  readonly kubernetes: number;
  /** The field below which quantities are compared as they are written, and not by what they mean. */
  readonly literal?: readonly string[];
}

/** All fields in which two states of an object differ. */
export function compareFields(before: Fields, after: Fields, compared: Compared): FieldChange[] {
  const comparison = new Comparison(compared);
  comparison.compareObjects(before, after, compared.type, []);
  return comparison.changes;
}

class Comparison {
  public readonly changes: FieldChange[] = [];

  public constructor(private readonly compared: Compared) {}

  public compareObjects(before: Fields, after: Fields, type: string | undefined, keys: readonly string[]): void {
    const known = type === undefined ? undefined : loadObjectType(type, this.compared.kubernetes).fields;
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    for (const name of names) {
      const shape = known?.get(name)?.shape;
      const key = type === undefined ? undefined : findTraits(type, name).mergeKey;
      this.compareValues(readOwn(before, name), readOwn(after, name), shape, [...keys, name], key);
    }
  }

  private compareValues(old: Json, next: Json, shape: Shape | undefined, keys: readonly string[], key?: string): void {
    if (isSame(old, next) || (shape !== undefined && isQuantity(shape) && this.isSameAmount(old, next, keys))) {
      return;
    }
    const [before, after] = [old ?? toEmpty(next, shape, key), next ?? toEmpty(old, shape, key)];
    const merged = Array.isArray(before) && Array.isArray(after) ? findKey(before, after, key) : undefined;
    if (hasFields(before) && hasFields(after)) {
      this.compareMaps(before, after, shape, keys);
    } else if (merged !== undefined) {
      this.compareLists(before, after, merged, shape?.items, keys);
    } else {
      this.changes.push({ keys, ...(old !== undefined && { old }), ...(next !== undefined && { next }) });
    }
  }

  /** Objects of a type, or maps whose values are all of one shape. */
  private compareMaps(old: Fields, next: Fields, shape: Shape | undefined, keys: readonly string[]): void {
    if (shape?.items === undefined) {
      this.compareObjects(old, next, shape?.type, keys);
      return;
    }
    for (const name of new Set([...Object.keys(old), ...Object.keys(next)])) {
      this.compareValues(readOwn(old, name), readOwn(next, name), shape.items, [...keys, name]);
    }
  }

  private isSameAmount(old: Json, next: Json, keys: readonly string[]): boolean {
    const { literal } = this.compared;
    const isLiteral = literal?.every((key, index) => keys[index] === key);
    const amounts = [old, next].map((value) => (value === undefined ? undefined : toNanos(String(value))));
    return !isLiteral && amounts[0] !== undefined && amounts[0] === amounts[1];
  }

  private compareLists(
    old: Fields[],
    next: Fields[],
    key: string,
    items: Shape | undefined,
    keys: readonly string[],
  ): void {
    const [before, after] = [old, next].map(
      (list) => new Map(list.map((item) => [String(readItemKey(item, key)), item])),
    );
    for (const name of new Set([...before!.keys(), ...after!.keys()])) {
      this.compareValues(before!.get(name), after!.get(name), items, [...keys, `[${name}]`]);
    }
    const [was, is] = [
      [...before!.keys()].filter((name) => after!.has(name)),
      [...after!.keys()].filter((name) => before!.has(name)),
    ];
    if (!isSame(was, is)) {
      this.changes.push({ keys, old: was, next: is, isOrder: true });
    }
  }
}

/** A stand-in for a map or list that is not there, where its content comes or goes item by item. */
function toEmpty(value: Json, shape: Shape | undefined, key: string | undefined): Json {
  if (Array.isArray(value)) {
    return key === undefined ? undefined : [];
  }
  return hasFields(value) && shape?.items !== undefined ? {} : undefined;
}

/** The field that tells the items of two lists apart; nothing where there is none. */
function findKey(old: Json[], next: Json[], mergeKey = 'name'): string | undefined {
  return [mergeKey, 'name', CLAIM_NAME].find((key) => key !== '' && [old, next].every((list) => isKey(list, key)));
}

function isKey(list: Json[], key: string): boolean {
  const values = listFieldSets(list).map((item) => readItemKey(item, key));
  const names = new Set(values.filter((value) => ['string', 'number'].includes(typeof value)));
  return names.size === list.length;
}

/** Templates of claims are told apart by what stands deeper in them. */
const CLAIM_NAME = 'metadata.name';

function readItemKey(item: Fields, key: string): Json {
  return key === CLAIM_NAME ? item.metadata?.name : item[key];
}

function readOwn(object: Fields, name: string): Json {
  return hasOwn(object, name) ? object[name] : undefined;
}
