import type * as kplus from 'cdk8s-plus-28';
import { choices, failure } from '../../private/errors';
import { Reading, repeated } from '../../private/lists';
import { isDnsLabel } from '../../private/names';

/** The containers of one workload: who is in the pod, under which name, and for how long it runs. */
export class Inventory {
  private readonly byName = new Map<string, kplus.Container>();
  private readonly inits = new Reading<kplus.Container>();
  private readonly others = new Reading<kplus.Container>();

  public constructor(public readonly workload: kplus.AbstractPod) {}

  /** Every container in the order in which it starts. */
  public get all(): kplus.Container[] {
    return [...this.workload.initContainers, ...this.workload.containers];
  }

  /** The containers that run side by side once the pod is up: all but the plain init containers. */
  public get running(): kplus.Container[] {
    const { initContainers, containers } = this.workload;
    return [...initContainers.filter(({ restartPolicy }) => restartPolicy !== undefined), ...containers];
  }

  /** The container that the pod exists for. */
  public get main(): kplus.Container {
    const [main] = this.workload.containers;
    if (!main) {
      throw this.failure('the pod has no container yet; add the main container first');
    }
    return main;
  }

  /** The container of this name. */
  public find(name: string): kplus.Container {
    const found = this.tryFind(name);
    if (!found) {
      throw this.failure(
        `there is no container "${name}" in this pod${choices('containers', this.names)}; pass one of them`,
      );
    }
    return found;
  }

  /** The container of this name, where the workload has one. */
  public tryFind(name: string): kplus.Container | undefined {
    const { initContainers, containers } = this.workload;
    for (const container of [...this.inits.next(initContainers), ...this.others.next(containers)]) {
      this.byName.set(container.name, this.byName.get(container.name) ?? container);
    }
    return this.byName.get(name);
  }

  /** Whether an init container or native sidecar has this name. */
  public isInit(name: string): boolean {
    const container = this.tryFind(name);
    return container !== undefined && this.workload.initContainers.includes(container);
  }

  /** Whether this container runs to its end before the main container starts. */
  public isPlainInit(container: kplus.Container): boolean {
    return this.workload.initContainers.includes(container) && container.restartPolicy === undefined;
  }

  /** Fails where a new container could not have this name. */
  public assertNameIsFree(name: string): void {
    if (!isDnsLabel(name)) {
      throw this.failure(invalidName(name));
    }
    if (this.tryFind(name)) {
      throw this.failure(takenName(name, this.names));
    }
  }

  /** Fails where Kubernetes would not take this as the name of a volume. */
  public assertVolumeName(name: string): void {
    if (!isDnsLabel(name)) {
      throw this.failure(`volume name "${name}" is not a DNS label; use at most 63 lower-case letters, digits and "-"`);
    }
  }

  /** What is wrong with the containers' names. */
  public problems(): string[] {
    const names = this.names;
    return [
      ...names.filter((name) => !isDnsLabel(name)).map(invalidName),
      ...[...new Set(repeated(names, (name) => name))].map((name) => takenName(name, names)),
      ...(this.workload.containers.length === 0 ? ['the pod has no container; add the main container'] : []),
    ];
  }

  /** An error at the workload. */
  public failure(text: string): Error {
    return failure(this.workload, text);
  }

  private get names(): string[] {
    return this.all.map((container) => container.name);
  }
}

function invalidName(name: string): string {
  return `container name "${name}" is not a DNS label; use at most 63 lower-case letters, digits and "-"`;
}

function takenName(name: string, names: readonly string[]): string {
  return `container name "${name}" is already taken in this pod; pass another \`name\`${choices('taken', [...new Set(names)])}`;
}
