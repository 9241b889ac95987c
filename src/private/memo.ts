/** As many texts are kept as any app has different configurations, but none of very much data. */
const MAX_REMEMBERED = 256;
const MAX_LENGTH = 1 << 16;

/**
 * A pure function of plain data that remembers its texts: a thousand pods with one configuration render it once, and each
 * pod that is validated, summed and written renders nothing anew.
 */
export function memoize<T extends readonly unknown[]>(
  render: (...data: T) => string,
  toKey: (data: T) => string = JSON.stringify,
): (...data: T) => string {
  const remembered = new Map<string, string>();
  return (...data) => {
    const key = toKey(data);
    const found = remembered.get(key);
    if (found !== undefined) {
      return found;
    }
    const text = render(...data);
    if (remembered.size >= MAX_REMEMBERED) {
      remembered.clear();
    }
    if (key.length <= MAX_LENGTH) {
      remembered.set(key, text);
    }
    return text;
  };
}

/** So many answers about texts are kept, where nothing else is said. */
const MAX_TEXTS = 64;

/** A function that reads the same text only once, as long as not too many others come between. */
export function memoizeByText<T>(read: (text: string) => T, limit = MAX_TEXTS): (text: string) => T {
  const kept = new Map<string, T>();
  return (text) => {
    const found = kept.get(text);
    if (found !== undefined || kept.has(text)) {
      return found as T;
    }
    const result = read(text);
    if (kept.size >= limit) {
      kept.delete(kept.keys().next().value!);
    }
    kept.set(text, result);
    return result;
  };
}

/** A function that finds its answer once for each object, as long as the object lives. */
export function memoizeByObject<K extends object, T>(find: (object: K) => T): (object: K) => T {
  const kept = new WeakMap<K, T>();
  return (object) => {
    const found = kept.get(object);
    if (found !== undefined || kept.has(object)) {
      return found as T;
    }
    const result = find(object);
    kept.set(object, result);
    return result;
  };
}
