import { ApiObject, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';

/** A construct in a scope that is ordered, with what it depends on there. */
export class Place {
  public readonly children: Place[] = [];
  public readonly dependencies: Place[] = [];
  public readonly isApiObject: boolean;
  public readonly isChart: boolean;
  /** The index of the last place under this one. */
  public last: number;

  public constructor(
    public readonly construct: IConstruct,
    /** Its position in preorder. */
    public readonly index: number,
    public readonly parent?: Place,
  ) {
    this.isApiObject = ApiObject.isApiObject(construct);
    this.isChart = Chart.isChart(construct);
    this.last = index;
    parent?.children.push(this);
  }

  /** Whether a place is this one or lies under it. */
  public contains({ index }: Place): boolean {
    return this.index <= index && index <= this.last;
  }
}

/** A subtree of constructs, and the dependencies between them. Those on constructs elsewhere say nothing about its order. */
export class Scope {
  /** All places, in preorder. */
  public readonly places: readonly Place[];
  private readonly byConstruct = new Map<IConstruct, Place>();

  /**
   * @param constructs the subtree in preorder; branches may be left out
   */
  public constructor(constructs: readonly IConstruct[]) {
    this.places = constructs.map((construct, index) => this.addPlace(construct, index));
    for (const { parent, last } of [...this.places].reverse()) {
      if (parent && parent.last < last) {
        parent.last = last;
      }
    }
    for (const place of this.places) {
      for (const target of place.construct.node.dependencies) {
        this.connect(place, target);
      }
    }
  }

  private addPlace(construct: IConstruct, index: number): Place {
    const { scope } = construct.node;
    const place = new Place(construct, index, scope && this.byConstruct.get(scope));
    this.byConstruct.set(construct, place);
    return place;
  }

  private connect(place: Place, target: IConstruct): void {
    const found = this.byConstruct.get(target) ?? this.byConstruct.get(this.findNamesake(target)!);
    if (found) {
      place.dependencies.push(found);
    }
  }

  /** cdk8s knows a construct by its path, so that one of another app stands for the one here that has the same. */
  private findNamesake({ node: { root, path } }: IConstruct): IConstruct | undefined {
    const top = this.places[0]!.construct.node.root;
    return root === top
      ? undefined
      : path.split('/').reduce<IConstruct | undefined>((parent, id) => parent?.node.tryFindChild(id), top);
  }
}
