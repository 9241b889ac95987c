import { splitPath, tryFindPodPath } from '../../private/pod-places';
import type { ManifestSet } from '../../rules/model/manifest-set';
import type { ObjectView } from '../../rules/model/object-view';
import type { Effect } from '../report';
import type { FieldChange } from '../stored/compare';
import { type Fields, findValue } from '../stored/json';

/** An object that is there before and after. */
export interface Change {
  readonly group: string;
  readonly kind: string;
  readonly old: ObjectView;
  readonly next: ObjectView;
  /** The object in the API server before. */
  readonly before: Fields;
  /** The object after, where the API server takes the change. */
  readonly after: Fields;
  readonly fields: readonly FieldChange[];
}

/** All that is applied together, before and after. */
export interface World {
  readonly before: ManifestSet;
  readonly after: ManifestSet;
  /** The change of an object of the new set; nothing where it stays or is new. */
  findChange(next: ObjectView): Change | undefined;
}

/** The effect of a change on an object, in words. */
export interface Explanation {
  readonly effect: Effect;
  readonly summary: string;
  readonly reasons?: readonly string[];
  readonly notes?: readonly string[];
}

/** The field of a template of pods, step by step; nothing where the object has none, and no step where it is a pod. */
export function findPodKeys({ apiVersion, kind, pod }: ObjectView): readonly string[] | undefined {
  const path = tryFindPodPath(apiVersion, kind) ?? (pod ? 'spec.template' : undefined);
  return path === undefined ? undefined : splitPath(path);
}

/** The changes below a field, with the way from there on. */
export function listBelow(fields: readonly FieldChange[], keys: readonly string[]): FieldChange[] {
  return fields
    .filter((change) => change.keys.length >= keys.length && keys.every((key, index) => change.keys[index] === key))
    .map((change) => ({ ...change, keys: change.keys.slice(keys.length) }));
}

/** Whether anything changes at or below a field. */
export function touches({ fields }: Change, ...keys: readonly string[]): boolean {
  return listBelow(fields, keys).length > 0;
}

/** The template of pods of an object as the API server has it. */
export function findPod(stored: Fields, object: ObjectView): Fields {
  return findValue(stored, ...(findPodKeys(object) ?? [])) ?? {};
}
