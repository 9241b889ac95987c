/** As many texts are kept as any app has different configurations. */
const MAX_REMEMBERED = 256;

/**
 * A pure function of plain data that remembers its texts: a thousand pods with one configuration render it once, and each
 * pod that is validated, summed and written renders nothing anew.
 */
export function memoized<T>(render: (data: T) => string): (data: T) => string {
  const remembered = new Map<string, string>();
  return (data) => {
    const key = JSON.stringify(data);
    const text = remembered.get(key) ?? render(data);
    if (remembered.size >= MAX_REMEMBERED) {
      remembered.clear();
    }
    remembered.set(key, text);
    return text;
  };
}
