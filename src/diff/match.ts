import { groupBy } from '../private/lists';
import type { ObjectView } from '../rules/model/object-view';
import type { PodView } from '../rules/model/pod-view';
import { listConfigReferences } from '../rules/storage/shared/config-references';
import { findGroup } from './stored/stored-object';

/** An object before and after: one of both may be missing. */
export interface Match {
  readonly old?: ObjectView;
  readonly next?: ObjectView;
}

/** Pairs the objects of two sets that are the same, wherever they stand: those of the new set first, in its order. */
export function matchObjects(before: readonly ObjectView[], after: readonly ObjectView[]): Match[] {
  const left = groupBy(before, toIdentity);
  const matches = after.map((next): Match => {
    const old = left.get(toIdentity(next))?.shift();
    return old ? { old, next } : { next };
  });
  const gone = [...left.values()].flat().map((old): Match => ({ old }));
  return joinRenamed([...matches, ...gone]);
}

/** Group, kind, namespace and name, which the API server knows an object by. */
export function toIdentity(object: ObjectView): string {
  return JSON.stringify([findGroup(object), object.kind, object.namespace ?? null, object.name ?? null]);
}

/**
 * Joins ConfigMaps and Secrets whose names have a hash of their content: the pods that referred to the one refer to the other at the same
 * place.
 */
function joinRenamed(matches: readonly Match[]): Match[] {
  const renames = new Map(matches.flatMap(({ old, next }) => (old && next ? listRenames(old, next) : [])));
  const created = new Map(
    matches.flatMap(({ old, next }) => (next && !old ? [[toIdentity(next), next] as const] : [])),
  );
  const joined = new Set<ObjectView>();
  const result = matches.map((match): Match => {
    const name = match.old && !match.next ? renames.get(toIdentity(match.old)) : undefined;
    const next = name === undefined ? undefined : created.get(name);
    if (!next || joined.has(next)) {
      return match;
    }
    joined.add(next);
    return { old: match.old, next };
  });
  return result.filter(({ old, next }) => old !== undefined || !joined.has(next!));
}

/** The identities of what a pod refers to under another name than before. */
function listRenames(old: ObjectView, next: ObjectView): [from: string, to: string][] {
  const [before, after] = [toReferences(old.pod), toReferences(next.pod)];
  return [...before].flatMap(([place, { kind, name }]): [string, string][] => {
    const other = after.get(place);
    return other === undefined || other.name === name
      ? []
      : [[toConfigIdentity(kind, old, name), toConfigIdentity(kind, next, other.name)]];
  });
}

function toConfigIdentity(kind: string, { namespace }: ObjectView, name: string): string {
  return JSON.stringify(['', kind, namespace ?? null, name]);
}

/** The ConfigMaps and Secrets that a pod names, by who names them. */
function toReferences(pod: PodView | undefined): Map<string, { kind: string; name: string }> {
  const references = pod ? listConfigReferences(pod) : [];
  return new Map(
    references.flatMap(({ kind, name, who }, index) => {
      const place = `${kind} ${who} ${name.keys.filter((key) => typeof key === 'string').join('.')} ${who.startsWith('volume') ? '' : index}`;
      return name.text === undefined ? [] : [[place, { kind, name: name.text }] as const];
    }),
  );
}
