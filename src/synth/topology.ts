import type { IConstruct } from 'constructs';
import { createError } from '../private/errors';
import { Arrivals } from './arrivals';
import type { Place, Scope } from './scope';

/** Part of a walk: it hands out the parts that have to be walked before it goes on. */
type Steps = Generator<Steps, void, void>;

/**
 * The constructs of a scope, each after what it depends on, in the order of cdk8s.
 *
 * cdk8s makes a dependency between two groups of objects one edge from each object of the first to each of the second, and then
 * walks every path. Here each construct has two barriers instead: "all objects under it", which is passed once they are, and
 * "all that its objects wait for", which is passed once what it and the constructs around it depend on is. An object waits at
 * the second of its own construct. Nothing is walked twice, and the objects come in the same order, because a barrier is
 * passed by the same steps as the edges that it stands for.
 */
export class Topology {
  private readonly order: Place[] = [];
  private readonly open = new Set<Place>();
  private readonly done = new Set<Place>();
  private readonly membersDone = new Set<Place>();
  private readonly waitsDone = new Set<Place>();
  private passesItself = false;
  private steps = 0;

  /**
   * @param hasGroups whether a dependency of a construct is one of all objects under it, as in a synth
   */
  public constructor(
    private readonly scope: Scope,
    private readonly hasGroups: boolean,
  ) {}

  /** The work that sorting was: the steps of all walks. */
  public get work(): number {
    return this.steps;
  }

  /**
   * Gives those constructs that are wanted.
   *
   * @throws if the dependencies form a cycle
   */
  public sort(isWanted: (place: Place) => boolean): IConstruct[] {
    for (const start of new Arrivals(this.scope, this.hasGroups).starts) {
      this.walk(this.visit(start));
    }
    const wanted = this.order.filter(isWanted);
    const rest = this.collectRest();
    if (rest.some(isWanted)) {
      const itself = rest.find(isSelfDependent)!;
      throw createCycleError([itself]);
    }
    return wanted.map(({ construct }) => construct);
  }

  /**
   * The places that no start leads to: they are part of a cycle, which is found now, or lie behind a construct that
   * depends on itself. cdk8s leaves the latter out of its output without a word.
   */
  private collectRest(): Place[] {
    const reached = this.order.length;
    this.passesItself = true;
    if (reached < this.scope.places.length) {
      for (const place of this.scope.places) {
        this.walk(this.visit(place));
      }
    }
    return this.order.slice(reached);
  }

  /** Walks on a stack of its own, because a chain of dependencies may be longer than that of the machine. */
  private walk(first: Steps): void {
    const stack = [first];
    while (stack.length > 0) {
      this.steps++;
      const { done, value } = stack.at(-1)!.next();
      if (done) {
        stack.pop();
      } else {
        stack.push(value);
      }
    }
  }

  private *visit(place: Place): Steps {
    if (this.open.has(place)) {
      const path = [...this.open];
      throw createCycleError(path.slice(path.indexOf(place)));
    }
    if (this.done.has(place)) {
      return;
    }
    this.open.add(place);
    for (const dependency of place.dependencies) {
      if (dependency !== place || !this.passesItself) {
        yield this.visit(dependency);
      }
    }
    if (this.hasGroups && place.isApiObject) {
      yield this.passWaits(place, place);
    }
    this.open.delete(place);
    this.done.add(place);
    this.order.push(place);
  }

  /** Passes what the objects of a construct wait for; an object never waits for itself. */
  private *passWaits(place: Place, object: Place): Steps {
    if (this.waitsDone.has(place)) {
      return;
    }
    const { parent } = place;
    const outer = parent && !place.isChart ? parent : undefined;
    if (outer) {
      yield this.passWaits(outer, object);
    }
    for (const group of place.dependencies) {
      yield this.passMembers(group, object);
    }
    const isOuterDone = !outer || this.waitsDone.has(outer);
    if (isOuterDone && !place.dependencies.some((group) => group.contains(object))) {
      this.waitsDone.add(place);
    }
  }

  /** Passes the objects of a construct, but for the one that waits and for those of charts in it. */
  private *passMembers(group: Place, waiting: Place): Steps {
    if (this.membersDone.has(group)) {
      return;
    }
    if (group.isApiObject && group !== waiting) {
      yield this.visit(group);
    }
    for (const child of group.children) {
      if (!child.isChart) {
        yield this.passMembers(child, waiting);
      }
    }
    if (!group.contains(waiting)) {
      this.membersDone.add(group);
    }
  }
}

function isSelfDependent(place: Place): boolean {
  return place.dependencies.includes(place);
}

/** The error of a cycle, with all that is passed on the way around. */
function createCycleError(cycle: readonly Place[]): Error {
  const [first] = cycle;
  const route = [...cycle, first!].map(({ construct }) => construct.node.path).join(' => ');
  return createError(first!.construct, `dependencies form a cycle: ${route}; remove one of them`);
}
