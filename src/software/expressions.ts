/** A regular expression in another dialect. */
export interface Translation {
  readonly text: string;
  /** Names of its groups, in order. Groups without a name capture nothing, as in the dialect that is translated. */
  readonly names: readonly string[];
}

/** The features of a dialect beside the common stock. */
export interface Dialect {
  readonly lookahead: boolean;
  /** Escapes by letter, beside `\d`, `\w`, `\s`, `\b` and signs. */
  readonly escapes: string;
  readonly namedGroup: (name: string) => string;
}

/** ECMAScript 5, whose groups have numbers only. */
export const JAVASCRIPT: Dialect = { lookahead: true, escapes: 'xfv', namedGroup: () => '(' };

/** RE2, the expressions of Go. */
export const GO: Dialect = { lookahead: false, escapes: 'xfvAz', namedGroup: (name) => `(?P<${name}>` };

const TOKEN =
  /\\x[0-9a-fA-F]{2}|\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?<[A-Za-z_]\w*>|\(\?(?:<[=!]|[A-Za-z-]+[:)]|.)|\(|[*+?}]\+|./gsu;
const NAMED = /^\(\?<([A-Za-z_]\w*)>$/;

/**
 * An expression of Ruby, as `LogFormat` takes it, in another dialect.
 *
 * @returns the part that the other dialect does not have, where there is one
 */
export function translateExpression(expression: string, dialect: Dialect): Translation | string {
  const names: string[] = [];
  let text = '';
  for (const token of expression.match(TOKEN) ?? []) {
    const name = NAMED.exec(token)?.[1];
    if (name === undefined && isForeignToken(token, dialect)) {
      return token;
    }
    names.push(...(name === undefined ? [] : [name]));
    text += name === undefined ? (token === '(' ? '(?:' : token) : dialect.namedGroup(name);
  }
  return { text, names };
}

function isForeignToken(token: string, { lookahead, escapes }: Dialect): boolean {
  if (token.startsWith('\\')) {
    return /^\\[A-Za-z0-9]/.test(token) && !`dDwWsSbBtnr${escapes}`.includes(token[1]!);
  }
  if (token.startsWith('[')) {
    const inner = token.slice(1, -1);
    return /^\^?\]|^\^?$|\[|&&/.test(inner.replace(/\\./gs, 'x')) || (inner.match(/\\./gs) ?? []).some(isOddInClass);
  }
  if (token.startsWith('(?')) {
    return !(token === '(?:' || (lookahead && (token === '(?=' || token === '(?!')));
  }
  return /^[*+?}]\+$/.test(token);
}

function isOddInClass(sign: string): boolean {
  return /^\\[A-Za-z0-9]/.test(sign) && !'dDwWsStnrfx'.includes(sign[1]!);
}

/** Whether Go could read a regular expression: JavaScript does, once what only Go has is written as JavaScript has it. */
export function isGoExpression(expression: string): boolean {
  const common = expression
    .replace(/\\Q.*?(?:\\E|$)/gs, 'x')
    .replace(/\(\?P</g, '(?<')
    .replace(/\(\?[imsU-]*\)/g, '')
    .replace(/\(\?[imsU-]+:/g, '(?:');
  try {
    new RegExp(common);
    return findBacktracking(expression) === undefined;
  } catch {
    return false;
  }
}

/** The parts that engines of linear time, RE2 of Go and the regex crate of Rust, do not have. */
const BEYOND_LINEAR = /\\\\|\\[1-9]|\\k<[^>]*>|\(\?(?:<?[=!]|>)/g;

/**
 * The first part of a regular expression that engines without backtracking do not know: a look-around, an atomic group or
 * a reference back to a group.
 *
 * @see https://github.com/google/re2/wiki/Syntax
 */
export function findBacktracking(expression: string): string | undefined {
  return expression.match(BEYOND_LINEAR)?.find((part) => part !== '\\\\');
}

/**
 * Beginnings of lines that continue the record before them, by the language of the stack trace. For agents that know
 * no languages; the expressions keep to what all dialects share.
 */
export const CONTINUED_LINES: Readonly<Record<string, string>> = {
  java: String.raw`\s|Caused by:|Suppressed:`,
  python: String.raw`\s|[\w.]+(?:Error|Exception|Warning|Interrupt|Exit)\b|During handling of|The above exception`,
  go: String.raw`\s|$|goroutine \d|\[signal |created by |[\w./*()\[\]-]+\(.*\)$|exit status`,
  ruby: String.raw`\s`,
};
