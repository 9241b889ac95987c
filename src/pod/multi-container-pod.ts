import type { ApiObject } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import type * as picture from '../picture/faces/pod-picture';
import { findOwner, throwFirst } from '../private/errors';
import { readArgument, readProps } from '../private/read-props';
import { RunValue } from '../private/synth-run';
import type { ICompanion } from './companion';
import type {
  InitContainerProps,
  MainContainerProps,
  PodContainerOptions,
  SidecarProps,
} from './containers/container-options';
import { MAIN_RESOURCES, toCompanionProps, toContainerProps } from './containers/container-props';
import { explainUnwritable } from './containers/declared-containers';
import { Environment } from './containers/environment';
import { Inventory } from './containers/inventory';
import { AppliedDefaults } from './defaults/applied-defaults';
import { PodLifecycle, SidecarMode } from './lifecycle/pod-lifecycle';
import type { AddOptions } from './lifecycle/start-order';
import { PodLogs } from './logs/pod-logs';
import { completeManifest, findPath } from './manifest/complete-manifest';
import { type ConfigureOptions, type LaterFields, PodFields } from './manifest/pod-fields';
import { Patches, type PodPatch } from './manifest/pod-patch';
import { findPodTemplate, type PodTemplate } from './manifest/pod-template';
import { validateMetadata, validateRenderedWorkload, type Workload } from './manifest/rendered-workload';
import type { Endpoint } from './network/endpoint';
import { type EndpointVariables, toEnvEntries } from './network/endpoint-variables';
import { redirectService } from './network/existing-service';
import { createPodService, type ExposeOptions } from './network/exposure';
import { PodNetwork } from './network/pod-network';
import type { PodPart } from './pod-part';
import { PodStorage } from './storage/pod-storage';
import { findWorkload, findWorkloadByName } from './workload/find-workload';
import { Monitoring, type MonitorOptions } from './workload/monitoring';
import { type KeepAvailableOptions, type ScaleOnCpuOptions, Scaling } from './workload/scaling';

const ID = 'MultiContainerPod';

/** Options that hold for all containers of a pod. */
export interface MultiContainerPodOptions {
  /**
   * Mode of the sidecars that state none themselves.
   *
   * @default - the mode that `PodDefaults` give, which is `SidecarMode.NATIVE` unless they say otherwise
   */
  readonly sidecarMode?: SidecarMode;

  /**
   * Name of the container that the pod exists for, in a manifest that exists.
   *
   * @default - the one that the annotation `kubectl.kubernetes.io/default-container` names, or the first
   */
  readonly mainContainer?: string;

  /**
   * Place of the pod template in a manifest of a kind that is not known here, such as `spec.template`.
   *
   * @default - where Kubernetes and well-known kinds have it
   */
  readonly podPath?: string;

  /**
   * Whether the containers of a manifest that exists are completed to Pod Security "restricted", too. The image of a chart may
   * not run so.
   *
   * @default false
   */
  readonly harden?: boolean;
}

/**
 * A pod of more than one container: a main container and the companions that share its lifecycle, its network and its
 * storage. Works with every workload of cdk8s-plus, one that exists as well as a new one.
 *
 * Options that are left out are completed so that the pod passes Pod Security "restricted"; problems of the finished
 * pod are reported by `synth`, all at once.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/#how-pods-manage-multiple-containers
 */
export class MultiContainerPod extends Construct {
  /**
   * The one kernel object of a pod, whatever made it.
   *
   * All that is in a manifest already stays as it is: its containers, their order and all its fields, but for what companions declare.
   *
   * @param workload a workload of any cdk8s-plus, an `ApiObject` with a pod in it, or a construct that holds one of these, such as an
   * `Include` of one Deployment
   * @throws where there is no pod or more than one, where it exists with other options, or its mode does not fit the workload
   */
  public static of(workload: Construct, options: MultiContainerPodOptions = {}): MultiContainerPod {
    const own = readProps('MultiContainerPodOptions', options, 'MultiContainerPod.of');
    return MultiContainerPod.ensure(findWorkload(workload, own), own);
  }

  /**
   * The pod of an object of a chart, an `Include` or a `Helm`, by its kind and name.
   *
   * @param scope the construct below which the object is
   * @param name kind and name of the object, as in `Deployment/shop`
   * @throws where there is no such object, or no pod in it
   */
  public static find(scope: Construct, name: string, options: MultiContainerPodOptions = {}): MultiContainerPod {
    const own = readProps('MultiContainerPodOptions', options, 'MultiContainerPod.find');
    const wanted = readArgument('string', name, 'MultiContainerPod.find', 'name');
    const place = readArgument('Construct', scope, 'MultiContainerPod.find', 'scope');
    return MultiContainerPod.ensure(findWorkloadByName(place, wanted, own), own);
  }

  private static ensure(workload: kplus.AbstractPod, options: MultiContainerPodOptions): MultiContainerPod {
    const { sidecarMode: wanted, harden } = options;
    throwFirst(workload, PodLifecycle._validateMode(workload, wanted));
    const known = workload.node.tryFindChild(ID) as MultiContainerPod | undefined;
    const pod = known ?? new MultiContainerPod(workload, wanted, harden);
    const { sidecarMode } = pod.lifecycle;
    if (wanted && wanted !== sidecarMode) {
      throw pod.inventory.createPodError(
        `the pod exists with \`sidecarMode\` ${sidecarMode}, not ${wanted}; say it once, where \`MultiContainerPod.of\` is called first`,
      );
    }
    return pod;
  }

  /** The workload whose pod this is. */
  public readonly workload: kplus.AbstractPod;

  /** The network namespace of the pod. */
  public readonly network: PodNetwork;

  /** The volumes of the pod. */
  public readonly storage: PodStorage;

  /** The log files that its containers write. */
  public readonly logs: PodLogs;

  /** The order and the times in which its containers start and stop. */
  public readonly lifecycle: PodLifecycle;

  private readonly inventory: Inventory;
  private readonly environment: Environment;
  private readonly scaling: Scaling;
  private readonly monitoring: Monitoring;
  private readonly fields: PodFields;
  private readonly patches: Patches;
  private readonly parts: readonly PodPart[];
  private readonly render: () => Workload;

  private constructor(workload: kplus.AbstractPod, sidecarMode?: SidecarMode, harden?: boolean) {
    super(workload, ID);
    this.workload = workload;
    this.inventory = new Inventory(workload, harden);
    this.environment = new Environment(this.inventory);
    this.scaling = new Scaling(this.inventory);
    this.network = PodNetwork._create(this.inventory);
    this.monitoring = new Monitoring(this.inventory, this.network);
    this.storage = PodStorage._create(this, this.inventory);
    this.logs = PodLogs._create(this.inventory, this.storage);
    this.lifecycle = PodLifecycle._create(this.inventory, sidecarMode);
    this.fields = new PodFields(this.inventory);
    this.patches = new Patches(this.inventory);
    const hasDefaults = Object.keys(this.inventory.defaults).length > 0;
    this.parts = [
      this.inventory,
      this.environment,
      this.scaling,
      this.network,
      this.storage,
      this.logs,
      this.lifecycle,
      this.fields,
      ...(hasDefaults ? [new AppliedDefaults(this.inventory, this.network, this.lifecycle)] : []),
      this.patches,
    ];
    const problems = new RunValue(workload.node.root, () => this.validatePod());
    findOwner(workload).node.addValidation({ validate: () => problems.get() });
    this.render = completeManifest(workload, (template, manifest) => this.complete(template, manifest));
  }

  /** The container that the pod exists for: the first of `containers`. */
  public get main(): kplus.Container {
    return this.inventory.main;
  }

  /**
   * A container of the pod, whether it runs beside the main one or before it.
   *
   * @param name name of the container
   * @throws where there is none of this name
   */
  public container(name: string): kplus.Container {
    return this.inventory.find(name);
  }

  /**
   * Adds a companion. Native sidecars and init containers start in the order in which they are added, unless `before` says
   * otherwise.
   *
   * @param companion the companion, which may be added to other pods too
   * @throws where there is no init container `before` which it could start
   */
  public add(companion: ICompanion, options: AddOptions = {}): void {
    const added = readArgument('ICompanion', companion, this.workload, 'companion');
    this.lifecycle._startOrder.place(() => added.bind(this), readProps('AddOptions', options, this.workload));
  }

  /**
   * Adds the container that the pod exists for, where the workload was made without one.
   *
   * @throws where the pod has a main container
   */
  public addMainContainer(props: MainContainerProps): kplus.Container {
    return this._addMainContainer(this.readContainer('MainContainerProps', props));
  }

  /**
   * The same for props that are made of what was read before.
   *
   * @internal
   */
  public _addMainContainer(own: MainContainerProps): kplus.Container {
    const [main] = this.workload.containers;
    if (main) {
      throw this.inventory.createPodError(
        `the pod already has the main container "${main.name}", so "${own.name}" cannot be another; add it with \`addSidecar\` or give it a pod of its own`,
      );
    }
    const { name, ports, defaultResources = MAIN_RESOURCES } = own;
    const spec = toContainerProps(this.inventory, own, defaultResources, { ports });
    this.network._admit(name, ports ?? []);
    return this.attach(own, this.workload.addContainer(spec));
  }

  /**
   * Adds a container that lives beside the main one.
   *
   * @throws where name or port is taken, or the sidecar cannot keep in its mode what it declares
   */
  public addSidecar(props: SidecarProps): kplus.Container {
    return this._addSidecar(this.readContainer('SidecarProps', props));
  }

  /**
   * The same for props that are made of what was read before.
   *
   * @internal
   */
  public _addSidecar(own: SidecarProps): kplus.Container {
    const { name, ports = [], mode = this.lifecycle.sidecarMode } = own;
    const isNative = mode === SidecarMode.NATIVE;
    const spec = toCompanionProps(this.inventory, own, isNative ? kplus.ContainerRestartPolicy.ALWAYS : undefined);
    throwFirst(this.workload, this.lifecycle._validateSidecar(own, mode));
    this.network._admit(name, ports);
    this.lifecycle._admit(own, mode);
    return this.attach(own, isNative ? this.workload.addInitContainer(spec) : this.workload.addContainer(spec));
  }

  /**
   * Adds a container that runs to its end before the main one starts, after the init containers and native sidecars that
   * were added before it.
   *
   * @throws where the name is taken
   */
  public addInitContainer(props: InitContainerProps): kplus.Container {
    const own = this.readContainer('InitContainerProps', props);
    return this.attach(own, this.workload.addInitContainer(toCompanionProps(this.inventory, own)));
  }

  /**
   * Sets an environment variable of a container that exists.
   *
   * @param container name of the container
   * @param name name of the variable
   * @param value its value
   * @throws where the container has another value for it
   */
  public addEnv(container: string, name: string, value: kplus.EnvValue): void {
    readArgument('string', name, this.workload, 'name');
    this.environment.add(container, name, readArgument('EnvValue', value, this.workload, 'value'));
  }

  /**
   * Gives a container the environment of another: its variables, ConfigMaps and Secrets, those too that are added later.
   *
   * @param source name of the container whose environment it is
   * @param target name of the container that gets it, beside what it has itself
   * @throws where the pod has no such container; a variable with two values is reported by `synth`
   */
  public copyEnv(source: string, target: string): void {
    this.environment.copy(source, target);
  }

  /**
   * Lets a container find a listener of the pod through its environment. An init container, and one that gets its environment
   * by `copyEnv`, must start after the native sidecar that listens; `synth` reports it where it does not.
   *
   * @param endpoint the listener
   * @param variables names of the variables, and the container that gets them
   * @throws where the container has another value for one of them
   */
  public addEndpointEnv(endpoint: Endpoint, variables: EndpointVariables): void {
    readArgument('Endpoint', endpoint, this.workload, 'endpoint');
    const { container = this.main.name, ...names } = readArgument(
      'EndpointVariables',
      variables,
      this.workload,
      'variables',
    );
    const entries = toEnvEntries(endpoint, names);
    for (const [name, value] of entries) {
      this.addEnv(container, name, value);
    }
    this.network._needs.tell(endpoint, container, entries);
  }

  /**
   * Puts a Service in front of the pod. It leads to the companion that requests enter through, where there is one (see
   * `network.receiveThrough`), and to the main container otherwise.
   *
   * @throws where there is no port to lead to, or the choice is not clear
   */
  public expose(options: ExposeOptions = {}): kplus.Service {
    return createPodService(this.inventory, this.network, readProps('ExposeOptions', options, this.workload));
  }

  /**
   * Leads a Service that exists to where requests enter the pod, such as a proxy in front of the application of a chart. Its
   * `targetPort` changes, and all its other fields stay. Call it when the proxy was added.
   *
   * @param service the Service, or a construct that holds one, such as an `Include`
   * @param port name or number of the port of the Service, where it has several
   * @throws where it is no Service, selects other pods, has several ports of which none is named, or leads to no port or several
   */
  public receiveFrom(service: Construct, port?: string): void {
    redirectService(this.inventory, this.network, service, port);
  }

  /**
   * Scales a Deployment or StatefulSet on the CPU use of the main container alone. Kubernetes 1.30, or 1.27 with its
   * defaults. The manifest then states no `replicas`: a workload that already runs falls to one pod when it is applied,
   * until the autoscaler acts.
   *
   * @see https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#container-resource-metrics
   * @throws where the workload cannot scale, or the main container requests no CPU
   */
  public scaleOnCpu(options: ScaleOnCpuOptions): kplus.HorizontalPodAutoscaler {
    return this.scaling.scaleOnCpu(readProps('ScaleOnCpuOptions', options, this.workload));
  }

  /**
   * Keeps pods of a Deployment or StatefulSet up while nodes are drained.
   *
   * @see https://kubernetes.io/docs/tasks/run-application/configure-pdb/
   * @returns the PodDisruptionBudget
   */
  public keepAvailable(options: KeepAvailableOptions = {}): ApiObject {
    return this.scaling.keepAvailable(readProps('KeepAvailableOptions', options, this.workload));
  }

  /**
   * Spreads the pods of a Deployment or StatefulSet over nodes and zones where there are several.
   *
   * @see https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/
   */
  public spread(): void {
    this.scaling.spread();
  }

  /**
   * The number of pods that there may be at once, as far as it is stated.
   *
   * @internal
   */
  public get _pods(): number {
    return this.scaling.pods;
  }

  /**
   * Has the Prometheus operator scrape a port of the pod, whichever container listens. All ports share one PodMonitor,
   * which is beside the workload, in the namespace of the pods.
   *
   * @see https://prometheus-operator.dev/docs/developer/getting-started/#using-podmonitors
   * @param port name of the port
   * @throws where no container of the pod has a port of this name, Prometheus cannot reach it, or it is monitored in
   * another way already
   * @returns the PodMonitor
   */
  public monitor(port: string, options: MonitorOptions = {}): ApiObject {
    return this.monitoring.monitor(port, readProps('MonitorOptions', options, this.workload));
  }

  /**
   * Whether the platform gives all containers one user, whatever they state.
   *
   * @internal
   */
  public get _assignsUser(): boolean {
    return this.inventory.assignsUser;
  }

  /**
   * The pod as text in frames, 80 columns wide: how it starts, its network, its storage, how it stops, and what the rules have
   * against it. What is added later is not in it.
   *
   * @see `PodPicture` for the same as SVG or Mermaid
   */
  public describe(): string {
    return (require('../picture/faces/pod-picture') as typeof picture).PodPicture.of(this).toText();
  }

  /**
   * States fields that hold for the pod as a whole.
   *
   * @throws where a field was stated with another value before
   */
  public configure(options: ConfigureOptions): void {
    this.fields.configure(readProps('ConfigureOptions', options, this.workload));
  }

  /**
   * Changes any field of the finished pod, of whatever version of Kubernetes, by the names of containers, volumes and ports. It is
   * written after all else: what cdk8s-plus renders, JSON patches, and what the kernel and companions declare. Nothing is lost, and
   * nothing that was declared is told of the change, so that a claim or a path that it moves is yours to keep true.
   *
   * It is the `strategic merge patch` of Kubernetes, in which a name that the pod does not have is reported by `synth`.
   *
   * @see https://kubernetes.io/docs/tasks/manage-kubernetes-objects/update-api-object-kubectl-patch/
   * @throws where another patch says something else of the same field
   */
  public patch(patch: PodPatch): void {
    this.patches.add(readProps('PodPatch', patch, this.workload));
  }

  /** The props of a new container, whose name errors tell where it has one. */
  private readContainer<T extends PodContainerOptions & { readonly name: string }>(type: string, props: T): T {
    const name: unknown = props?.name;
    return readProps(type, props, this.workload, typeof name === 'string' ? ` of container "${name}"` : '');
  }

  /** Gives a new container its volumes. */
  private attach(props: PodContainerOptions & LaterFields, container: kplus.Container): kplus.Container {
    this.inventory.admit(container);
    this.fields.declare(container.name, props);
    for (const directory of props.writableDirectories ?? []) {
      this.storage.scratch(container.name, directory);
    }
    for (const { path, volume, ...options } of props.volumeMounts ?? []) {
      this.storage.mount(container.name, path, volume, options);
    }
    return container;
  }

  private complete(template: PodTemplate, manifest: Workload): void {
    for (const part of this.parts) {
      part._complete?.(template, manifest);
    }
  }

  private validatePod(): string[] {
    const problems = this.parts.flatMap((part) => part._validate());
    return [...problems, ...this.validateRendered(problems.length > 0)];
  }

  /** @param isExplained whether problems were found already, which show themselves in what is rendered, too */
  private validateRendered(isExplained: boolean): string[] {
    let rendered: Workload;
    try {
      rendered = this.render();
    } catch (error) {
      return explainUnwritable(this.workload, error as Error, isExplained);
    }
    const path = findPath(this.workload);
    const template = findPodTemplate(rendered, path);
    const problems = this.parts.flatMap((part) => part._validateRendered?.(template.spec) ?? []);
    if (path !== undefined) {
      return problems; // what is in the manifest of somebody else is told by the rules
    }
    return [
      ...validateMetadata(rendered, template),
      ...problems,
      ...(isExplained ? [] : validateRenderedWorkload(rendered, template)),
    ];
  }
}
