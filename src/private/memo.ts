/** As many texts are kept as any app has different configurations, but none of very much data. */
const MAX_REMEMBERED = 256;
const MAX_LENGTH = 1 << 16;

/**
 * A pure function of plain data that remembers its texts: a thousand pods with one configuration render it once, and each
 * pod that is validated, summed and written renders nothing anew.
 */
export function memoize<T extends readonly unknown[]>(render: (...data: T) => string): (...data: T) => string {
  const remembered = new Map<string, string>();
  return (...data) => {
    const key = JSON.stringify(data);
    const known = remembered.get(key);
    if (known !== undefined) {
      return known;
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
