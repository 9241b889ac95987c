const owns = Object.prototype.hasOwnProperty;

/** Whether an object has a field itself, whatever its name. */
export function hasOwn(object: object, name: string): boolean {
  return owns.call(object, name);
}
