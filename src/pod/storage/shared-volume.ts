import type * as kplus from 'cdk8s-plus-28';
import type { EnvFiles } from './env-files';
import type { Mount, Mounts } from './mounts';

/**
 * A volume that containers of one pod share: some write, the others read it through read-only mounts, each at its own
 * path. It lives and dies with the pod, and survives the restart of a container.
 *
 * @see https://kubernetes.io/docs/concepts/storage/volumes/#emptydir
 */
export class SharedVolume {
  /** @internal */
  public static _create(mounts: Mounts, envFiles: EnvFiles, part: Omit<Mount, 'path'>): SharedVolume {
    return new SharedVolume(mounts, envFiles, part);
  }

  private readonly participants = new Set<string>();

  private constructor(
    private readonly mounts: Mounts,
    private readonly envFiles: EnvFiles,
    private readonly part: Omit<Mount, 'path'>,
  ) {}

  /** The volume of the pod. */
  public get volume(): kplus.Volume {
    return this.part.volume;
  }

  /** Name of the volume in the pod. */
  public get name(): string {
    return this.volume.name;
  }

  /**
   * Mounts the volume read-write.
   *
   * @param container name of the container that writes
   * @param path absolute directory at which that container sees the volume
   */
  public writtenBy(container: string, path: string): void {
    this.mountIn(container, path, false);
  }

  /**
   * Mounts the volume read-only.
   *
   * @param container name of the container that reads
   * @param path absolute directory at which that container sees the volume
   */
  public readBy(container: string, path: string): void {
    this.mountIn(container, path, true);
  }

  /**
   * The value of a variable in a file of this volume, as the value of an environment variable: for `addEnv`, and for `envVariables`
   * of any container of the pod. The kubelet reads it when that container starts, and not again; the container itself need not mount
   * the volume. It must be an `emptyDir`, and the file has lines `NAME='value'`. Kubernetes 1.35 or later.
   *
   * @see https://kubernetes.io/docs/tasks/inject-data-application/define-environment-variable-via-file/
   * @param file path of the file in the volume
   * @param key name of the variable in the file
   */
  public envValue(file: string, key: string): kplus.EnvValue {
    return this.envFiles.createValue(this.part, file, key);
  }

  /** @internal */
  public _isPart(subPath?: string, subPathExpr?: string): boolean {
    return this.part.subPath === subPath && this.part.subPathExpr === subPathExpr;
  }

  /** @internal */
  public get _participants(): string[] {
    return [...this.participants];
  }

  /** @internal */
  public _addParticipant(container: string): void {
    this.participants.add(container);
  }

  private mountIn(container: string, path: string, readOnly: boolean): void {
    const { volume, subPath, subPathExpr } = this.part;
    this.mounts.add(container, { path, volume, readOnly, subPath, subPathExpr });
    this._addParticipant(container);
  }
}
