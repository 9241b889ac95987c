/** A copy of plain data that nobody else can change. Instances of classes are shared, as they are values themselves. */
export function copyOf<T>(data: T): T {
  if (Array.isArray(data)) {
    return data.map(copyOf) as T;
  }
  if (data === null || typeof data !== 'object' || Object.getPrototypeOf(data) !== Object.prototype) {
    return data;
  }
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(data)) {
    copy[key] = copyOf((data as Record<string, unknown>)[key]);
  }
  return copy as T;
}
