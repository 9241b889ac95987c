/** So many results are kept. */
const MAX_KEPT = 64;

/** A text with more characters is not read: no ConfigMap takes it. */
const MAX_CHARACTERS = 1024 * 1024;

/** A function that reads the same text only once, as long as not too many others come between. */
export function memoizeByText<T>(read: (text: string) => T): (text: string) => T {
  const kept = new Map<string, T>();
  return (text) => {
    const found = kept.get(text);
    if (found !== undefined) {
      return found;
    }
    const result = read(text);
    if (kept.size >= MAX_KEPT) {
      kept.delete(kept.keys().next().value!);
    }
    kept.set(text, result);
    return result;
  };
}

/** Whether a text is small enough to be read at all. */
export function isReadable(text: string): boolean {
  return text.length <= MAX_CHARACTERS;
}
