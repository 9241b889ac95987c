import { memoizeByText } from '../../private/memo';
import { FIELD_TRAITS } from '../data/field-traits';

/** The treatment of a field by the API server and its clients. */
export interface FieldTraits {
  /** Whether leaving it out is another thing than an empty object, zero, `false` or no text. */
  readonly isOptional: boolean;
  /** The field by which items of its list are merged; no text where items are merged by themselves. */
  readonly mergeKey?: string;
  /** Whether an apply removes what a manifest does not say, even if the API server has added it. */
  readonly isClosed: boolean;
}

const PLAIN: FieldTraits = { isOptional: false, isClosed: false };

/** So many types are kept; there are not many more. */
const MAX_TYPES = 512;

let lines: ReadonlyMap<string, string> | undefined;

/** The treatment of a field of a type. */
export function findTraits(type: string, field: string): FieldTraits {
  return loadTraits(type).get(field) ?? PLAIN;
}

const loadTraits = memoizeByText((type: string): ReadonlyMap<string, FieldTraits> => {
  lines ??= new Map(FIELD_TRAITS.trim().split('\n').map(splitLine));
  const words = lines.get(type)?.split(' ') ?? [];
  return new Map(words.map(parseTraits));
}, MAX_TYPES);

function splitLine(line: string): [type: string, fields: string] {
  const end = line.indexOf(' ');
  return [line.slice(0, end), line.slice(end + 1)];
}

/** The traits that a word such as `*affinity`, `env=name` or `volumes=name~` says. */
function parseTraits(word: string): [field: string, traits: FieldTraits] {
  const [, star, field, merge, mergeKey, closed] = /^(\*?)([^=~]+)(=(\w*))?(~?)$/.exec(word)!;
  const isMerged = merge !== undefined;
  return [field!, { isOptional: star === '*', isClosed: closed === '~', ...(isMerged && { mergeKey: mergeKey! }) }];
}
