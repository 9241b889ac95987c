import * as kplus from 'cdk8s-plus-28';
import { throwFirst } from '../../private/errors';
import { findRepeated, Reading } from '../../private/lists';
import { listEnclosingPaths, normalizePath, validateMountPath } from '../../private/paths';
import type { Inventory } from '../containers/inventory';
import { listContainers, type PodSpec } from '../manifest/pod-template';
import { validateVolumeName } from './empty-dirs';

/** A volume at a path of a container. */
export type Mount = kplus.VolumeMount;

/** A mount that a companion cannot do without. */
export interface KeptMount {
  readonly container: string;
  readonly path: string;
  readonly volume: string;
  /** The prop of the companion that takes another volume. */
  readonly prop: string;
}

/**
 * All mounts of the pod: the mounts that containers bring themselves and those that are contributed. Contributed mounts
 * are kept here and completed in the rendered manifest, because `Container.mount` of cdk8s-plus would grow the caller's
 * own `volumeMounts` array.
 */
export class Mounts {
  private readonly containers = new Map<string, ContainerMounts>();
  private readonly volumes = new Map<string, kplus.Volume>();
  private readonly listed = new Reading<kplus.Volume>();
  private readonly keptMounts: KeptMount[] = [];

  public constructor(private readonly inventory: Inventory) {}

  /** The innermost mount that holds this path of the container. */
  public findCovering(container: string, path: string): Mount | undefined {
    const mounts = this.ensureMounts(this.inventory.find(container));
    const directory = listEnclosingPaths(path).find((around) => mounts.findAt(around));
    return directory === undefined ? undefined : mounts.findAt(directory);
  }

  /** Mounts a volume in a container; the same mount twice is one. */
  public add(container: string, mount: Mount): void {
    const { name } = mount.volume;
    throwFirst(this.inventory.workload, [...validateContainerPath(container, mount.path), ...validateVolumeName(name)]);
    const wanted = toNormalMount(mount);
    const mounts = this.ensureMounts(this.inventory.find(container));
    const present = mounts.findAt(wanted.path);
    if (present && isEqualMount(present, wanted)) {
      return;
    }
    if (present) {
      throw this.inventory.createPodError(this.describeDoubleMount(container, wanted.path, present.volume.name));
    }
    this.addVolume(mount.volume);
    mounts.add(wanted);
  }

  /** The mounts that containers cannot do without. */
  public get kept(): readonly KeptMount[] {
    return this.keptMounts;
  }

  /** Keeps what a container mounts at this path. */
  public keep(container: string, path: string, prop: string): void {
    const { name: volume } = this.findCovering(container, path)!.volume;
    this.keptMounts.push({ container, path: normalizePath(path), volume, prop });
  }

  /** Problems of all mounts together, however they came. */
  public validate(): string[] {
    const ours = this.inventory.all.filter(({ name }) => !this.inventory.isExisting(name));
    return [...this.validateVolumes(), ...ours.flatMap((container) => this.validateMounts(container))];
  }

  /** Volumes of the pod that Kubernetes could not tell apart by their names, or that have none. */
  private validateVolumes(): string[] {
    const { workload, all } = this.inventory;
    const known = new Map<string, OwnedVolume>();
    return [
      ...workload.volumes.flatMap((volume) => validateOwned(known, { volume, owner: 'the workload' })),
      ...all.flatMap(({ name, mounts }) =>
        mounts.flatMap(({ volume }) => validateOwned(known, { volume, owner: `container "${name}"` })),
      ),
    ];
  }

  /** Problems of a container that has mounts of its own; those that are contributed were validated one by one. */
  private validateMounts(container: kplus.Container): string[] {
    if (container.mounts.length === 0) {
      return [];
    }
    const mounts = [...container.mounts, ...this.ensureMounts(container).contributed];
    const invalid = mounts.flatMap(({ path }) => validateContainerPath(container.name, path));
    const again = findRepeated(mounts, ({ path }) => normalizePath(path));
    return [
      ...invalid,
      ...again.map(({ path, volume }) => this.describeDoubleMount(container.name, normalizePath(path), volume.name)),
    ];
  }

  /** Completes the rendered containers, and the volumes of a pod that lost them. */
  public complete(spec: PodSpec): void {
    this.restoreVolumes(spec);
    for (const container of listContainers(spec)) {
      const { contributed = [] } = this.containers.get(container.name) ?? {};
      if (contributed.length > 0) {
        container.volumeMounts = [...(container.volumeMounts ?? []), ...contributed.map(toRenderedMount)];
      }
    }
  }

  /**
   * A StatefulSet of cdk8s-plus 31 or later renders none of the volumes of its pod.
   *
   * @see https://github.com/cdk8s-team/cdk8s/issues/2858
   */
  private restoreVolumes(spec: PodSpec): void {
    if (spec.volumes !== undefined) {
      return;
    }
    this.takeVolumes();
    if (this.volumes.size > 0) {
      const volumes = [...this.volumes.values()].map((volume) => volume._toKube());
      spec.volumes = kplus.k8s.KubePod.manifest({ spec: { containers: [], volumes } }).spec.volumes;
    }
  }

  private describeDoubleMount(container: string, path: string, volume: string): string {
    const kept = this.keptMounts.find((mount) => mount.container === container && mount.path === path);
    const remedy = kept
      ? `pass the volume for it as ${kept.prop} of "${container}"`
      : 'mount each volume at a path of its own';
    return `container "${container}" already mounts volume "${volume}" at "${path}"; ${remedy}`;
  }

  private addVolume(volume: kplus.Volume): void {
    if (this.volumes.get(volume.name) === volume) {
      return;
    }
    this.takeVolumes();
    const known = this.volumes.get(volume.name);
    if (known === volume) {
      return;
    }
    if (known) {
      throw this.inventory.createPodError(
        `volume name "${volume.name}" is already taken in this pod; pass another name, or share the one that is mounted with \`shareMounted\``,
      );
    }
    this.inventory.workload.addVolume(volume);
  }

  /** Takes in the volumes that have come through cdk8s-plus since: of the workload, and of the containers' own mounts. */
  private takeVolumes(): void {
    const { workload, all } = this.inventory;
    for (const volume of this.listed.readNext(workload.volumes)) {
      this.takeVolume(volume);
    }
    for (const container of all) {
      for (const { volume } of this.ensureMounts(container).untaken) {
        this.takeVolume(volume);
      }
    }
  }

  /** The first volume of a name stays. */
  private takeVolume(volume: kplus.Volume): void {
    if (!this.volumes.has(volume.name)) {
      this.volumes.set(volume.name, volume);
    }
  }

  private ensureMounts(container: kplus.Container): ContainerMounts {
    const known = this.containers.get(container.name);
    if (known) {
      return known;
    }
    const fresh = new ContainerMounts(container);
    this.containers.set(container.name, fresh);
    return fresh;
  }
}

/** The mounts of one container by their paths: its own, which may have grown since the last look, and those contributed. */
class ContainerMounts {
  public readonly contributed: Mount[] = [];
  private readonly paths = new Map<string, Mount>();
  private readonly own = new Reading<Mount>();
  private readonly taken = new Reading<Mount>();

  public constructor(private readonly container: kplus.Container) {}

  public findAt(path: string): Mount | undefined {
    for (const mount of this.own.readNext(this.container.mounts)) {
      const place = normalizePath(mount.path);
      this.paths.set(place, this.paths.get(place) ?? mount);
    }
    return this.paths.get(path);
  }

  public add(mount: Mount): void {
    this.contributed.push(mount);
    this.paths.set(mount.path, mount);
  }

  /** Its own mounts that have come since this was asked last. */
  public get untaken(): readonly Mount[] {
    return this.taken.readNext(this.container.mounts);
  }
}

/** A volume, and who brings it. */
interface OwnedVolume {
  readonly volume: kplus.Volume;
  readonly owner: string;
}

/** Problems of the name of a volume, by itself and beside those that are known; the volume is known from now on. */
function validateOwned(known: Map<string, OwnedVolume>, found: OwnedVolume): string[] {
  const { name } = found.volume;
  const first = known.get(name);
  if (!first) {
    known.set(name, found);
    return validateVolumeName(name);
  }
  return first.volume === found.volume
    ? []
    : [
        `volume name "${name}" stands for another volume in ${found.owner} than in ${first.owner}; pass one volume, or another name`,
      ];
}

/** A mount with its path in its one spelling. */
function toNormalMount({ path, volume, readOnly, propagation, subPath, subPathExpr }: Mount): Mount {
  return { path: normalizePath(path), volume, readOnly, propagation, subPath, subPathExpr };
}

/** A mount as Kubernetes takes it. */
function toRenderedMount({ path, volume, readOnly, propagation, subPath, subPathExpr }: Mount) {
  return {
    mountPath: path,
    name: volume.name,
    readOnly: readOnly || undefined,
    mountPropagation: propagation,
    subPath,
    subPathExpr,
  };
}

/** Reasons why a container cannot mount anything at this path. */
export function validateContainerPath(container: string, path: string): string[] {
  const problem = validateMountPath(path);
  return problem ? [`mount path "${path}" of container "${container}" ${problem}`] : [];
}

function isEqualMount(a: Mount, b: Mount): boolean {
  const options = ({ readOnly = false, subPath, subPathExpr, propagation }: Mount) =>
    [readOnly, subPath, subPathExpr, propagation].join();
  return a.volume === b.volume && options(a) === options(b);
}
