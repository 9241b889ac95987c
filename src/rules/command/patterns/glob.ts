import { memoizeByText } from '../../../private/memo';

/** Classes of POSIX that may stand in brackets, as in `[[:digit:]]`. */
const CLASSES: Readonly<Record<string, string>> = {
  alnum: 'A-Za-z0-9',
  alpha: 'A-Za-z',
  blank: ' \\t',
  digit: '0-9',
  lower: 'a-z',
  punct: '!-.:-@\\[-`{-~',
  space: '\\s',
  upper: 'A-Z',
  xdigit: 'A-Fa-f0-9',
};

/** A character that is quoted, a bracket, or any other one. */
const TOKEN = /\\(?<quoted>[\s\S])|\[(?<not>[!^]?)(?<set>\]?(?:\[:\w+:\]|\\[\s\S]|[^\]\\])*)\]|(?<other>[\s\S])/gu;

const WILDCARDS: Readonly<Record<string, string>> = { '*': '[^/]*', '?': '[^/]' };

/** Matches nothing: a bracket that is never closed, or a class that is none. */
const NEVER = '(?!)';

/** A glob of one step of a path, or of a name, as a regular expression: `*`, `?` and `[a-z]`, none of which stands for `/`. */
export function renderGlob(glob: string): string {
  return [...glob.matchAll(TOKEN)].map(({ groups }) => renderToken(groups!)).join('');
}

/** Whether a whole name is one that a glob stands for. */
export function matchesGlob(glob: string, name: string): boolean {
  return toExpression(glob).test(name);
}

const toExpression = memoizeByText((glob) => new RegExp(`^${renderGlob(glob)}$`, 'su'));

/** Whether a text holds any sign of a glob. */
export function isGlob(text: string): boolean {
  return /[*?[{]/.test(text);
}

/** The globs of a text with braces: `{a,b}/*.yaml` is `a/*.yaml` and `b/*.yaml`. */
export function expandBraces(glob: string): string[] {
  const [, before, choices, after] = /^([\s\S]*?)\{([^{}]*,[^{}]*)\}([\s\S]*)$/.exec(glob) ?? [];
  return choices === undefined ? [glob] : choices.split(',').flatMap((choice) => expandBraces(before + choice + after));
}

function renderToken({ quoted, not, set, other }: Partial<Record<string, string>>): string {
  if (set !== undefined) {
    return renderSet(set, not !== '');
  }
  if (quoted !== undefined) {
    return escapeCharacter(quoted);
  }
  return other === '[' || other === '\\' ? NEVER : (WILDCARDS[other!] ?? escapeCharacter(other!));
}

function renderSet(set: string, isNegated: boolean): string {
  const members = set.replace(/\[:(\w+):\]|\\([\s\S])|([[\]^|{}()])/g, (_, name, quoted, sign) =>
    name === undefined ? escapeCharacter(quoted ?? sign).replace(/^-$/, '\\-') : (CLASSES[name] ?? ''),
  );
  const source = isNegated ? `(?!/)[^${members}]` : `(?!/)[${members}]`;
  return isValidPattern(source) ? source : NEVER;
}

/** Ranges may run backwards. */
function isValidPattern(source: string): boolean {
  try {
    new RegExp(source, 'u');
    return true;
  } catch {
    return false;
  }
}

function escapeCharacter(character: string): string {
  return character.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&');
}
