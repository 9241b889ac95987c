import { containsPath, normalizePath } from '../../private/paths';
import { findKnownImage } from '../data/known-images';
import { ContainerView, type MountView, Role } from './container-view';
import type { Field } from './field';
import type { ObjectView } from './object-view';
import { isForWindows } from './windows';

/** The annotation that names the main container to kubectl. */
const DEFAULT_CONTAINER = 'kubectl.kubernetes.io/default-container';

/** Names of ports that are there for Prometheus. */
const METRICS = /metrics|prom|monitor/;

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
  private forWindows?: boolean;

  public constructor(
    public readonly owner: ObjectView,
    public readonly template: Field,
  ) {
    this.spec = template.at('spec');
    const containers = this.spec.at('containers').items;
    const main = findMainContainer(containers, template.at('metadata', 'annotations', DEFAULT_CONTAINER).text);
    this.containers = containers.map(
      (field) => new ContainerView(field, field === main ? Role.MAIN : Role.CLASSIC_SIDECAR),
    );
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

  /** The container that the pod is there for. */
  public get main(): ContainerView | undefined {
    return this.containers.find(({ role }) => role === Role.MAIN);
  }

  /** Whether it is for nodes of Windows. */
  public get isWindows(): boolean {
    this.forWindows ??= isForWindows(this.spec);
    return this.forWindows;
  }

  /** The labels of the pod. */
  public get labels(): Field {
    return this.template.at('metadata', 'labels');
  }

  public get volumes(): readonly Field[] {
    return this.spec.at('volumes').items;
  }

  /** The volume of this name; for a StatefulSet also those that it claims for each pod, which take the place of others of their names. */
  public findVolume(name: string | undefined): Field | undefined {
    this.volumesByName ??= new Map([...this.volumes.map(toVolumeEntry).reverse(), ...this.claims.map(toClaimEntry)]);
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
  public get claims(): readonly Field[] {
    return this.owner.kind === 'StatefulSet' ? this.owner.spec.at('volumeClaimTemplates').items : [];
  }
}

/**
 * The main container: the one that the pod names to kubectl. Otherwise the first, unless that is of software that only ever
 * helps another container, or takes no requests where another one says that it is ready to.
 */
function findMainContainer(containers: readonly Field[], named: string | undefined): Field | undefined {
  const [first] = containers;
  return (
    containers.find((container) => container.at('name').text === named) ??
    (first && isHelper(first) ? containers.find((container) => !isHelper(container)) : undefined) ??
    (first && isSilent(first) ? containers.find(isServing) : undefined) ??
    first
  );
}

/** Whether it is of software that is known, and that no pod is there for. A proxy or a web server may be what it is there for. */
function isHelper(container: Field): boolean {
  const role = findKnownImage(container.at('image').text ?? '')?.role;
  return role === 'helper' || role === 'exporter';
}

function isSilent(container: Field): boolean {
  return !isListening(container) && !container.at('readinessProbe').exists;
}

function isServing(container: Field): boolean {
  return isListening(container) && container.at('readinessProbe').exists && !isHelper(container);
}

/** Whether it takes requests; those that ask for its metrics do not count. */
function isListening(container: Field): boolean {
  return container.at('ports').items.some((port) => !METRICS.test(port.at('name').text ?? ''));
}

function toClaimEntry(claim: Field): [name: string | undefined, claim: Field] {
  return [claim.at('metadata', 'name').text, claim];
}

function toVolumeEntry(volume: Field): [name: string | undefined, volume: Field] {
  return [volume.at('name').text, volume];
}
