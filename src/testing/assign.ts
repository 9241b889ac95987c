/**
 * Gives each row a column of its own where the table allows it, so that as many rows as possible get one.
 *
 * @returns the column of each row, or nothing
 */
export function assign(table: readonly (readonly boolean[])[]): (number | undefined)[] {
  const rowOf = new Map<number, number>();
  table.forEach((_, row) => {
    place(row, table, rowOf, new Set());
  });
  const columns = new Map([...rowOf].map(([column, row]) => [row, column]));
  return table.map((_, row) => columns.get(row));
}

/** Finds a column for a row; where it is taken, its row may find another. */
function place(
  row: number,
  table: readonly (readonly boolean[])[],
  rowOf: Map<number, number>,
  tried: Set<number>,
): boolean {
  return table[row]!.some((allowed, column) => {
    if (!allowed || tried.has(column)) {
      return false;
    }
    tried.add(column);
    const holder = rowOf.get(column);
    if (holder !== undefined && !place(holder, table, rowOf, tried)) {
      return false;
    }
    rowOf.set(column, row);
    return true;
  });
}
