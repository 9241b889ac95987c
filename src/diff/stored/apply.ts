import { hasOwn } from '../../private/own';
import { loadObjectType, type Shape } from '../../rules/model/schema';
import { type Fields, hasFields, isSame, type Json } from './json';
import { findTraits } from './traits';

/** The three states that `kubectl apply` makes a patch from. */
interface Versions {
  /** The object in the cluster. */
  readonly live: Json;
  /** The manifest that was applied before. */
  readonly old: Json;
  /** The manifest that is applied. */
  readonly next: Json;
}

/**
 * The object that `kubectl apply` makes: what the new manifest says, without what the old one said and the new one does not. What
 * neither says stays as it is in the cluster.
 *
 * @param type the type of the object, where it is known; otherwise lists are replaced as a whole
 * @see https://kubernetes.io/docs/tasks/manage-kubernetes-objects/declarative-config/#how-apply-calculates-differences-and-merges-changes
 */
export function applyManifest(versions: Versions, type: string | undefined, kubernetes: number): Fields {
  return new Merge(kubernetes).mergeFields(versions, type);
}

class Merge {
  public constructor(private readonly kubernetes: number) {}

  public mergeFields({ live, old, next }: Versions, type: string | undefined, isClosed = false): Fields {
    const known = type === undefined ? undefined : loadObjectType(type, this.kubernetes).fields;
    const names = new Set([...Object.keys(live), ...Object.keys(next)]);
    const entries = [...names].flatMap((name): [string, Json][] => {
      const below = { live: readField(live, name), old: readField(old, name), next: readField(next, name) };
      const shape = known?.get(name)?.shape;
      const merged = this.mergeField(below, shape, type === undefined ? undefined : findTraits(type, name), isClosed);
      return merged === undefined ? [] : [[name, merged]];
    });
    return Object.fromEntries(entries);
  }

  private mergeField(
    versions: Versions,
    shape: Shape | undefined,
    traits: ReturnType<typeof findTraits> | undefined,
    isClosed: boolean,
  ): Json {
    const { live, old, next } = versions;
    if (next === undefined) {
      return old !== undefined || isClosed ? undefined : live;
    }
    if (hasFields(live) && hasFields(next)) {
      return this.mergeFields(versions, shape?.type, traits?.isClosed === true);
    }
    const key = traits?.mergeKey;
    return Array.isArray(live) && Array.isArray(next) && key !== undefined
      ? this.mergeList({ live, old, next }, key, shape?.items?.type, traits?.isClosed === true)
      : next;
  }

  /** Items are merged by their key, in the order of the new manifest; what only the cluster has stays behind them. */
  private mergeList({ live, old, next }: Versions, key: string, type: string | undefined, isClosed: boolean): Json[] {
    const merged: Json[] = [];
    if (isSame(old, next) && toList(next).some((item) => hasFields(item) && !isUnique(item, next, key))) {
      return live;
    }
    for (const item of toList(next).filter(
      (one, index, all) => all.findIndex((other) => isSame(one, other)) === index,
    )) {
      const twin = PORTS.includes(key) ? undefined : findTwin(merged, item, key);
      const found = twin ?? findTwin(live, item, key);
      const isMerged =
        hasFields(item) && hasFields(found) && (!PORTS.includes(key) || isUnique(item, toList(next), key));
      const whole = isMerged
        ? this.mergeFields({ live: found, old: findTwin(old, item, key), next: item }, type, isClosed)
        : item;
      merged.splice(twin === undefined ? merged.length : merged.indexOf(twin), twin === undefined ? 0 : 1, whole);
    }
    const others = toList(live).filter((item) => !findTwin(next, item, key) && !findTwin(old, item, key));
    return [...merged, ...others];
  }
}

/** Keys that two items may share: ports of one number and two protocols. */
const PORTS = ['containerPort', 'port'];

function readField(value: Json, name: string): Json {
  return hasFields(value) && hasOwn(value, name) ? value[name] : undefined;
}

function toList(value: Json): Json[] {
  return Array.isArray(value) ? value : [];
}

/** Two ports of one number are told apart by nothing that a patch looks at. */
function isUnique(item: Fields, list: readonly Json[], key: string): boolean {
  return list.filter((other) => hasFields(other) && other[key] === item[key]).length === 1;
}

function findTwin(list: Json, item: Json, key: string): Json {
  return toList(list).find((other) =>
    key !== '' && hasFields(other) && hasFields(item) ? other[key] === item[key] : isSame(other, item),
  );
}
