import { createError } from '../private/errors';
import { findNearest } from '../private/nearest';
import type { ObjectView } from '../rules/model/object-view';

/** More objects than this are counted, not listed. */
const MAX_LISTED = 12;

/** The hash that cdk8s appends to the names that it makes. */
const HASH = /-c8[0-9a-f]{6}$/;

/** Whether an object is of this kind, written as `Service` or, where two groups have such a kind, `v1/Service`. */
export function isOfKind({ kind, apiVersion }: ObjectView, wanted: string): boolean {
  return kind === wanted || `${apiVersion}/${kind}` === wanted;
}

/** The objects of a kind. A kind in the wrong case is an error, as it is never meant. */
export function selectByKind(objects: readonly ObjectView[], kind: string, where: string): ObjectView[] {
  const found = objects.filter((object) => isOfKind(object, kind));
  const meant = objects.find((object) => object.kind.toLowerCase() === kind.toLowerCase())?.kind;
  if (found.length === 0 && meant !== undefined && meant !== kind) {
    throw createError(where, `there is no kind "${kind}"; did you mean "${meant}"?`);
  }
  return found;
}

/** The terms of a search for one object. */
export interface Search {
  /** The objects that it may be. */
  readonly among: readonly ObjectView[];
  /** All objects, to say what is there where it may be none. */
  readonly all: readonly ObjectView[];
  /** Noun for it, as in `Deployment`. */
  readonly noun: string;
  /** The origin of the objects. */
  readonly where: string;
}

/**
 * The one object of this name. A name may leave out what cdk8s puts around it: `web` is also `shop-web-c8f1a2b3`, if that is the
 * only one.
 *
 * @throws if there is none, or more than one
 */
export function findOne({ among, all, noun, where }: Search, name?: string): ObjectView {
  const found = name === undefined ? among : selectByName(among, name);
  if (found.length === 1) {
    return found[0]!;
  }
  throw createError(
    where,
    found.length === 0 ? explainNone(among, all, noun, name) : explainSeveral(found, noun, name),
  );
}

function explainNone(among: readonly ObjectView[], all: readonly ObjectView[], noun: string, name?: string): string {
  return name === undefined || among.length === 0
    ? `there is no ${noun} (there: ${describeObjects(all)})`
    : `there is no ${noun} "${name}"${describeGuess(among, name)} (there: ${describeObjects(among)})`;
}

function explainSeveral(found: readonly ObjectView[], noun: string, name?: string): string {
  return name === undefined
    ? `there is more than one ${noun}; name it (there: ${describeObjects(found)})`
    : `${noun} "${name}" may be any of ${found.length}; write the whole name, \`Kind/name\`, or take one namespace with \`inNamespace\` (there: ${describeObjects(found)})`;
}

/** The objects that a name means, as exactly as possible. */
function selectByName(objects: readonly ObjectView[], name: string): readonly ObjectView[] {
  const ways: ((object: ObjectView) => boolean)[] = [
    (object) => object.name === name || object.title === name,
    (object) => toPlainName(object) === name,
    (object) => toPlainName(object).endsWith(`-${name}`) || toPlainName(object).startsWith(`${name}-`),
  ];
  return ways.map((way) => objects.filter(way)).find((found) => found.length > 0) ?? [];
}

function toPlainName({ name = '' }: ObjectView): string {
  return name.replace(HASH, '');
}

function describeGuess(objects: readonly ObjectView[], name: string): string {
  const names = objects.flatMap((object) => [object.name ?? '', toPlainName(object)]);
  const meant = findNearest(name, names);
  return meant === undefined ? '' : `; did you mean "${meant}"?`;
}

/** The objects for a message: the titles of a few, the kinds of many. */
export function describeObjects(objects: readonly ObjectView[]): string {
  if (objects.length === 0) {
    return 'nothing';
  }
  if (objects.length <= MAX_LISTED) {
    return objects.map(toFullTitle).join(', ');
  }
  const kinds = [...new Set(objects.map(({ kind }) => kind))];
  return kinds.map((kind) => `${objects.filter((object) => object.kind === kind).length} ${kind}`).join(', ');
}

function toFullTitle({ title, namespace }: ObjectView): string {
  return namespace === undefined ? title : `${title} in ${namespace}`;
}
