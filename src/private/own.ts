const owns = Object.prototype.hasOwnProperty;

/** Whether an object has a field itself, whatever its name. */
export function hasOwn(object: object, name: string): boolean {
  return owns.call(object, name);
}

/** A field that an object has itself, whatever its name. */
export function tryFindOwn<T>(object: { readonly [name: string]: T }, name: string): T | undefined {
  return hasOwn(object, name) ? object[name] : undefined;
}

/** The fields that have a value. */
export function omitUndefined<T>(object: { readonly [name: string]: T | undefined }): { [name: string]: T } {
  return Object.fromEntries(Object.entries(object).filter((entry): entry is [string, T] => entry[1] !== undefined));
}
