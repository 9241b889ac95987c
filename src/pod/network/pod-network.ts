import * as kplus from 'cdk8s-plus-28';
import { throwFirst } from '../../private/errors';
import { groupBy } from '../../private/lists';
import { readArgument, readProps } from '../../private/read-props';
import type { Inventory } from '../containers/inventory';
import { validateMeshPort } from '../defaults/mesh';
import { type Container, listContainers, type PodSpec, type PodTemplate } from '../manifest/pod-template';
import type { Endpoint } from './endpoint';
import { validateServicePorts } from './exposure';
import {
  findListenerName,
  type Listener,
  ListenerIndex,
  listDeclaredListeners,
  matchesEndpoint,
  mergeListeners,
  toEndpoint,
  toListener,
  toListenerKey,
  validateHostPortPair,
  validateListed,
  validateListener,
  validatePortPair,
} from './listener';
import { PortNeeds } from './port-needs';
import { addClaimedPorts, dialsPort } from './rendered-ports';

/** A port that a container of the pod listens on. */
export interface ClaimOptions {
  /** Name of the container that listens. */
  readonly container: string;

  /** The port, 1-65535. */
  readonly port: number;

  /**
   * Name of the port, unique in the pod: at most 15 lower-case letters, digits and "-", with at least one letter.
   *
   * @default - the port has no name
   */
  readonly name?: string;

  /**
   * Transport protocol.
   *
   * @default Protocol.TCP
   */
  readonly protocol?: kplus.Protocol;

  /**
   * Whether the listener is bound to the loopback interface: reachable for the containers of the pod, not for other
   * pods, Services or kubelet probes. Such a port is not listed in the container's `ports`.
   *
   * @default false
   */
  readonly loopback?: boolean;

  /**
   * Whether `expose` leads to this port of the main container where it names none. Not for a port that only the kubelet or
   * a scraper asks for.
   *
   * @default true
   */
  readonly exposed?: boolean;
}

/**
 * The network namespace that all containers of the pod share. Every listener is a claim; two containers never get
 * the same port.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/#pod-networking
 */
export class PodNetwork {
  /** @internal */
  public static _create(inventory: Inventory): PodNetwork {
    return new PodNetwork(inventory);
  }

  /** @internal */
  public readonly _needs = new PortNeeds();

  private readonly claims: Listener[] = [];
  private initClaims?: ListenerIndex;
  private known = new ListenerIndex();
  private declared = 0;
  private readonly services: kplus.Service[] = [];
  private entrance?: Listener;

  private constructor(private readonly inventory: Inventory) {}

  /** Every listener of the pod that is known: declared ports of running containers and claims. */
  public get endpoints(): Endpoint[] {
    return mergeListeners(this.getListeners().all).map(toEndpoint);
  }

  /**
   * Reserves a port of the pod for a container. A container may claim a port that it declares already.
   *
   * @throws where another container has the port or its name, or where port or name are invalid
   */
  public claim(options: ClaimOptions): Endpoint {
    const {
      container,
      port,
      name,
      protocol = kplus.Protocol.TCP,
      loopback = false,
      exposed,
    } = readProps('ClaimOptions', options, this.inventory.workload);
    this.inventory.find(container);
    const wanted: Listener = { owner: container, port, protocol, name, loopback, exposed };
    this.reserve([wanted]);
    return toEndpoint({ ...wanted, name: findListenerName(wanted, this.getListeners().findNear(wanted)) });
  }

  /**
   * Lets requests enter the pod through a listener of a companion, such as a proxy: `expose` then leads there in place of
   * the main container's own ports. There is one such listener, and it is named before the pod is exposed.
   *
   * @param endpoint the listener, as `claim` gave it
   * @throws where requests enter through another one, where Services cannot reach it, or where the pod is exposed already
   */
  public receiveThrough(endpoint: Endpoint): void {
    readArgument('Endpoint', endpoint, this.inventory.workload, 'endpoint');
    const listener = this.getListeners().all.find((known) => matchesEndpoint(endpoint, known));
    throwFirst(this.inventory.workload, this.validateEntrance(endpoint, listener));
    this.entrance = listener;
  }

  /**
   * Takes the ports of a container that is about to be added.
   *
   * @internal
   */
  public _admit(container: string, ports: readonly kplus.ContainerPort[]): void {
    const listeners = ports.map((port) => toListener(container, port));
    throwFirst(this.inventory.workload, validateListed(container, listeners));
    this.reserve(listeners);
  }

  /**
   * Takes a Service that leads to the pod.
   *
   * @internal
   */
  public _expose(service: kplus.Service): void {
    this.services.push(service);
  }

  /**
   * The endpoints of Services that name no port.
   *
   * @internal
   */
  public get _entrances(): Endpoint[] {
    const { entrance } = this;
    if (entrance) {
      return this.endpoints.filter((endpoint) => matchesEndpoint(endpoint, entrance));
    }
    const hidden = new Set(this.claims.filter(({ exposed }) => exposed === false).map(toListenerKey));
    return this._reachable.filter(
      ({ container, port, protocol }) => !hidden.has(toListenerKey({ owner: container, port, protocol })),
    );
  }

  /**
   * The endpoints that Services may lead to: those of the main container, and of the one that requests enter through.
   *
   * @internal
   */
  public get _reachable(): Endpoint[] {
    const owners = [this.inventory.main.name, this.entrance?.owner];
    return this.endpoints.filter(({ container, loopback }) => owners.includes(container) && !loopback);
  }

  /** @internal */
  public _validate(): string[] {
    const { inventory } = this;
    const isKnown = inventory.all.every((container) => inventory.isAsAdmitted(container));
    return [
      ...new Set([
        ...(isKnown ? [] : this.validateListeners()), // what comes through the kernel is validated when it comes
        ...this.validateServices(),
        ...this.leadingHere.flatMap(validateServicePorts),
      ]),
    ];
  }

  private validateListeners(): string[] {
    const { all } = this.getListeners();
    const inits = this.inventory.plainInits.flatMap(listDeclaredListeners);
    const isOurs = ({ owner }: Listener) => !this.inventory.isExisting(owner);
    return [
      ...[...all, ...inits].filter(isOurs).flatMap((listener) => this.validateOne(listener)),
      ...validateListenerPairs(all, isOurs),
    ];
  }

  /**
   * Probes that cannot succeed, ports that cannot be opened, and containers that need what opens only after them.
   *
   * @internal
   */
  public _validateRendered(spec: PodSpec): string[] {
    return [
      ...this.validateLoopbackProbes(spec),
      ...this._needs.validate(
        spec,
        () => this.endpoints,
        () => this.leadingHere,
      ),
    ];
  }

  /** Probes of loopback listeners: the kubelet dials the pod's address. */
  private validateLoopbackProbes(spec: PodSpec): string[] {
    const hidden = this.claims.filter(({ loopback }) => loopback);
    const containers = hidden.length > 0 ? groupBy(listContainers(spec), ({ name }) => name) : undefined;
    return hidden
      .filter(({ owner, port }) => containers?.get(owner)?.some((container) => dialsPort(container, port)))
      .map(
        ({ owner, port }) =>
          `a probe of container "${owner}" dials port ${port}, which the container opens on the loopback interface alone, and the kubelet dials the pod's address; probe a port that is open to all, or run a command`,
      );
  }

  /** @internal */
  public _complete({ spec }: PodTemplate): void {
    const claims = groupBy(this.claims, ({ owner }) => owner);
    for (const container of listContainers(spec)) {
      const own = claims.get(container.name) ?? [];
      if (own.length > 0 || !this.inventory.isExisting(container.name)) {
        addClaimedPorts(container, own);
      }
      this.dropUnreachableStartupProbe(container, own);
    }
  }

  private validateEntrance(endpoint: Endpoint, listener?: Listener): string[] {
    const { entrance, services } = this;
    const title = `${endpoint.port}/${endpoint.protocol} of container "${endpoint.container}"`;
    if (!listener) {
      return [`no listener ${title} is known in this pod; claim the port first`];
    }
    if (listener.loopback) {
      return [
        `requests cannot enter the pod through port ${title}, which is open on the loopback interface alone; pass a listener on all interfaces`,
      ];
    }
    if (entrance && !matchesEndpoint(endpoint, entrance)) {
      return [
        `requests enter the pod through port ${entrance.port}/${entrance.protocol} of container "${entrance.owner}" already, so they cannot enter through port ${title}; add one of the two`,
      ];
    }
    return !entrance && services.length > 0
      ? [
          `the pod is exposed by Service "${services[0]!.name}" already, which would lead past port ${title}; let requests enter there before the pod is exposed`,
        ]
      : [];
  }

  /** Services that cdk8s-plus made of the workload lead to its containers, whoever should receive the requests. */
  private validateServices(): string[] {
    const { entrance, services } = this;
    return this.ownServices
      .filter((service) => entrance && service.clusterIP !== 'None' && !services.includes(service))
      .map(
        ({ name }) =>
          `Service "${name}" leads past container "${entrance!.owner}", through which requests enter the pod; make it with \`expose\` of the pod`,
      );
  }

  /** All Services that are known to lead to this pod. */
  private get leadingHere(): kplus.Service[] {
    const { workload } = this.inventory;
    const governing = workload instanceof kplus.StatefulSet ? [workload.service] : [];
    return [...this.services, ...this.ownServices, ...governing];
  }

  /** The Services that cdk8s-plus made of the workload. */
  private get ownServices(): kplus.Service[] {
    return this.inventory.workload.node.children.filter((child) => child instanceof kplus.Service);
  }

  /** Takes all of them or, where one is wrong, none. */
  private reserve(wanted: readonly Listener[]): void {
    throwFirst(
      this.inventory.workload,
      wanted.flatMap((listener) => this.validateClaim(listener)),
    );
    for (const listener of wanted) {
      this.claims.push(listener);
      this.selectIndex(listener).add(listener);
    }
  }

  /** Problems of a new listener. A plain init container has the ports to itself while it runs. */
  private validateClaim(wanted: Listener): string[] {
    const known = this.isPlainInit(wanted.owner) ? this.listOwnListeners(wanted) : this.getListeners().findNear(wanted);
    return [...this.validateOne(wanted), ...known.flatMap((other) => validateListenerPair(wanted, other))];
  }

  /** Problems of a listener by itself, and beside the proxy of a mesh. */
  private validateOne(listener: Listener): string[] {
    return [...validateListener(listener), ...validateMeshPort(this.inventory.defaults, listener)];
  }

  private selectIndex({ owner }: Listener): ListenerIndex {
    if (!this.isPlainInit(owner)) {
      return this.known;
    }
    this.initClaims ??= new ListenerIndex();
    return this.initClaims;
  }

  private listOwnListeners(wanted: Listener): Listener[] {
    const claims = this.selectIndex(wanted)
      .findNear(wanted)
      .filter(({ owner }) => owner === wanted.owner);
    return [...listDeclaredListeners(this.inventory.tryFind(wanted.owner)), ...claims];
  }

  /**
   * cdk8s-plus gives every container with a `portNumber` a TCP startup probe. On a plain init container the API server
   * rejects it; on a loopback listener it never succeeds, because the kubelet dials the pod's address.
   */
  private dropUnreachableStartupProbe(container: Container, claims: readonly Listener[]): void {
    const { startupProbe } = container;
    const source = startupProbe && this.inventory.tryFind(container.name);
    const port = startupProbe?.tcpSocket?.port;
    const onLoopback = claims.some((claim) => claim.loopback && claim.port === port);
    if (source && (this.inventory.isPlainInit(source) || (onLoopback && port === source.portNumber))) {
      delete container.startupProbe;
    }
  }

  /** Declared ports first, and then claims. Ports may have been declared through cdk8s-plus since; none is taken back. */
  private getListeners(): ListenerIndex {
    const { running } = this.inventory;
    const declared = running.reduce((sum, { ports }) => sum + ports.length, 0);
    if (declared !== this.declared) {
      this.declared = declared;
      const claims = this.claims.filter(({ owner }) => !this.isPlainInit(owner));
      this.known = new ListenerIndex([...running.flatMap(listDeclaredListeners), ...claims]);
    }
    return this.known;
  }

  private isPlainInit(name: string): boolean {
    const container = this.inventory.tryFind(name);
    return container !== undefined && this.inventory.isPlainInit(container);
  }
}

/** Conflicts of listeners, of which one at least is not in the manifest of somebody else. */
function validateListenerPairs(listeners: readonly Listener[], isOurs: (listener: Listener) => boolean): string[] {
  const earlier = new ListenerIndex();
  return listeners.flatMap((later) => {
    const others = earlier.findNear(later).filter((other) => isOurs(later) || isOurs(other));
    const problems = others.flatMap((other) => validateListenerPair(later, other));
    earlier.add(later);
    return problems;
  });
}

function validateListenerPair(later: Listener, earlier: Listener): string[] {
  return [...validatePortPair(later, earlier), ...validateHostPortPair(later, earlier)];
}
