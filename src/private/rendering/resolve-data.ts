import {
  type ApiObject,
  ImplicitTokenResolver,
  LazyResolver,
  NumberStringUnionResolver,
  ResolutionContext,
} from 'cdk8s';

/** Data of an object by the names of its fields. */
export type Fields = Readonly<Record<string, unknown>>;

/** The resolvers of each app, in the order in which cdk8s asks them. */
export const RESOLVERS = [LazyResolver, ImplicitTokenResolver, NumberStringUnionResolver];

/**
 * Data as cdk8s renders it: each value resolved, in the order in which it stands, nothing missing written, and fields sorted by name.
 *
 * Text, numbers, lists and maps are passed over by the resolvers of cdk8s, so only what is none of these is put before them.
 *
 * @throws where cdk8s would render something else or nothing, as for an instance of a class
 */
export function resolveFields(fields: Fields, object: ApiObject, sorts: boolean): Fields {
  if (typeof fields.resolve === 'function') {
    throw new Error('is resolved as a whole');
  }
  return resolveValue(fields, object, sorts) as Fields;
}

/** Written in one piece, because what calls itself through others is compiled in many copies. */
function resolveValue(value: any, object: ApiObject, sorts: boolean): unknown {
  if (typeof value !== 'object' || value === null) {
    return typeof value === 'function' ? resolveOdd(value, object, sorts) : (value ?? undefined);
  }
  if (typeof value.resolve === 'function') {
    return resolveOdd(value, object, sorts);
  }
  if (value.constructor === Object) {
    const resolved: Record<string, unknown> = {};
    let last = '';
    let isSorted = true;
    for (const key of Object.keys(value)) {
      const item = resolveValue(value[key], object, sorts);
      if (key === '__proto__') {
        throw new Error('has a prototype of its own');
      }
      if (item !== undefined) {
        isSorted &&= last <= key;
        last = key;
        resolved[key] = item;
      }
    }
    return isSorted || !sorts ? resolved : sortFields(resolved);
  }
  return Array.isArray(value) && !('value' in value)
    ? value.map((item) => resolveValue(item, object, sorts))
    : resolveOdd(value, object, sorts);
}

/** A value of which the resolvers of cdk8s may have something to say. */
function resolveOdd(value: any, object: ApiObject, sorts: boolean): unknown {
  const context = new ResolutionContext(object, [], value);
  for (const { prototype } of RESOLVERS) {
    prototype.resolve(context);
    if (context.replaced) {
      return resolveValue(context.replacedValue, object, sorts);
    }
  }
  if (Array.isArray(value)) {
    return value.map((item) => resolveValue(item, object, sorts));
  }
  if (typeof value === 'object') {
    throw new Error('is an instance of a class');
  }
  return value;
}

function sortFields(fields: Fields): Fields {
  const sorted: Record<string, unknown> = {};
  for (const key of Object.keys(fields).sort()) {
    sorted[key] = fields[key];
  }
  return sorted;
}

/** Data without its empty lists and maps, as cdk8s writes `metadata`. */
export function omitEmpty(data: unknown): unknown {
  if (typeof data !== 'object' || data === null) {
    return data;
  }
  if (Array.isArray(data)) {
    return data.length > 0 ? data.map(omitEmpty) : undefined;
  }
  const kept: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(data)) {
    const item = omitEmpty(value);
    if (item !== undefined) {
      kept[key] = item;
    }
  }
  return Object.keys(kept).length > 0 ? kept : undefined;
}
