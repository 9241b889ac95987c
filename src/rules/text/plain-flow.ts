import { hasOwn } from '../../private/own';
import type { LineCursor } from './line-cursor';
import { isSpecialWord, parseDoubleQuoted, parsePlainScalar, parseSingleQuoted, UNUSUAL } from './plain-scalar';

/** Keys that need no quotes, and begin with no sign or digit. */
export const KEY = /[A-Za-z_][\w./-]*(?=:(?: |\n|$))/y;

const DOUBLE_QUOTED = /"(?:[^"\\\n]|\\[^\n])*"/y;
const SINGLE_QUOTED = /'(?:[^'\n]|'')*'/y;
const FLOW_PLAIN = /[^,[\]{}\n]*/y;

/** Signs that begin something else than plain text. */
const INDICATORS = /^(?:$|[,[\]{}#&*!|>'"%@`]|[-?:](?: |$)|<<$)/;

/** Signs in plain text that end it, or make something else of it. */
const SEPARATORS = /: |:$| #/;

const MAX_FLOWS = 32;

/** A key and its colon, which must be another than those before it. */
export function readKey(cursor: LineCursor, before: object): string {
  const isQuoted = cursor.sign === '"' || cursor.sign === "'";
  const name = isQuoted ? readQuoted(cursor) : cursor.match(KEY);
  if (name === undefined || name === '__proto__' || hasOwn(before, name) || (!isQuoted && isSpecialWord(name))) {
    throw UNUSUAL;
  }
  cursor.at += isQuoted ? 0 : name.length;
  if (cursor.sign !== ':') {
    throw UNUSUAL;
  }
  cursor.at++;
  return name;
}

/** A value that ends where a separator of a collection, or the line, does. */
export function readFlow(cursor: LineCursor, plain = FLOW_PLAIN, depth = 0): unknown {
  if (depth > MAX_FLOWS) {
    throw UNUSUAL;
  }
  switch (cursor.sign) {
    case '{':
      return readFlowFields(cursor, depth);
    case '[':
      return readFlowItems(cursor, depth);
    case '"':
    case "'":
      return readQuoted(cursor);
    default:
      return readPlain(cursor, plain);
  }
}

function readFlowFields(cursor: LineCursor, depth: number): object {
  const data: Record<string, unknown> = {};
  readList(cursor, '}', () => {
    const name = readKey(cursor, data);
    if (cursor.skipSpaces() === 0) {
      throw UNUSUAL;
    }
    data[name] = readFlow(cursor, FLOW_PLAIN, depth + 1);
  });
  return data;
}

function readFlowItems(cursor: LineCursor, depth: number): unknown[] {
  const data: unknown[] = [];
  readList(cursor, ']', () => {
    data.push(readFlow(cursor, FLOW_PLAIN, depth + 1));
  });
  return data;
}

/** The parts between brackets, one after the other. */
function readList(cursor: LineCursor, end: string, readNext: () => void): void {
  cursor.at++;
  cursor.skipSpaces();
  if (cursor.sign === end) {
    cursor.at++;
    return;
  }
  for (;;) {
    readNext();
    cursor.skipSpaces();
    const { sign } = cursor;
    cursor.at++;
    if (sign === end) {
      return;
    }
    if (sign !== ',') {
      throw UNUSUAL;
    }
    cursor.skipSpaces();
  }
}

function readQuoted(cursor: LineCursor): string {
  const isDouble = cursor.sign === '"';
  const quoted = cursor.match(isDouble ? DOUBLE_QUOTED : SINGLE_QUOTED);
  if (quoted === undefined) {
    throw UNUSUAL;
  }
  cursor.at += quoted.length;
  return isDouble ? parseDoubleQuoted(quoted) : parseSingleQuoted(quoted);
}

function readPlain(cursor: LineCursor, expression: RegExp): unknown {
  const found = cursor.match(expression) ?? '';
  const comment = expression === FLOW_PLAIN ? -1 : found.indexOf(' #');
  const text = (comment === -1 ? found : found.slice(0, comment)).trimEnd();
  if (INDICATORS.test(text) || SEPARATORS.test(text)) {
    throw UNUSUAL;
  }
  cursor.at += text.length;
  return parsePlainScalar(text);
}
