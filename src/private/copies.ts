/** A deep copy of plain data. Instances of classes are shared, as they are values themselves. */
export function copyData<T>(data: T): T {
  if (data === null || typeof data !== 'object') {
    return data;
  }
  if (Array.isArray(data)) {
    return data.map(copyData) as T;
  }
  if (Object.getPrototypeOf(data) !== Object.prototype) {
    return data;
  }
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(data)) {
    copy[key] = copyData((data as Record<string, unknown>)[key]);
  }
  return copy as T;
}
