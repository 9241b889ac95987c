import { describeChoices } from '../../private/errors';
import { tryFindOwn } from '../../private/own';
import { describeValue, isPlainObject } from '../../private/values';
import { formatSorted } from './pod-template';

/** The fields of an object, in a patch or in a manifest. */
export type Fields = Record<string, unknown>;

/** A list whose items Kubernetes tells apart by a field, and merges by it. */
export interface KeyedList {
  /** The fields that may be the key; the first that an item of the patch has is. */
  readonly keys: readonly string[];
  /** The noun of an item, where a patch changes only those that are there. */
  readonly noun?: string;
  /** The means to add one that is not there. */
  readonly addition?: string;
  /** The keyed lists in an item. */
  readonly lists?: KeyedLists;
}

export type KeyedLists = Readonly<Record<string, KeyedList>>;

const NAMED: KeyedList = { keys: ['name'] };

const OF_CONTAINERS: KeyedLists = {
  env: NAMED,
  ports: { keys: ['name', 'containerPort'], noun: 'port', addition: '`network.claim`' },
  volumeDevices: { keys: ['devicePath'] },
  volumeMounts: { keys: ['mountPath'] },
};

/** The containers of a pod, of whatever list. */
export const CONTAINERS: KeyedList = {
  keys: ['name'],
  noun: 'container',
  addition: '`addSidecar`',
  lists: OF_CONTAINERS,
};

/**
 * The keyed lists of a pod, which are those that have a `patchMergeKey` in the Go types of Kubernetes; all others are replaced as a
 * whole. Ports are told apart by their names first, which patches of Kubernetes do not know.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.37.1/staging/src/k8s.io/api/core/v1/types.go
 */
export const POD_LISTS: KeyedLists = {
  containers: CONTAINERS,
  evictionResponders: NAMED,
  hostAliases: { keys: ['ip'] },
  imagePullSecrets: NAMED,
  initContainers: CONTAINERS,
  resourceClaims: NAMED,
  schedulingGates: NAMED,
  topologySpreadConstraints: { keys: ['topologyKey'] },
  volumes: { keys: ['name'], noun: 'volume', addition: '`storage.fromSource`' },
};

const HANDLERS = ['exec', 'grpc', 'httpGet', 'tcpSocket'];
const ALL = 'all';

/** The fields of which an object has only one, by the name of the field or list that it stands in. */
const CHOICES = new Map<string, readonly string[] | typeof ALL>([
  ['env', ['value', 'valueFrom']],
  ['livenessProbe', HANDLERS],
  ['readinessProbe', HANDLERS],
  ['startupProbe', HANDLERS],
  ['postStart', ALL],
  ['preStop', ALL],
  ['valueFrom', ALL],
  ['volumes', ALL],
]);

/** The place of an object: its path, the field it stands in, and its keyed lists. */
interface Place {
  readonly path: string;
  readonly field: string;
  readonly lists: KeyedLists;
}

/** The place of the spec of a pod. */
export const POD: Place = { path: 'spec', field: 'spec', lists: POD_LISTS };

/** Reasons why a patch is none: it is no plain data, or an item of a keyed list has no key. */
export function validatePatch(value: unknown, { path, lists }: Pick<Place, 'path' | 'lists'> = POD): string[] {
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => validatePatch(item, { path: `${path}[${index}]`, lists: {} }));
  }
  if (!isPlainObject(value)) {
    return value === null || ['string', 'number', 'boolean'].includes(typeof value)
      ? []
      : [`\`${path}\` is ${describeValue(value)}; pass plain data as it stands in a manifest`];
  }
  return Object.entries(value).flatMap(([field, inner]) => {
    const list = tryFindOwn(lists, field);
    const place = { path: `${path}.${field}`, lists: {} };
    if (field.startsWith('$')) {
      return [`\`${place.path}\` is a directive, which a patch does not take; pass null to remove a field`];
    }
    return list ? validateItems(inner, list, place.path) : validatePatch(inner, place);
  });
}

function validateItems(items: unknown, list: KeyedList, path: string): string[] {
  const key = list.keys.map((name) => `\`${name}\``).join(' or ');
  if (!Array.isArray(items)) {
    return [`\`${path}\` is ${describeValue(items)}; pass a list of objects with ${key}`];
  }
  return items.flatMap((item, index) =>
    isPlainObject(item) && findKey(item, list)
      ? validatePatch(item, { path: toItemPath(path, item, list), lists: list.lists ?? {} })
      : [`\`${path}[${index}]\` has no ${key}; pass it, so that it is known what is patched`],
  );
}

/**
 * Two patches as one.
 *
 * @param conflicts what the two say differently
 */
export function mergePatches(known: Fields, added: Fields, conflicts: string[], place: Place = POD): Fields {
  const { path, field: around, lists } = place;
  const [rival] = listRivals(around, known, added);
  if (rival !== undefined) {
    const fields = Object.keys(added).filter((field) => field !== 'name');
    conflicts.push(`\`${path}\` had \`${rival}\` before and has \`${fields.join('`, `')}\` now`);
    return known;
  }
  const combined = { ...known };
  for (const [field, value] of Object.entries(added)) {
    const before = tryFindOwn(combined, field);
    const list = tryFindOwn(lists, field);
    const inner = { path: `${path}.${field}`, field, lists: {} };
    if (list) {
      combined[field] = mergeItems((before ?? []) as Fields[], value as Fields[], conflicts, list, inner);
    } else if (isPlainObject(value) && (before === undefined || isPlainObject(before))) {
      combined[field] = mergePatches(before ?? {}, value, conflicts, inner);
    } else if (before === undefined) {
      combined[field] = value;
    } else if (formatSorted(before) !== formatSorted(value)) {
      conflicts.push(`\`${inner.path}\` was ${formatData(before)} before and is ${formatData(value)} now`);
    }
  }
  return combined;
}

function mergeItems(
  known: readonly Fields[],
  added: readonly Fields[],
  conflicts: string[],
  list: KeyedList,
  { path, field }: Place,
): Fields[] {
  const combined = [...known];
  for (const item of added) {
    const place = { path: toItemPath(path, item, list), field, lists: list.lists ?? {} };
    const index = combined.findIndex((other) => isSameItem(other, item, list));
    if (index < 0) {
      combined.push(mergePatches({}, item, conflicts, place));
    } else {
      combined[index] = mergePatches(combined[index]!, item, conflicts, place);
    }
  }
  return combined;
}

/**
 * An object of a manifest with a patch.
 *
 * @param problems names in the patch that the manifest does not have
 */
export function applyPatch(target: unknown, patch: Fields, problems: string[], place: Place = POD): Fields {
  const merged: Fields = isPlainObject(target) ? { ...target } : {};
  for (const rival of listRivals(place.field, merged, patch)) {
    delete merged[rival];
  }
  for (const [field, value] of Object.entries(patch)) {
    const list = tryFindOwn(place.lists, field);
    const before = tryFindOwn(merged, field);
    const inner = { path: `${place.path}.${field}`, field, lists: {} };
    if (list) {
      merged[field] = applyItems(before, value as Fields[], problems, list, inner);
    } else if (isPlainObject(value)) {
      merged[field] = applyPatch(before, value, problems, inner);
    } else {
      merged[field] = value === null ? undefined : value;
    }
    if (merged[field] === undefined) {
      delete merged[field];
    }
  }
  return merged;
}

function applyItems(
  items: unknown,
  patches: readonly Fields[],
  problems: string[],
  list: KeyedList,
  { path, field }: Place,
): Fields[] | undefined {
  const merged = Array.isArray(items) ? [...(items as Fields[])] : [];
  for (const patch of patches) {
    const place = { path: toItemPath(path, patch, list), field, lists: list.lists ?? {} };
    const index = merged.findIndex((item) => isSameItem(item, patch, list));
    if (index >= 0) {
      merged[index] = applyPatch(merged[index], patch, problems, place);
    } else if (list.noun === undefined) {
      merged.push(applyPatch({}, patch, problems, place));
    } else {
      problems.push(describeMissing(merged, list, place.path));
    }
  }
  return merged.length > 0 || items !== undefined ? merged : undefined;
}

/** A patch of an item that is not there. */
export function describeMissing(items: readonly Fields[], { noun, addition, keys }: KeyedList, path: string): string {
  const names = items.map((item) => String(item[keys[0]!] ?? item[keys.at(-1)!]));
  return `\`${path}\` is patched, and there is no such ${noun}${describeChoices(`${noun}s`, names)}; pass one that is there, or add it with ${addition}`;
}

/** The path of an item, by its key. */
export function toItemPath(path: string, item: Fields, list: KeyedList): string {
  return `${path}[${item[findKey(item, list)!]}]`;
}

/** Whether an item of a manifest, or of another patch, is the one that this item of a patch means. */
export function isSameItem(item: unknown, patch: Fields, list: KeyedList): boolean {
  const key = findKey(patch, list)!;
  return isPlainObject(item) && item[key] === patch[key];
}

function findKey(item: Fields, { keys }: KeyedList): string | undefined {
  return keys.find((key) => ['string', 'number'].includes(typeof item[key]));
}

/** The fields of an object that cannot stay beside those of a patch. */
function listRivals(field: string, target: Fields, patch: Fields): string[] {
  const choices = CHOICES.get(field) ?? [];
  const isChoice = (key: string) => key !== 'name' && (choices === ALL || choices.includes(key));
  const isChosen = Object.keys(patch).some((key) => isChoice(key) && patch[key] !== null);
  return isChosen ? Object.keys(target).filter((key) => isChoice(key) && target[key] !== null && !(key in patch)) : [];
}

function formatData(value: unknown): string {
  const text = formatSorted(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
