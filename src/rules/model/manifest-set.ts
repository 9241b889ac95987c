import { groupBy } from '../../private/lists';
import { isClusterScoped } from './api-kinds';
import type { Field } from './field';
import type { ObjectView } from './object-view';
import type { PodView } from './pod-view';

const NOTHING: readonly never[] = [];

/** A place in a set: that of an object, a namespace, or none. */
export type Place = Partial<Pick<ObjectView, 'namespace' | 'root'>>;

/**
 * Objects that are applied together, so that one may refer to another. Every look-up is by index, so that a set may be large. Of
 * several objects of one name, which are alternatives where they stand in several files, the nearest is meant: the one
 * in the same file, or else the one in the same folder.
 */
export class ManifestSet {
  private readonly byKind = new Map<string, ObjectView[]>();
  private readonly byName = new Map<string, ObjectView[]>();
  private readonly byLabel = new Map<string, PodView[]>();
  private readonly podsByNamespace = new Map<string, PodView[]>();
  /** The answers to what was asked for by labels: many Services and budgets may ask for the same pods. */
  private readonly byLabels = new Map<string, readonly PodView[]>();
  private byIdentity?: ReadonlyMap<string, readonly ObjectView[]>;

  public constructor(public readonly objects: readonly ObjectView[]) {
    for (const object of objects) {
      if (object.unfinished === undefined) {
        addToIndex(this.byKind, toIndexKey(object, object.kind), object);
        addToIndex(this.byName, toIndexKey(object, object.kind, object.name), object);
      }
      if (object.pod) {
        addToIndex(this.podsByNamespace, toIndexKey(object), object.pod);
      }
      for (const label of object.pod?.labels.fields ?? []) {
        addToIndex(this.byLabel, toIndexKey(object, label.name, label.text), object.pod!);
      }
    }
  }

  /** The objects of a kind in the namespace of another object. */
  public listByKind(kind: string, beside: Place): readonly ObjectView[] {
    return this.byKind.get(toIndexKey(beside, kind)) ?? NOTHING;
  }

  /** The object of this kind and name in the namespace of another object; nothing where several are as near. */
  public find(kind: string, name: string | undefined, beside: ObjectView): ObjectView | undefined {
    const near = this.listByName(kind, name, beside);
    return near.length === 1 ? near[0] : undefined;
  }

  /** The nearest objects of this kind and name in the namespace of another object. */
  public listByName(kind: string, name: string | undefined, beside: ObjectView): readonly ObjectView[] {
    const found = name === undefined ? NOTHING : (this.byName.get(toIndexKey(beside, kind, name)) ?? NOTHING);
    return found.length > 1 ? listNearest(found, beside, (object) => object) : found;
  }

  /** All objects of the kind, the name and the namespace of this one, itself among them. */
  public listTwins(object: ObjectView): readonly ObjectView[] {
    this.byIdentity ??= groupBy(
      this.objects.filter(({ unfinished }) => unfinished === undefined),
      toIdentity,
    );
    return this.byIdentity.get(toIdentity(object)) ?? NOTHING;
  }

  /** The pods in the namespace of another object. */
  public listPodsBeside(beside: ObjectView): readonly PodView[] {
    return this.podsByNamespace.get(toIndexKey(beside)) ?? NOTHING;
  }

  /** The nearest pods in the namespace of another object whose labels hold all of these. No labels select nothing. */
  public listPodsWith(labels: Field, beside: ObjectView): readonly PodView[] {
    const wanted = labels.fields.map((label) => toIndexKey(beside, label.name, label.text));
    const key = [beside.source.file ?? '', ...wanted.sort()].join('\n\n');
    const known = this.byLabels.get(key) ?? this.findPodsWith(labels, wanted, beside);
    this.byLabels.set(key, known);
    return known;
  }

  private findPodsWith(labels: Field, wanted: readonly string[], beside: ObjectView): readonly PodView[] {
    const lists = wanted.map((label) => this.byLabel.get(label) ?? NOTHING);
    const shortest = lists.reduce((a, b) => (b.length < a.length ? b : a), lists[0] ?? NOTHING);
    const found = shortest.filter((pod) => hasLabels(pod, labels));
    return found.length > 1 ? listNearest(found, beside, ({ owner }) => owner) : found;
  }

  /** Whether another file of the set has an object of the same name, so that nobody knows which of them is meant. */
  public isVariant(object: ObjectView): boolean {
    return this.listTwins(object).some((twin) => !twin.isInFileOf(object));
  }
}

function hasLabels(pod: PodView, labels: Field): boolean {
  return labels.fields.every((label) => label.text !== undefined && pod.labels.at(label.name).text === label.text);
}

/** Those of the same file, or else of the same folder, or else all. */
function listNearest<T>(found: readonly T[], beside: ObjectView, toObject: (item: T) => ObjectView): readonly T[] {
  const isBeside = (item: T) => toObject(item).isInFileOf(beside);
  if (found.every(isBeside)) {
    return found;
  }
  const near = found.filter(isBeside);
  return near.length > 0 ? near : listOfFolder(found, beside, toObject);
}

function listOfFolder<T>(found: readonly T[], beside: ObjectView, toObject: (item: T) => ObjectView): readonly T[] {
  const near = found.filter((item) => toObject(item).isInFolderOf(beside));
  return near.length > 0 ? near : found;
}

/** The identity of an object; versions of one group are the same object, and in no namespace are those of the cluster. */
function toIdentity(object: ObjectView): string {
  const { apiVersion, kind, name } = object;
  const group = apiVersion.slice(0, Math.max(apiVersion.lastIndexOf('/'), 0));
  return toIndexKey(isClusterScoped(group, kind) ? {} : object, group, kind, name);
}

/** One text for several names in a namespace, which never is that of other names. */
function toIndexKey({ namespace, root }: Place, ...names: (string | undefined)[]): string {
  const isUnreadable = namespace === undefined && root?.at('metadata', 'namespace').exists;
  return [isUnreadable ? '\0' : namespace, ...names].map((name) => name ?? '').join('\n');
}

function addToIndex<T>(map: Map<string, T[]>, name: string, value: T): void {
  const list = map.get(name);
  if (list) {
    list.push(value);
  } else {
    map.set(name, [value]);
  }
}
