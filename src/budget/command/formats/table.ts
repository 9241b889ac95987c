/** Rows of texts below their headings; the first column is of names. */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** The columns of words, which begin at the left; all others are of numbers. */
  readonly words?: readonly number[];
}

/** A table with its columns below each other. */
export function renderPlainTable({ columns, rows, words = [] }: Table): string {
  const lines = [columns, ...rows];
  const widths = columns.map((_, column) => Math.max(...lines.map((line) => [...(line[column] ?? '')].length)));
  return lines
    .map((line) =>
      columns
        .map((_, column) => addBlanks(line[column] ?? '', widths[column]!, column === 0 || words.includes(column)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function addBlanks(text: string, width: number, isLeft: boolean): string {
  const blanks = ' '.repeat(width - [...text].length);
  return isLeft ? text + blanks : blanks + text;
}

/** A table of Markdown. */
export function renderMarkdownTable({ columns, rows, words = [] }: Table): string {
  const marks = columns.map((_, column) => (column === 0 || words.includes(column) ? '---' : '---:'));
  const all = [columns, marks, ...rows.map((row) => columns.map((_, column) => escapeCell(row[column] ?? '')))];
  return all.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** Text of a manifest that must be no Markdown and no HTML. */
export function escapeCell(text: string): string {
  return text.replace(/^ +/, (blanks) => '&nbsp;'.repeat(blanks.length)).replace(/[\\`*_|<>[\]#]/g, '\\$&');
}
