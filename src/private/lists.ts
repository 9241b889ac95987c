/** The items whose key an earlier one has, too. */
export function repeated<T>(items: readonly T[], keyOf: (item: T) => unknown): T[] {
  const seen = new Set<unknown>();
  return items.filter((item) => seen.size === seen.add(keyOf(item)).size);
}

/** The items by their keys, in their order. */
export function groupedBy<K, T>(items: Iterable<T>, keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) {
      group.push(item);
    } else {
      groups.set(key, [item]);
    }
  }
  return groups;
}

/** How far a list was read that only grows. */
export class Reading<T> {
  private read = 0;

  /** What has come since the last time. */
  public next(list: readonly T[]): readonly T[] {
    const fresh = this.read === list.length ? [] : list.slice(this.read);
    this.read = list.length;
    return fresh;
  }
}
