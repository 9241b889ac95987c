import { listGroups, listMembers } from './groups';
import type { Place, Scope } from './scope';

type Edge = readonly [source: Place, target: Place];

/** More edges or steps than a cycle is told in the very words of cdk8s for. */
const MAX_EDGES = 200_000;
const MAX_STEPS = 1_000;

/**
 * The error of cdk8s about a cycle. It adds one edge after another, and names what it passed on its search for a way back when
 * an edge closes a cycle; the same is done here, as far as that ends.
 *
 * @param found the places of a cycle, to be told where the search of cdk8s is too long
 */
export function createCycleError(scope: Scope, hasGroups: boolean, found: readonly Place[]): Error {
  const route = findCdk8sRoute(scope, hasGroups) ?? [...found, found[0]!];
  return new Error(`Dependency cycle detected: ${route.map(({ construct }) => construct.node.path).join(' => ')}`);
}

function findCdk8sRoute(scope: Scope, hasGroups: boolean): Place[] | undefined {
  const edges: Edge[] = [];
  for (const edge of listEdges(scope, hasGroups)) {
    if (edges.push(edge) > MAX_EDGES) {
      return undefined;
    }
  }
  const closing = findClosingEdge(edges);
  if (closing === edges.length) {
    return undefined;
  }
  const [source, target] = edges[closing]!;
  const route = findRoute(buildGraph(edges.slice(0, closing)), target, source);
  return route && [...route, target];
}

/** All edges of cdk8s, in its order. */
function* listEdges({ places }: Scope, hasGroups: boolean): Generator<Edge> {
  for (const source of places) {
    const groups = hasGroups && source.isApiObject ? listGroups(source) : [];
    for (const target of [
      ...source.dependencies,
      ...groups.flatMap(listMembers).filter((member) => member !== source),
    ]) {
      yield [source, target];
    }
  }
}

/** The index of the first edge that closes a cycle of several constructs, or their number where none does. */
function findClosingEdge(edges: readonly Edge[]): number {
  let [low, high] = [0, edges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    [low, high] = isCyclic(edges.slice(0, middle + 1)) ? [low, middle] : [middle + 1, high];
  }
  return low;
}

/** Takes away, again and again, what nothing waits for: a cycle is what is left. */
function isCyclic(edges: readonly Edge[]): boolean {
  const graph = buildGraph(edges.filter(([source, target]) => source !== target));
  const waiting = new Map<Place, number>();
  for (const target of [...graph.values()].flatMap((targets) => [...targets])) {
    waiting.set(target, (waiting.get(target) ?? 0) + 1);
  }
  const free = [...graph.keys()].filter((place) => !waiting.has(place));
  for (const place of free) {
    for (const target of graph.get(place) ?? []) {
      const left = waiting.get(target)! - 1;
      waiting.set(target, left);
      if (left === 0) {
        free.push(target);
      }
    }
  }
  return [...waiting.values()].some((count) => count > 0);
}

function buildGraph(edges: readonly Edge[]): Map<Place, Set<Place>> {
  const graph = new Map<Place, Set<Place>>();
  for (const [source, target] of edges) {
    graph.set(source, (graph.get(source) ?? new Set()).add(target));
  }
  return graph;
}

/** The search of cdk8s: it goes on after it has found the way, and takes back one step for each place that leads nowhere. */
function findRoute(graph: Map<Place, Set<Place>>, from: Place, to: Place): Place[] | undefined {
  const leading = collectLeading(graph, to);
  const route: Place[] = [];
  let steps = 0;
  const visit = (place: Place): boolean => {
    route.push(place);
    let isFound = false;
    for (const next of graph.get(place) ?? []) {
      if (next === to) {
        route.push(next);
        return true;
      }
      isFound = leading.has(next) && ++steps < MAX_STEPS && visit(next);
    }
    if (!isFound) {
      route.pop();
    }
    return isFound;
  };
  visit(from);
  return steps < MAX_STEPS ? route : undefined;
}

function collectLeading(graph: Map<Place, Set<Place>>, to: Place): Set<Place> {
  const sources = buildGraph(
    [...graph].flatMap(([source, targets]) => [...targets].map((target): Edge => [target, source])),
  );
  const leading = new Set([to]);
  for (const place of leading) {
    for (const source of sources.get(place) ?? []) {
      leading.add(source);
    }
  }
  return leading;
}
