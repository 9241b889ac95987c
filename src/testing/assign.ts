/**
 * Gives each row a column of its own where the table allows it, so that as many rows as possible get one.
 *
 * @returns the column of each row, or nothing
 */
export function matchRowsToColumns(table: readonly (readonly boolean[])[]): (number | undefined)[] {
  const rowByColumn = new Map<number, number>();
  table.forEach((_, row) => {
    matchRow(row, table, rowByColumn, new Set());
  });
  const columns = new Map([...rowByColumn].map(([column, row]) => [row, column]));
  return table.map((_, row) => columns.get(row));
}

/** Finds a column for a row; where it is taken, its row may find another. */
function matchRow(
  row: number,
  table: readonly (readonly boolean[])[],
  rowByColumn: Map<number, number>,
  tried: Set<number>,
): boolean {
  return table[row]!.some((allowed, column) => {
    if (!allowed || tried.has(column)) {
      return false;
    }
    tried.add(column);
    const holder = rowByColumn.get(column);
    if (holder !== undefined && !matchRow(holder, table, rowByColumn, tried)) {
      return false;
    }
    rowByColumn.set(column, row);
    return true;
  });
}
