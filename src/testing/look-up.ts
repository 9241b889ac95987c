import { failure } from '../private/errors';
import { nearest } from '../private/nearest';
import type { ObjectView } from '../rules/model/object-view';

/** More objects than this are counted, not listed. */
const MAX_LISTED = 12;

/** What cdk8s appends to the names that it makes. */
const HASH = /-c8[0-9a-f]{6}$/;

/** Whether an object is of this kind, written as `Service` or, where two groups have such a kind, `v1/Service`. */
export function isOfKind({ kind, apiVersion }: ObjectView, wanted: string): boolean {
  return kind === wanted || `${apiVersion}/${kind}` === wanted;
}

/** The objects of a kind. A kind in the wrong case finds nothing, for which nobody asks on purpose. */
export function ofKind(objects: readonly ObjectView[], kind: string, where: string): ObjectView[] {
  const found = objects.filter((object) => isOfKind(object, kind));
  const meant = objects.find((object) => object.kind.toLowerCase() === kind.toLowerCase())?.kind;
  if (found.length === 0 && meant !== undefined && meant !== kind) {
    throw failure(where, `there is no kind "${kind}"; did you mean "${meant}"?`);
  }
  return found;
}

/** What is looked for, and where. */
export interface Search {
  /** The objects that it may be. */
  readonly among: readonly ObjectView[];
  /** All objects, to say what is there where it may be none. */
  readonly all: readonly ObjectView[];
  /** What it is, as in `Deployment`. */
  readonly noun: string;
  /** Where the objects come from. */
  readonly where: string;
}

/**
 * The one object of this name. A name may leave out what cdk8s puts around it: `web` is also `shop-web-c8f1a2b3`, if that is the
 * only one.
 *
 * @throws if there is none, or more than one
 */
export function theOne({ among, all, noun, where }: Search, name?: string): ObjectView {
  const found = name === undefined ? among : named(among, name);
  if (found.length === 1) {
    return found[0]!;
  }
  throw failure(where, found.length === 0 ? noneText(among, all, noun, name) : severalText(found, noun, name));
}

function noneText(among: readonly ObjectView[], all: readonly ObjectView[], noun: string, name?: string): string {
  return name === undefined || among.length === 0
    ? `there is no ${noun} (there: ${listed(all)})`
    : `there is no ${noun} "${name}"${guess(among, name)} (there: ${listed(among)})`;
}

function severalText(found: readonly ObjectView[], noun: string, name?: string): string {
  return name === undefined
    ? `there is more than one ${noun}; name it (there: ${listed(found)})`
    : `${noun} "${name}" may be any of ${found.length}; write the whole name, \`Kind/name\`, or take one namespace with \`inNamespace\` (there: ${listed(found)})`;
}

/** The objects that a name means, as exactly as possible. */
function named(objects: readonly ObjectView[], name: string): readonly ObjectView[] {
  const ways: ((object: ObjectView) => boolean)[] = [
    (object) => object.name === name || object.title === name,
    (object) => plainName(object) === name,
    (object) => plainName(object).endsWith(`-${name}`) || plainName(object).startsWith(`${name}-`),
  ];
  return ways.map((way) => objects.filter(way)).find((found) => found.length > 0) ?? [];
}

function plainName({ name = '' }: ObjectView): string {
  return name.replace(HASH, '');
}

function guess(objects: readonly ObjectView[], name: string): string {
  const names = objects.flatMap((object) => [object.name ?? '', plainName(object)]);
  const meant = nearest(name, names);
  return meant === undefined ? '' : `; did you mean "${meant}"?`;
}

/** What is there: the titles of a few objects, the kinds of many. */
export function listed(objects: readonly ObjectView[]): string {
  if (objects.length === 0) {
    return 'nothing';
  }
  if (objects.length <= MAX_LISTED) {
    return objects.map(fullTitle).join(', ');
  }
  const kinds = [...new Set(objects.map(({ kind }) => kind))];
  return kinds.map((kind) => `${objects.filter((object) => object.kind === kind).length} ${kind}`).join(', ');
}

function fullTitle({ title, namespace }: ObjectView): string {
  return namespace === undefined ? title : `${title} in ${namespace}`;
}
