import { hasOwn } from '../../private/own';

/** Data of a manifest. */
export type Json = any;

/** The fields of an object, by their names. */
export interface Fields {
  [name: string]: Json;
}

/** Whether a value has fields. */
export function hasFields(value: Json): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The items of a list; none where there is no list. */
export function toItems(value: Json): Json[] {
  return Array.isArray(value) ? value : [];
}

/** The objects among the items of a list. */
export function listFieldSets(value: Json): Fields[] {
  return toItems(value).filter(hasFields);
}

/** The value at the end of these fields; nothing where there is no way to it. */
export function findValue(value: Json, ...names: readonly string[]): Json {
  return names.reduce((part, name) => (hasFields(part) && hasOwn(part, name) ? part[name] : undefined), value);
}

/** The object in a field, which is made where there is none. */
export function ensureFields(holder: Fields, name: string): Fields {
  if (!hasFields(holder[name])) {
    holder[name] = {};
  }
  return holder[name];
}

/** Gives a field a value where it has none. */
export function completeField(holder: Fields, name: string, value: Json): void {
  if (holder[name] === undefined || holder[name] === null || holder[name] === '') {
    holder[name] = value;
  }
}

/** Whether two values are the same, whatever the order of fields. */
export function isSame(a: Json, b: Json): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => isSame(item, b[index]));
  }
  if (hasFields(a) && hasFields(b)) {
    const names = Object.keys(a);
    return names.length === Object.keys(b).length && names.every((name) => hasOwn(b, name) && isSame(a[name], b[name]));
  }
  return a === b;
}

/** A copy that shares nothing. */
export function copyValue<T>(value: T): T {
  return value === undefined ? value : JSON.parse(JSON.stringify(value));
}
