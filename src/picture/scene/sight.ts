import type { ContainerView } from '../../rules/model/container-view';
import type { ManifestSet } from '../../rules/model/manifest-set';
import type { ObjectView } from '../../rules/model/object-view';
import type { PodView } from '../../rules/model/pod-view';

/** A pod that is looked at, with all that it may refer to. */
export class Sight {
  /** Kind and name of the object that has the pod. */
  public readonly object: string;
  private readonly ids: ReadonlyMap<ContainerView, string>;

  public constructor(
    public readonly pod: PodView,
    public readonly set: ManifestSet,
    /** The Services that select the pod. */
    public readonly services: readonly ObjectView[],
  ) {
    this.object = pod.owner.title;
    this.ids = new Map(pod.all.map((container, index) => [container, `container-${index}`]));
  }

  /** The name of a container within the scene. */
  public findId(container: ContainerView): string {
    return this.ids.get(container)!;
  }
}
