import { toCanonicalQuantity } from '../../private/quantities';
import { loadObjectType, type Shape } from '../../rules/model/schema';
import { type Fields, hasFields, type Json } from './json';
import { findTraits } from './traits';

/** Quantities say so by what is expected of them. */
const QUANTITY = 'a string or a number';

/** Data of a type as the API server reads it: no `null`, no field that it does not know, and nothing that means nothing. */
export function normalizeFields(value: Json, type: string | undefined, kubernetes: number): Fields {
  const cleaned = type === undefined ? omitNulls(value) : normalizeType(value, type, kubernetes);
  return hasFields(cleaned) ? cleaned : {};
}

function normalizeType(value: Json, type: string, kubernetes: number): Json {
  if (!hasFields(value)) {
    return value;
  }
  const { fields } = loadObjectType(type, kubernetes);
  const entries = Object.keys(value).flatMap((name): [string, Json][] => {
    const shape = fields.get(name)?.shape;
    const cleaned = shape && normalizeValue(value[name], shape, kubernetes);
    return cleaned === undefined || (!findTraits(type, name).isOptional && isZero(cleaned)) ? [] : [[name, cleaned]];
  });
  return Object.fromEntries(entries);
}

/** The value of a field; nothing where it means nothing. */
function normalizeValue(value: Json, shape: Shape, kubernetes: number): Json {
  const { types, items, type } = shape;
  if (value === null || value === undefined || !types.includes(Array.isArray(value) ? 'list' : typeof value)) {
    return value ?? undefined;
  }
  if (type !== undefined) {
    return normalizeType(value, type, kubernetes);
  }
  if (items !== undefined) {
    return Array.isArray(value) ? normalizeList(value, items, kubernetes) : normalizeMap(value, items, kubernetes);
  }
  return isQuantity(shape) ? normalizeQuantity(value) : value;
}

/** Whether an amount stands in a field. */
export function isQuantity({ readable, expected }: Shape): boolean {
  return readable === undefined && expected[0] === QUANTITY;
}

function normalizeList(list: Json[], items: Shape, kubernetes: number): Json {
  // Nothing in a list of objects is an object without fields.
  const cleaned = list.map((item) => normalizeValue(item ?? (items.type ? {} : ''), items, kubernetes));
  return cleaned.length === 0 ? undefined : cleaned;
}

function normalizeMap(map: Fields, items: Shape, kubernetes: number): Json {
  const entries = Object.entries(map).map(([name, value]) => [name, normalizeValue(value ?? '', items, kubernetes)]);
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

function normalizeQuantity(value: string | number): string {
  return toCanonicalQuantity(String(value).trim());
}

/** Whether a value is the one that a field has without it. */
function isZero(value: Json): boolean {
  return value === '' || value === 0 || value === false || (hasFields(value) && Object.keys(value).length === 0);
}

/** Data without what an apply removes: a field that is `null` goes, whatever the cluster has there. */
export function omitNulls(value: Json): Json {
  if (Array.isArray(value)) {
    // Other lists are replaced as a whole, with all that stands in them.
    return value.every((item) => typeof item?.name === 'string') ? value.map(omitNulls) : value;
  }
  if (!hasFields(value)) {
    return value;
  }
  const entries = Object.entries(value).filter(([, item]) => item !== null && item !== undefined);
  return Object.fromEntries(entries.map(([name, item]) => [name, omitNulls(item)]));
}
