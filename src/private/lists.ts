/** The items whose key an earlier one has, too. */
export function findRepeated<T>(items: readonly T[], toKey: (item: T) => unknown): T[] {
  const seen = new Set<unknown>();
  return items.filter((item) => seen.size === seen.add(toKey(item)).size);
}

/** The items by their keys, in their order. */
export function groupBy<K, T>(items: Iterable<T>, toKey: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = toKey(item);
    const group = groups.get(key);
    if (group) {
      group.push(item);
    } else {
      groups.set(key, [item]);
    }
  }
  return groups;
}

/** The position up to which a list that only grows was read. */
export class Reading<T> {
  private read = 0;

  /** The items that have come since the last time. */
  public readNext(list: readonly T[]): readonly T[] {
    const fresh = this.read === list.length ? [] : list.slice(this.read);
    this.read = list.length;
    return fresh;
  }
}
