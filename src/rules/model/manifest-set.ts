import type { Field } from './field';
import type { ObjectView } from './object-view';
import type { PodView } from './pod-view';

const NOTHING: readonly never[] = [];

/** Objects that are applied together, so that one may refer to another. Every look-up is by index, so that a set may be large. */
export class ManifestSet {
  private readonly byKind = new Map<string, ObjectView[]>();
  private readonly byName = new Map<string, ObjectView>();
  private readonly byLabel = new Map<string, PodView[]>();
  private readonly podsByNamespace = new Map<string, PodView[]>();

  public constructor(public readonly objects: readonly ObjectView[]) {
    for (const object of objects) {
      addToIndex(this.byKind, toIndexKey(object.kind, object.namespace), object);
      this.byName.set(toIndexKey(object.kind, object.namespace, object.name), object);
      if (object.pod) {
        addToIndex(this.podsByNamespace, toIndexKey(object.namespace), object.pod);
      }
      for (const label of object.pod?.labels.fields ?? []) {
        addToIndex(this.byLabel, toIndexKey(object.namespace, label.name, label.text), object.pod!);
      }
    }
  }

  /** The objects of a kind in the namespace of another object. */
  public listByKind(kind: string, beside: ObjectView): readonly ObjectView[] {
    return this.byKind.get(toIndexKey(kind, beside.namespace)) ?? NOTHING;
  }

  /** The object of this kind and name in the namespace of another object. */
  public find(kind: string, name: string | undefined, beside: ObjectView): ObjectView | undefined {
    return name === undefined ? undefined : this.byName.get(toIndexKey(kind, beside.namespace, name));
  }

  /** The pods in the namespace of another object. */
  public listPodsBeside({ namespace }: ObjectView): readonly PodView[] {
    return this.podsByNamespace.get(toIndexKey(namespace)) ?? NOTHING;
  }

  /** The pods in the namespace of another object whose labels hold all of these. No labels select nothing. */
  public listPodsWith(labels: Field, beside: ObjectView): readonly PodView[] {
    const wanted = labels.fields.map((label) => toIndexKey(beside.namespace, label.name, label.text));
    const lists = wanted.map((label) => this.byLabel.get(label) ?? NOTHING);
    const shortest = lists.reduce((a, b) => (b.length < a.length ? b : a), lists[0] ?? NOTHING);
    return shortest.filter((pod) => hasLabels(pod, labels));
  }
}

function hasLabels(pod: PodView, labels: Field): boolean {
  return labels.fields.every((label) => label.text !== undefined && pod.labels.at(label.name).text === label.text);
}

/** One text for several names, which never is that of other names. */
function toIndexKey(...names: (string | undefined)[]): string {
  return names.map((name) => name ?? '').join('\n');
}

function addToIndex<T>(map: Map<string, T[]>, name: string, value: T): void {
  const list = map.get(name);
  if (list) {
    list.push(value);
  } else {
    map.set(name, [value]);
  }
}
