import type { FieldChange } from '../stored/compare';
import { formatPath } from '../stored/compare';
import { hasFields, isSame, type Json, toItems } from '../stored/json';

/** More of a value is not shown. */
const MAX_VALUE = 60;

/** A value in a sentence, in one short line. */
export function formatValue(value: Json): string {
  const text = typeof value === 'number' || typeof value === 'boolean' ? String(value) : JSON.stringify(value);
  return text.length > MAX_VALUE ? `${text.slice(0, MAX_VALUE)}…` : text;
}

/** A text as it is, and anything else as it would be written. */
export function formatWord(value: Json): string {
  return typeof value === 'string' ? value : value === undefined ? '(nothing)' : formatValue(value);
}

/** The difference of two values: `1 -> 2`, `now 2`, `no longer 1`. */
export function formatDifference({ old, next, isOrder }: Pick<FieldChange, 'old' | 'next' | 'isOrder'>): string {
  if (isOrder) {
    return `order ${toItems(old).join(', ')} -> ${toItems(next).join(', ')}`;
  }
  if (old === undefined) {
    return `now ${formatValue(next)}`;
  }
  if (next === undefined) {
    return `no longer ${formatValue(old)}`;
  }
  return Array.isArray(old) && Array.isArray(next) ? formatItems(old, next) : formatPair(old, next);
}

function formatPair(old: Json, next: Json): string {
  const isLong = [old, next].some((value) => JSON.stringify(value).length > MAX_VALUE);
  return isLong && typeof old === 'string' && typeof next === 'string'
    ? 'another text'
    : `${formatValue(old)} -> ${formatValue(next)}`;
}

/** Lists by the items that come and go; where none does, their order is another. */
function formatItems(old: Json[], next: Json[]): string {
  const [gone, come] = [collectOthers(old, next), collectOthers(next, old)];
  const parts = [...gone.map((item) => `-${formatValue(item)}`), ...come.map((item) => `+${formatValue(item)}`)];
  return parts.length > 0 ? parts.join(' ') : 'another order';
}

function collectOthers(items: Json[], others: Json[]): Json[] {
  return items.filter((item) => !others.some((other) => isSame(item, other)));
}

/** A field and its difference: `spec.replicas: 1 -> 2`. */
export function formatChange(change: FieldChange): string {
  return `\`${formatPath(change.keys)}\`: ${formatDifference(change)}`;
}

/** The name of an item in the way to a field. */
export function toItemName(key: string | undefined): string {
  return /^\[([\s\S]*)\]$/.exec(key ?? '')?.[1] ?? key ?? '';
}

/** A volume by its source. */
export function describeSource(volume: Json): string {
  const source = hasFields(volume) ? Object.keys(volume).find((name) => name !== 'name') : undefined;
  const content = source === undefined ? undefined : volume[source];
  const name = content?.name ?? content?.secretName ?? content?.claimName ?? content?.path ?? content?.reference;
  const word = source === 'persistentVolumeClaim' ? 'claim' : (source ?? 'volume');
  return typeof name === 'string' && name !== '' ? `${word} "${name}"` : word;
}

/** `a, b and c`. */
export function joinWords(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`;
}
