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
