import type { LineCursor } from './line-cursor';
import { UNUSUAL } from './plain-scalar';

const HEADER = /\|-? *(?=\n)/y;

/** A literal text, `|` or `|-`, in a collection with this indent. Leaves the cursor on the line that follows. */
export function readLiteral(cursor: LineCursor, indent: number): string {
  const header = cursor.match(HEADER);
  if (header === undefined) {
    throw UNUSUAL;
  }
  const { lines, end } = collectLines(cursor.text, cursor.at + header.length + 1, indent);
  cursor.line += lines.length + 1;
  cursor.enterLine(end);
  const last = findLastFull(lines);
  return lines.slice(0, last + 1).join('\n') + (header.startsWith('|-') ? '' : '\n');
}

/** The lines that are further in, less their margin, and where they end. */
function collectLines(text: string, start: number, indent: number): { lines: string[]; end: number } {
  const lines: string[] = [];
  let margin = -1;
  let from = start;
  while (from < text.length) {
    const found = text.indexOf('\n', from);
    const end = found === -1 ? text.length : found;
    const width = countSpaces(text, from);
    const isBlank = from + width >= end;
    if (isBlank ? width > Math.max(margin, 0) : margin === -1 && width <= indent) {
      throw UNUSUAL;
    }
    margin = margin === -1 && !isBlank ? width : margin;
    if (!isBlank && width < margin) {
      break;
    }
    lines.push(isBlank ? '' : text.slice(from + margin, end));
    from = end + 1;
  }
  if (margin === -1) {
    throw UNUSUAL;
  }
  return { lines, end: Math.min(from, text.length) };
}

function countSpaces(text: string, from: number): number {
  let at = from;
  while (text.charCodeAt(at) === 0x20) {
    at++;
  }
  return at - from;
}

/** The place of the last line that is not empty. */
function findLastFull(lines: readonly string[]): number {
  let last = lines.length - 1;
  while (lines[last] === '') {
    last--;
  }
  return last;
}
