import { copyData } from '../private/copies';
import { createError, describeChoices } from '../private/errors';
import { findNearest } from '../private/nearest';
import type { ManifestSet } from '../rules/model/manifest-set';
import type { ObjectView } from '../rules/model/object-view';
import type { PodView } from '../rules/model/pod-view';
import { ContainerHandle } from './container-handle';

/** The pod of a workload, among the objects that are applied with it. */
export class PodHandle {
  /** @internal */
  public constructor(
    /** @internal */
    public readonly view: PodView,
    /** @internal */
    public readonly set: ManifestSet,
  ) {}

  /** The name of the workload. */
  public get name(): string {
    return this.view.owner.name ?? '';
  }

  /** The kind of the workload, as in `Deployment`. */
  public get kind(): string {
    return this.view.owner.kind;
  }

  /** The pod template as the manifest has it: its `metadata` and `spec`. */
  public get manifest(): any {
    return copyData(this.view.template.value);
  }

  /** The whole workload as the manifest has it. */
  public get workload(): any {
    return copyData(this.view.owner.root.value);
  }

  /** The names of all containers, init containers first: the order in which they start. */
  public get containers(): string[] {
    return this.view.all.map(({ name }) => name);
  }

  /**
   * A container of the pod, init containers included.
   *
   * @throws if there is none of this name
   */
  public container(name: string): ContainerHandle {
    const view = this.view.all.find((container) => container.name === name);
    if (!view) {
      const meant = findNearest(name, this.containers);
      throw createError(
        String(this),
        `there is no container "${name}"${meant ? `; did you mean "${meant}"?` : ''}${describeChoices('there', this.containers)}`,
      );
    }
    return new ContainerHandle(this, view);
  }

  /** The Services that select the pod. */
  public services(): any[] {
    return this.listServiceViews().map(({ root }) => copyData(root.value));
  }

  /** @internal */
  public listServiceViews(): ObjectView[] {
    const services = this.set.listByKind('Service', this.view.owner).filter(({ apiVersion }) => apiVersion === 'v1');
    return services.filter((service) =>
      this.set.listPodsWith(service.spec.at('selector'), service).includes(this.view),
    );
  }

  /** Kind and name of the workload, as in `Deployment/shop`. */
  public toString(): string {
    return this.view.owner.title;
  }
}
