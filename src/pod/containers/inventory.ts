import type * as kplus from 'cdk8s-plus-28';
import { createError, describeChoices } from '../../private/errors';
import { findRepeated, Reading } from '../../private/lists';
import { isDnsLabel } from '../../private/names';
import { type PodDefaultsOptions, readDefaults } from '../defaults/pod-defaults';
import {
  type Container,
  DEFAULT_CONTAINER,
  ensureAnnotations,
  listContainers,
  type PodSpec,
  type PodTemplate,
} from '../manifest/pod-template';
import { applyRestrictedDefaults, validateRenderedContainers } from '../manifest/rendered-containers';
import type { PodPart } from '../pod-part';
import { ExistingPod } from '../workload/existing-pod';
import { countAdditions, validateDeclared } from './declared-containers';
import { completeResources } from './resources';

/** The containers of one workload: who is in the pod, under which name, and for how long it runs. */
export class Inventory implements PodPart {
  private readonly byName = new Map<string, kplus.Container>();
  private readonly inits = new Reading<kplus.Container>();
  private readonly others = new Reading<kplus.Container>();
  /** The defaults of all pods here. */
  public readonly defaults: PodDefaultsOptions;

  /** The containers whose props were read when they were made, with the count of what they had then. */
  private readonly admitted = new Map<kplus.Container, string>();

  public constructor(
    public readonly workload: kplus.AbstractPod,
    /** Whether the containers that are in a manifest are completed, too. */
    private readonly hardensAll = false,
  ) {
    this.defaults = readDefaults(workload);
    if (workload instanceof ExistingPod) {
      for (const container of this.all) {
        this.admit(container);
      }
    }
  }

  /** Every container in the order in which it was added, those first that start before the main one. */
  public get all(): kplus.Container[] {
    return [...this.workload.initContainers, ...this.workload.containers];
  }

  /** Takes in a container whose props were read when it was made. */
  public admit(container: kplus.Container): void {
    this.admitted.set(container, countAdditions(container));
  }

  /** Whether a container still is what was read when it was made, so that nothing of it is left to be looked at. */
  public isAsAdmitted(container: kplus.Container): boolean {
    return this.admitted.get(container) === countAdditions(container);
  }

  /** Whether a container was in a manifest that somebody else made. */
  public isExisting(container: string): boolean {
    return this.workload instanceof ExistingPod && this.workload.has(container);
  }

  /** Whether a volume is one of a manifest that somebody else made. */
  public isExistingVolume(volume: string): boolean {
    return this.workload instanceof ExistingPod && this.workload.hasVolume(volume);
  }

  /** Whether the platform gives all containers one user and one group, whatever they state. */
  public get assignsUser(): boolean {
    return this.defaults.platform?._rules?.assignsUser ?? false;
  }

  /** Whether a container was added through the pod. */
  public isAdded(container: string): boolean {
    const found = this.tryFind(container);
    return found !== undefined && this.admitted.has(found) && !this.isExisting(container);
  }

  /** The containers that run side by side once the pod is up: all but the plain init containers. */
  public get running(): kplus.Container[] {
    const { initContainers, containers } = this.workload;
    return [...initContainers.filter(({ restartPolicy }) => restartPolicy !== undefined), ...containers];
  }

  /** The containers that run to their end, one after another, before those. */
  public get plainInits(): kplus.Container[] {
    return this.workload.initContainers.filter(({ restartPolicy }) => restartPolicy === undefined);
  }

  /** The container that the pod exists for. */
  public get main(): kplus.Container {
    const { workload } = this;
    const main = workload instanceof ExistingPod ? workload.main : workload.containers[0];
    if (!main) {
      throw this.createPodError('the pod has no container yet; add the main container first');
    }
    return main;
  }

  /** The container of this name. */
  public find(name: string): kplus.Container {
    const found = this.tryFind(name);
    if (!found) {
      throw this.createPodError(
        `there is no container "${name}" in this pod${describeChoices('containers', this.names)}; pass one of them`,
      );
    }
    return found;
  }

  /** The container of this name, where the workload has one. */
  public tryFind(name: string): kplus.Container | undefined {
    return this.byName.get(name) ?? this.takeContainers().get(name);
  }

  /** Whether an init container or native sidecar has this name. */
  public isInit(name: string): boolean {
    const container = this.tryFind(name);
    return container !== undefined && this.workload.initContainers.includes(container);
  }

  /** Whether this container runs to its end before the main container starts. */
  public isPlainInit(container: kplus.Container): boolean {
    return container.restartPolicy === undefined && this.workload.initContainers.includes(container);
  }

  /** Reasons why a new container cannot have this name. */
  public validateNewName(name: string): string[] {
    if (!isDnsLabel(name)) {
      return [describeInvalidName(name)];
    }
    return this.tryFind(name) ? [describeTakenName(name, this.names)] : [];
  }

  /** Problems of the containers' names. */
  public _validate(): string[] {
    const names = this.names;
    return [
      ...names.filter((name) => !isDnsLabel(name) && !this.isExisting(name)).map(describeInvalidName),
      ...[...new Set(findRepeated(names, (name) => name))].map((name) => describeTakenName(name, names)),
      ...(this.workload.containers.length === 0 ? ['the pod has no container; add the main container'] : []),
      ...this.all
        .filter((container) => !this.isAsAdmitted(container))
        .flatMap((container) => validateDeclared(container, this.admitted.has(container))),
    ];
  }

  /** Names the main container to `kubectl`, and completes every container to "restricted". */
  public _complete(template: PodTemplate): void {
    if (!(this.workload instanceof ExistingPod)) {
      ensureAnnotations(template)[DEFAULT_CONTAINER] ??= this.main.name;
    }
    for (const container of listContainers(template.spec)) {
      if (this.hardensAll || !this.isExisting(container.name)) {
        applyRestrictedDefaults(container);
      }
      if (!this.isExisting(container.name)) {
        completeResources(container);
      }
    }
  }

  /** Problems that containers show only in the manifest. */
  public _validateRendered(spec: PodSpec): string[] {
    const isOwn = ({ name }: { readonly name: string }) => !this.isExisting(name);
    const own = this.workload instanceof ExistingPod ? selectContainers(spec, isOwn) : spec;
    return validateRenderedContainers(
      own,
      this.all.filter(isOwn).map(({ name }) => name),
    );
  }

  /** An error at the workload. */
  public createPodError(text: string): Error {
    return createError(this.workload, text);
  }

  /** Takes in the containers that have come since; the first of a name stays. */
  private takeContainers(): ReadonlyMap<string, kplus.Container> {
    const { initContainers, containers } = this.workload;
    for (const container of [...this.inits.readNext(initContainers), ...this.others.readNext(containers)]) {
      this.byName.set(container.name, this.byName.get(container.name) ?? container);
    }
    return this.byName;
  }

  private get names(): string[] {
    return this.all.map((container) => container.name);
  }
}

/** A rendered pod without the other containers. */
function selectContainers(spec: PodSpec, isMeant: (container: Container) => boolean): PodSpec {
  const { initContainers = [], containers } = spec;
  return { ...spec, initContainers: initContainers.filter(isMeant), containers: containers.filter(isMeant) };
}

function describeInvalidName(name: string): string {
  return `container name "${name}" is not a DNS label; use at most 63 lower-case letters, digits and "-"`;
}

function describeTakenName(name: string, names: readonly string[]): string {
  return `container name "${name}" is already taken in this pod; pass another \`name\`${describeChoices('taken', [...new Set(names)])}`;
}
