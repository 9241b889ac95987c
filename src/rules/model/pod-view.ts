import { containsPath, normalizePath } from '../../private/paths';
import { ContainerView, type MountView, Role } from './container-view';
import type { Field } from './field';
import type { ObjectView } from './object-view';

/** The seconds that Kubernetes gives a pod to end, unless the pod says otherwise. */
const DEFAULT_GRACE_SECONDS = 30;

/** The pod of an object: its template, read from data that may be anything. */
export class PodView {
  public readonly spec: Field;
  public readonly containers: readonly ContainerView[];
  public readonly initContainers: readonly ContainerView[];
  /** All containers, in the order in which they start. */
  public readonly all: readonly ContainerView[];
  /** The containers that run side by side: all but the plain init containers. */
  public readonly running: readonly ContainerView[];
  private volumesByName?: ReadonlyMap<string | undefined, Field>;

  public constructor(
    public readonly owner: ObjectView,
    public readonly template: Field,
  ) {
    this.spec = template.at('spec');
    this.containers = this.spec
      .at('containers')
      .items.map((field, index) => new ContainerView(field, index === 0 ? Role.MAIN : Role.CLASSIC_SIDECAR));
    this.initContainers = this.spec
      .at('initContainers')
      .items.map(
        (field) =>
          new ContainerView(field, field.at('restartPolicy').text === 'Always' ? Role.NATIVE_SIDECAR : Role.INIT),
      );
    this.all = [...this.initContainers, ...this.containers];
    this.running = this.all.filter(({ isRunning }) => isRunning);
  }

  /** The containers that live beside the main one. */
  public get companions(): ContainerView[] {
    return this.running.filter(({ role }) => role !== Role.MAIN);
  }

  public get main(): ContainerView | undefined {
    return this.containers[0];
  }

  /** Whether it says that it is for nodes of Windows. */
  public get isWindows(): boolean {
    return this.spec.at('os', 'name').text === 'windows';
  }

  /** The labels of the pod. */
  public get labels(): Field {
    return this.template.at('metadata', 'labels');
  }

  public get volumes(): readonly Field[] {
    return this.spec.at('volumes').items;
  }

  /** The volume of this name; for a StatefulSet also those that it claims for each pod. */
  public findVolume(name: string | undefined): Field | undefined {
    this.volumesByName ??= new Map([...this.claims.map(toClaimEntry), ...this.volumes.map(toVolumeEntry).reverse()]);
    return name === undefined ? undefined : this.volumesByName.get(name);
  }

  /** The mount that holds this path in a container: the deepest one above it. */
  public findMount(container: ContainerView, path: string): MountView | undefined {
    const holding = container.mounts.filter((mount) => mount.path?.startsWith('/') && containsPath(mount.path, path));
    return holding.sort((a, b) => normalizePath(b.path!).length - normalizePath(a.path!).length)[0];
  }

  /** Seconds from the deletion of the pod to SIGKILL. */
  public get graceSeconds(): number {
    return this.spec.at('terminationGracePeriodSeconds').number ?? DEFAULT_GRACE_SECONDS;
  }

  /** The volume claims of each pod of a StatefulSet. */
  private get claims(): readonly Field[] {
    return this.owner.kind === 'StatefulSet' ? this.owner.spec.at('volumeClaimTemplates').items : [];
  }
}

function toClaimEntry(claim: Field): [name: string | undefined, claim: Field] {
  return [claim.at('metadata', 'name').text, claim];
}

function toVolumeEntry(volume: Field): [name: string | undefined, volume: Field] {
  return [volume.at('name').text, volume];
}
