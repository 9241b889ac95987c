import type { IConstruct } from 'constructs';
import type { Place, Scope } from './scope';

/** The greatest number that JavaScript takes for an index, and therefore moves to the front of an object. */
const MAX_INDEX = 2 ** 32 - 2;

/** The objects that wait for those of a construct: none, one or several. */
type Waiting = Place | 'several' | undefined;

/** The start of the walk of a scope: the constructs that nothing else waits for. */
export class Arrivals {
  /** The places to start from, in the order of cdk8s. */
  public readonly starts: readonly Place[];

  private readonly targets = new Set<Place>();
  private readonly waiting = new Map<Place, Waiting>();

  public constructor(
    private readonly scope: Scope,
    hasGroups: boolean,
  ) {
    for (const { dependencies } of scope.places) {
      for (const target of dependencies) {
        this.targets.add(target);
      }
    }
    if (hasGroups) {
      this.meetGroups();
    }
    const starts = scope.places.filter((place) => !this.targets.has(place));
    this.starts = sortByPath(starts, ({ construct }) => construct);
  }

  private meetGroups(): void {
    const objects = this.collectObjects();
    for (const source of this.scope.places) {
      for (const group of source.dependencies) {
        this.waiting.set(group, mergeWaiting(this.waiting.get(group), objects.get(source)));
      }
    }
    for (const place of this.scope.places) {
      const outer = place.parent && !place.isChart ? this.waiting.get(place.parent) : undefined;
      const all = mergeWaiting(outer, this.waiting.get(place));
      this.waiting.set(place, all);
      if (place.isApiObject && all !== undefined && all !== place) {
        this.targets.add(place);
      }
    }
  }

  /** The objects of each construct in its own chart, as those who wait. */
  private collectObjects(): Map<Place, Waiting> {
    const objects = new Map<Place, Waiting>();
    for (const place of [...this.scope.places].reverse()) {
      const all = mergeWaiting(objects.get(place), place.isApiObject ? place : undefined);
      objects.set(place, all);
      if (place.parent && !place.isChart) {
        objects.set(place.parent, mergeWaiting(objects.get(place.parent), all));
      }
    }
    return objects;
  }
}

function mergeWaiting(one: Waiting, other: Waiting): Waiting {
  return one === undefined || one === other ? other : other === undefined ? one : 'several';
}

/**
 * The order in which cdk8s meets constructs: it collects them in an object by their paths, so that a path which is a number
 * comes before all others.
 */
export function sortByPath<T>(parts: readonly T[], toConstruct: (part: T) => IConstruct): readonly T[] {
  const isFirst = (part: T) => isNumbered(toConstruct(part));
  const first = parts.filter(isFirst);
  return first.length === 0 ? parts : [...first, ...parts.filter((part) => !isFirst(part))];
}

/** Only below the app an id is the whole path. */
function isNumbered({ node: { id, scope } }: IConstruct): boolean {
  return scope !== undefined && scope.node.scope === undefined && isArrayIndex(id);
}

function isArrayIndex(id: string): boolean {
  const number = Number(id);
  return Number.isInteger(number) && number >= 0 && number <= MAX_INDEX && String(number) === id;
}
