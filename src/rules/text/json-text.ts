import { MAX_DEPTH, TOO_DEEP } from './yaml-document';

/** A string, and the colon behind it where it is the name of a field. */
const STRING = /"[^"\\]*(?:\\.[^"\\]*)*"(\s*:)?/g;

/**
 * The data of a JSON text; nothing where it is none, or a field stands twice in it, which `JSON.parse` does not tell.
 *
 * @throws if it is too deep
 */
export function readJson(text: string): { readonly data: unknown } | undefined {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return undefined;
  }
  return countFields(data) === countNames(text) ? { data } : undefined;
}

function countFields(data: unknown, depth = 1): number {
  if (depth > MAX_DEPTH) {
    throw new Error(TOO_DEEP);
  }
  if (typeof data !== 'object' || data === null) {
    return 0;
  }
  const values = Object.values(data);
  let count = Array.isArray(data) ? 0 : values.length;
  for (const value of values) {
    count += countFields(value, depth + 1);
  }
  return count;
}

function countNames(text: string): number {
  let count = 0;
  for (const [, colon] of text.matchAll(STRING)) {
    count += colon === undefined ? 0 : 1;
  }
  return count;
}

/** Strings, and the brackets around what they are in. */
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\]]/g;

/**
 * The objects of a text that holds one JSON object after another, as `jq` and jsonnet write them and kubectl reads them; nothing
 * where it holds one, or anything else.
 */
export function splitJsonObjects(text: string): string[] | undefined {
  if (!/^\s*\{/.test(text) || !/\}\s*\{/.test(text)) {
    return undefined;
  }
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    if (depth === 0 && (token !== '{' || text.slice(from, index).trim() !== '')) {
      return undefined;
    }
    depth += token === '{' || token === '[' ? 1 : token.length === 1 ? -1 : 0;
    if (depth === 0) {
      parts.push(text.slice(from, index + 1));
      from = index + 1;
    }
  }
  return parts.length > 1 && depth === 0 && text.slice(from).trim() === '' ? parts : undefined;
}
