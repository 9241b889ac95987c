import type * as kplus from 'cdk8s-plus-28';
import { containersOf, type PodSpec } from '../private/manifest';
import { covers, mountPathProblem, normalise } from '../private/paths';
import type { Inventory } from './inventory';

/** A volume at a path of a container. */
export type Mount = kplus.VolumeMount;

/**
 * What is mounted where: the mounts that containers bring themselves and those that are contributed. Contributed mounts
 * are kept here and completed in the rendered manifest, because `Container.mount` of cdk8s-plus would grow the caller's
 * own `volumeMounts` array.
 */
export class Mounts {
  private readonly contributed = new Map<string, Mount[]>();

  public constructor(private readonly inventory: Inventory) {}

  /** Everything that is mounted in this container. */
  public of(container: string): Mount[] {
    return [...this.inventory.find(container).mounts, ...(this.contributed.get(container) ?? [])];
  }

  /** How many mounts were contributed. */
  public get size(): number {
    return [...this.contributed.values()].reduce((sum, mounts) => sum + mounts.length, 0);
  }

  /** The innermost mount that holds this path of the container. */
  public covering(container: string, path: string): Mount | undefined {
    return this.of(container)
      .filter((mount) => covers(mount.path, path))
      .sort((a, b) => normalise(b.path).length - normalise(a.path).length)[0];
  }

  /** Mounts a volume in a container; the same mount twice is one. */
  public add(container: string, mount: Mount): void {
    const problem = mountPathProblem(mount.path);
    if (problem) {
      throw this.inventory.failure(`mount path "${mount.path}" of container "${container}" ${problem}`);
    }
    const wanted = { ...mount, path: normalise(mount.path) };
    const present = this.of(container).find((other) => normalise(other.path) === wanted.path);
    if (present && equal(present, wanted)) {
      return;
    }
    if (present) {
      throw this.inventory.failure(twice(container, wanted.path, present.volume.name));
    }
    this.addVolume(mount.volume);
    this.contributed.set(container, [...(this.contributed.get(container) ?? []), wanted]);
  }

  /** The volumes of the pod, mounted or not. */
  public get volumes(): kplus.Volume[] {
    const mounted = this.inventory.all.flatMap((container) => this.of(container.name)).map((mount) => mount.volume);
    return [...new Set([...this.inventory.workload.volumes, ...mounted])];
  }

  /** What is wrong with all mounts together, however they came. */
  public problems(): string[] {
    return this.inventory.all.flatMap((container) => {
      const mounts = [...container.mounts, ...(this.contributed.get(container.name) ?? [])];
      const paths = mounts.map((mount) => normalise(mount.path));
      const invalid = mounts.flatMap(({ path }) => {
        const problem = mountPathProblem(path);
        return problem ? [`mount path "${path}" of container "${container.name}" ${problem}`] : [];
      });
      const repeated = mounts.filter((_, index) => paths.indexOf(paths[index]!) !== index);
      return [...invalid, ...repeated.map(({ path, volume }) => twice(container.name, normalise(path), volume.name))];
    });
  }

  /** Completes the rendered containers. */
  public complete(spec: PodSpec): void {
    for (const container of containersOf(spec)) {
      const contributed = (this.contributed.get(container.name) ?? []).map(
        ({ path, volume, readOnly, ...options }) => ({
          mountPath: path,
          name: volume.name,
          readOnly: readOnly || undefined,
          mountPropagation: options.propagation,
          subPath: options.subPath,
          subPathExpr: options.subPathExpr,
        }),
      );
      if (contributed.length > 0) {
        container.volumeMounts = [...(container.volumeMounts ?? []), ...contributed];
      }
    }
  }

  private addVolume(volume: kplus.Volume): void {
    const known = this.volumes;
    if (known.includes(volume)) {
      return;
    }
    if (known.some((other) => other.name === volume.name)) {
      throw this.inventory.failure(
        `volume name "${volume.name}" is already taken in this pod; pass another name, or share the one that is mounted with \`shareMounted\``,
      );
    }
    this.inventory.workload.addVolume(volume);
  }
}

function equal(a: Mount, b: Mount): boolean {
  const options = ({ readOnly = false, subPath, subPathExpr, propagation }: Mount) =>
    [readOnly, subPath, subPathExpr, propagation].join();
  return a.volume === b.volume && options(a) === options(b);
}

function twice(container: string, path: string, volume: string): string {
  return `container "${container}" already mounts volume "${volume}" at "${path}"; mount each volume at a path of its own`;
}
