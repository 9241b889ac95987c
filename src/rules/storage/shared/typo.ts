/**
 * Whether two names differ by one letter that was added, left out or mistaken, or by two that changed places. Names
 * that are numbered, or of which a whole word differs, are meant to be two: `shard-1` and `shard-2`, `shop-a` and
 * `shop-b`.
 */
export function isTypo(a: string, b: string): boolean {
  let start = 0;
  while (start < a.length && a[start] === b[start]) {
    start++;
  }
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a[a.length - 1 - end] === b[b.length - 1 - end]) {
    end++;
  }
  const [left, right] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  const isSmall = Math.max(left.length, right.length) === 1 || isSwap(left, right);
  const isWord = isEdge(a[start - 1]) && isEdge(a[a.length - end]);
  return isSmall && !isWord && !/\d/.test(left + right);
}

function isSwap(left: string, right: string): boolean {
  return left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0];
}

function isEdge(letter: string | undefined): boolean {
  return letter === undefined || letter === '-' || letter === '.';
}
