import { copyData } from '../private/copies';
import type { ContainerView } from '../rules/model/container-view';
import type { PodHandle } from './pod-handle';

/** A port that a container lists. */
export interface PortInfo {
  readonly number: number;
  /** @default - the port has no name */
  readonly name?: string;
  readonly protocol: string;
}

/** A volume that a container mounts. */
export interface MountInfo {
  readonly volume: string;
  readonly path: string;
  /** @default - the whole volume */
  readonly subPath?: string;
  readonly readOnly: boolean;
}

/** One container of a pod. */
export class ContainerHandle {
  /** @internal */
  public constructor(
    /** The pod that it is part of. */
    public readonly pod: PodHandle,
    /** @internal */
    public readonly view: ContainerView,
  ) {}

  public get name(): string {
    return this.view.name;
  }

  /** Its part in the life of its pod: `main container`, `sidecar`, `native sidecar` or `init container`. */
  public get role(): string {
    return this.view.role;
  }

  /** The container as the manifest has it. */
  public get manifest(): any {
    return copyData(this.view.field.value);
  }

  /** The ports that it lists. */
  public get ports(): PortInfo[] {
    return this.view.ports.flatMap(({ number, name, protocol }) =>
      number === undefined ? [] : [{ number, ...(name && { name }), protocol }],
    );
  }

  /** The volumes that it mounts. */
  public get mounts(): MountInfo[] {
    return this.view.mounts.map(({ volume = '', path = '', subPath, isReadOnly }) => ({
      volume,
      path,
      ...(subPath && { subPath }),
      readOnly: isReadOnly,
    }));
  }

  /** The value of an environment variable that the manifest spells out; undefined where it comes from elsewhere. */
  public env(name: string): string | undefined {
    return this.view.findVariable(name)?.at('value').text;
  }

  /** Container and workload, as in `container "web" of Deployment/shop`. */
  public toString(): string {
    return `container "${this.name}" of ${this.pod}`;
  }
}
