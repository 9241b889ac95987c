import type { ObjectView } from '../model/object-view';
import { findCapitals, findPlaceholder } from '../model/placeholders';

/** A word in brackets, which YAML reads as a list of one item. */
const WORD = /^[A-Z][\w -]*$/;

/** The first value of a Secret that is yet to be filled in: no base64 is a placeholder as a whole. */
export function findDataPlaceholder({ apiVersion, kind, root }: ObjectView): string | undefined {
  if (apiVersion !== 'v1' || kind !== 'Secret') {
    return undefined;
  }
  const written = root.at('data').fields.map(({ text }) => (text && isPlaceholder(text) ? text : undefined));
  const listed = ['data', 'stringData'].flatMap((name) => root.at(name).fields.map(({ value }) => findWord(value)));
  return [...written, ...listed].find((placeholder) => placeholder !== undefined);
}

function isPlaceholder(text: string): boolean {
  return findPlaceholder(text) === text || findCapitals(text) === text;
}

function findWord(value: unknown): string | undefined {
  const [word, ...others] = Array.isArray(value) ? value : [];
  return typeof word === 'string' && others.length === 0 && WORD.test(word) ? `[${word}]` : undefined;
}
