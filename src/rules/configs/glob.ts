import { normalizePath } from '../../private/paths';

/** One step of a pattern: any letters, or a test of one letter. */
type Step = '*' | ((letter: string) => boolean);

/** Whether a shell pattern matches a path; `*` takes no `/`, but `**` does. Takes time in proportion to both lengths. */
export function matchesPath(pattern: string, path: string): boolean {
  const parts = normalizePath(pattern).split('/');
  const names = normalizePath(path).split('/');
  return parts.includes('**')
    ? matchesText(pattern, path)
    : parts.length === names.length && parts.every((part, index) => matchesText(part, names[index]!));
}

/** Whether a shell pattern matches a text; `*` takes any letters. */
export function matchesText(pattern: string, text: string): boolean {
  const steps = parseSteps(pattern);
  let step = 0;
  let letter = 0;
  let star = -1;
  let taken = 0;
  while (letter < text.length) {
    const now = steps[step];
    if (now === '*') {
      star = step++;
      taken = letter;
    } else if (now?.(text[letter]!)) {
      step++;
      letter++;
    } else if (star >= 0) {
      step = star + 1;
      letter = ++taken;
    } else {
      return false;
    }
  }
  return steps.slice(step).every((rest) => rest === '*');
}

/** The directory of a pattern up to its first wildcard, and whether what follows may lie in directories below. */
export function toFixedDirectory(pattern: string): { readonly directory: string; readonly isDeep: boolean } {
  const wildcard = pattern.search(/[*?[{]/);
  const fixed = wildcard < 0 ? pattern : pattern.slice(0, wildcard);
  const directory = fixed.slice(0, fixed.lastIndexOf('/')) || '/';
  return { directory, isDeep: wildcard >= 0 && pattern.slice(wildcard).includes('/') };
}

function parseSteps(pattern: string): Step[] {
  const tokens = pattern.match(/\*+|\[!?[^\]]+\]|[\s\S]/g) ?? [];
  return tokens.map((token): Step => {
    if (token[0] === '*') {
      return '*';
    }
    return token === '?' ? () => true : token.length > 1 ? parseLetterSet(token) : (letter) => letter === token;
  });
}

/** `[abc]`, `[a-z]` or `[!a]`. */
function parseLetterSet(token: string): (letter: string) => boolean {
  const isNot = token[1] === '!';
  const ranges = token.slice(isNot ? 2 : 1, -1).match(/[\s\S]-[\s\S]|[\s\S]/g) ?? [];
  return (letter) => isNot !== ranges.some((range) => letter >= range[0]! && letter <= range[range.length - 1]!);
}
