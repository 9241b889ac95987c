/** The most edits that still make a typing mistake rather than another word. */
const MAX_EDITS = 3;

/** The longest name that is compared: longer ones are not typed, and would take too long. */
const MAX_LENGTH = 253;

/** The name that a mistyped one most likely means, if any is near enough. */
export function findNearest(name: string, names: readonly string[]): string | undefined {
  if (name.length > MAX_LENGTH) {
    return undefined;
  }
  const limit = Math.min(MAX_EDITS, Math.ceil(name.length / 2) - 1);
  const near = names
    .filter((candidate) => Math.abs(candidate.length - name.length) <= limit)
    .map((candidate) => ({ candidate, distance: countEdits(name.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ distance }) => distance <= limit)
    .sort((a, b) => a.distance - b.distance);
  return near[0]?.candidate;
}

/** The number of letters to add, remove, replace or swap with the next to turn one word into the other. */
function countEdits(a: string, b: string): number {
  let last: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && isSwap(a.slice(i - 2, i), b.slice(j - 2, j))) {
        next[j] = Math.min(next[j]!, last[j - 2]! + 1);
      }
    }
    [last, row] = [row, next];
  }
  return row[b.length]!;
}

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
