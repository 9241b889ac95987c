import { omitUndefined } from '../private/own';
import type { ObjectView } from './model/object-view';
import { isUnresolvedImage } from './model/placeholders';

/** Something that the rules did not check, because another tool is to make a manifest of it first. */
export interface Omission {
  /** Why, and what to check instead. */
  readonly reason: string;
  /**
   * Kind of the object.
   *
   * @default - the document says no kind
   */
  readonly kind?: string;
  /**
   * Name of the object.
   *
   * @default - the object has no name
   */
  readonly name?: string;
  /**
   * The file that holds it.
   *
   * @default - it did not come from a file
   */
  readonly file?: string;
  /**
   * Its line in that file, from 1.
   *
   * @default - it did not come from text
   */
  readonly line?: number;
}

/** The parts of these objects that are not checked: whole objects that are no finished manifests, and images without a name. */
export function listOmissions(objects: readonly ObjectView[]): Omission[] {
  return objects.flatMap((object) => {
    const reason = object.unfinished ?? findUnresolvedImage(object);
    return reason === undefined ? [] : [toOmission(object, reason)];
  });
}

function findUnresolvedImage({ pod }: ObjectView): string | undefined {
  const image = pod?.all.map(({ field }) => field.at('image').text ?? '').find(isUnresolvedImage);
  const who = image?.startsWith('ko://') ? 'check what `ko resolve` makes of it' : 'check what comes of it';
  return image === undefined ? undefined : `image "${image}" is yet to be named, so nothing is said of it; ${who}`;
}

function toOmission({ kind, name, root, source }: ObjectView, reason: string): Omission {
  const details = { kind: kind || undefined, name, file: source.file, line: source.findLine?.(root.keys) };
  return { reason, ...omitUndefined(details) };
}
