import { ApiObject, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';

/** The order of objects where little has to be sorted: nothing that is waited for waits itself. */
export class FlatOrder {
  private readonly targets: ReadonlySet<IConstruct>;

  /** @param sources all constructs that depend on any */
  public constructor(private readonly sources: readonly IConstruct[]) {
    this.targets = new Set(sources.flatMap(({ node }) => node.dependencies));
  }

  /** Whether only objects wait, each for constructs of its own chart in which none of them is. */
  public get isFlat(): boolean {
    return this.sources.every((source) => ApiObject.isApiObject(source) && isLeaf(source) && this.isApart(source));
  }

  /** The objects among these constructs, each after those it waits for: in the order of cdk8s, which goes to those first. */
  public sortObjects(constructs: readonly IConstruct[]): ApiObject[] {
    const objects = constructs.filter(ApiObject.isApiObject);
    if (this.sources.length === 0) {
      return objects;
    }
    const awaited = new Map(this.sources.map((source) => [source, listAwaited(source)]));
    const later = new Set([...awaited.values()].flat());
    const sorted = new Set<ApiObject>();
    for (const object of objects.filter((each) => !later.has(each))) {
      for (const other of awaited.get(object) ?? []) {
        sorted.add(other);
      }
      sorted.add(object);
    }
    return [...sorted];
  }

  private isApart(source: IConstruct): boolean {
    let around = source;
    while (!Chart.isChart(around)) {
      if (this.targets.has(around) || !around.node.scope) {
        return false;
      }
      around = around.node.scope;
    }
    return !this.targets.has(around) && source.node.dependencies.every((target) => isInChart(target, around));
  }
}

/** The constructs that depend on any. */
export function listSources(constructs: readonly IConstruct[]): IConstruct[] {
  return constructs.filter(({ node }) => node.dependencies.length > 0);
}

function isLeaf({ node }: IConstruct): boolean {
  return node.children.length === 0;
}

/** Whether a chart is the nearest one around a construct. */
function isInChart(construct: IConstruct, chart: IConstruct): boolean {
  let around: IConstruct | undefined = construct;
  while (around && !Chart.isChart(around)) {
    around = around.node.scope;
  }
  return around === chart;
}

/** The objects that an object waits for. To cdk8s those that it names come before those in the constructs that it names. */
function listAwaited({ node: { dependencies } }: IConstruct): ApiObject[] {
  return [...dependencies.filter(ApiObject.isApiObject), ...dependencies.flatMap(listOwnObjects)];
}

/** The objects of a construct in its own chart. */
function listOwnObjects(construct: IConstruct): ApiObject[] {
  return listOwnConstructs(construct).filter(ApiObject.isApiObject);
}

/** A construct and all in it, but for the charts in it. */
export function listOwnConstructs(construct: IConstruct): IConstruct[] {
  const own: IConstruct[] = [];
  const visit = (each: IConstruct): void => {
    own.push(each);
    for (const child of each.node.children) {
      if (!Chart.isChart(child)) {
        visit(child);
      }
    }
  };
  visit(construct);
  return own;
}
