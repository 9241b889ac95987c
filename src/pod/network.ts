import * as kplus from 'cdk8s-plus-28';
import { type Container, containersOf, type PodSpec, type PodTemplate } from '../private/manifest';
import type { Endpoint } from './endpoint';
import type { Inventory } from './inventory';
import {
  clash,
  declaredBy,
  endpointOf,
  hostClash,
  type Listener,
  listenerOf,
  means,
  nameOf,
  same,
  shapeProblems,
} from './listener';

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
  public static _of(inventory: Inventory): PodNetwork {
    return new PodNetwork(inventory);
  }

  private readonly claims: Listener[] = [];
  private readonly services: kplus.Service[] = [];
  private entrance?: Listener;

  private constructor(private readonly inventory: Inventory) {}

  /** Every listener of the pod that is known: declared ports of running containers and claims. */
  public get endpoints(): Endpoint[] {
    const known = this.listeners();
    const first = known.filter((listener, index) => known.findIndex((other) => same(other, listener)) === index);
    return first.map((listener) => endpointOf({ ...listener, name: nameOf(listener, known) }));
  }

  /**
   * Reserves a port of the pod for a container. A container may claim a port that it declares already.
   *
   * @throws where another container has the port or its name, or where port or name are invalid
   */
  public claim(options: ClaimOptions): Endpoint {
    const { container, port, name, protocol = kplus.Protocol.TCP, loopback = false, exposed } = options;
    this.inventory.find(container);
    const wanted: Listener = { owner: container, port, protocol, name, loopback, exposed };
    this.reserve([wanted]);
    return endpointOf({ ...wanted, name: nameOf(wanted, this.listeners()) });
  }

  /**
   * Lets requests enter the pod through a listener of a companion, such as a proxy: `expose` then leads there in place of
   * the main container's own ports. There is one such listener, and it is named before the pod is exposed.
   *
   * @param endpoint the listener, as `claim` gave it
   * @throws where requests enter through another one, where Services cannot reach it, or where the pod is exposed already
   */
  public receiveThrough(endpoint: Endpoint): void {
    const listener = this.listeners().find((known) => means(endpoint, known));
    const problem = this.entranceProblem(endpoint, listener);
    if (problem) {
      throw this.inventory.failure(problem);
    }
    this.entrance = listener;
  }

  /**
   * Takes the ports of a container that is about to be added.
   *
   * @internal
   */
  public _admit(container: string, ports: readonly kplus.ContainerPort[]): void {
    const listeners = ports.map((port) => listenerOf(container, port));
    const twice = listeners.find((listener, index) => listeners.slice(0, index).some((other) => same(other, listener)));
    if (twice) {
      throw this.inventory.failure(
        `port ${twice.port}/${twice.protocol} stands twice in the \`ports\` of container "${container}"; list it once`,
      );
    }
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
   * Where Services lead that name no port.
   *
   * @internal
   */
  public get _entrances(): Endpoint[] {
    const { entrance } = this;
    if (entrance) {
      return this.endpoints.filter((endpoint) => means(endpoint, entrance));
    }
    const hidden = this.claims.filter(({ exposed }) => exposed === false);
    return this._reachable.filter((endpoint) => !hidden.some((listener) => means(endpoint, listener)));
  }

  /**
   * Where Services may lead: to the main container, and to the one through which requests enter.
   *
   * @internal
   */
  public get _reachable(): Endpoint[] {
    const owners = [this.inventory.main.name, this.entrance?.owner];
    return this.endpoints.filter(({ container, loopback }) => owners.includes(container) && !loopback);
  }

  /**
   * Changes whenever a port is claimed.
   *
   * @internal
   */
  public get _state(): number {
    return this.claims.length;
  }

  /** @internal */
  public _problems(): string[] {
    const known = this.listeners();
    const pairs = known.flatMap((later, index) => known.slice(0, index).map((earlier) => [later, earlier] as const));
    return [
      ...new Set([
        ...known.flatMap(shapeProblems),
        ...pairs.flatMap(([later, earlier]) => [...clash(later, earlier), ...hostClash(later, earlier)]),
        ...this.bypassProblems(),
      ]),
    ];
  }

  /**
   * Probes that cannot succeed: the kubelet dials the pod's address.
   *
   * @internal
   */
  public _renderedProblems(spec: PodSpec): string[] {
    return this.claims
      .filter(({ loopback }) => loopback)
      .flatMap(({ owner, port }) => {
        const probes = containersOf(spec)
          .filter(({ name }) => name === owner)
          .flatMap(({ startupProbe, readinessProbe, livenessProbe }) => [startupProbe, readinessProbe, livenessProbe]);
        return probes.some((probe) => (probe?.httpGet?.port ?? probe?.tcpSocket?.port) === port)
          ? [
              `a probe of container "${owner}" dials port ${port}, which the container opens on the loopback interface alone, and the kubelet dials the pod's address; probe a port that is open to all, or run a command`,
            ]
          : [];
      });
  }

  /** @internal */
  public _complete({ spec }: PodTemplate): void {
    for (const container of containersOf(spec)) {
      this.listClaims(container);
      this.dropUnreachableStartupProbe(container);
    }
  }

  private entranceProblem(endpoint: Endpoint, listener?: Listener): string | undefined {
    const { entrance, services } = this;
    const title = `${endpoint.port}/${endpoint.protocol} of container "${endpoint.container}"`;
    if (!listener) {
      return `no listener ${title} is known in this pod; claim the port first`;
    }
    if (listener.loopback) {
      return `requests cannot enter the pod through port ${title}, which is open on the loopback interface alone; pass a listener on all interfaces`;
    }
    if (entrance && !means(endpoint, entrance)) {
      return `requests enter the pod through port ${entrance.port}/${entrance.protocol} of container "${entrance.owner}" already, so they cannot enter through port ${title}; add one of the two`;
    }
    return !entrance && services.length > 0
      ? `the pod is exposed by Service "${services[0]!.name}" already, which would lead past port ${title}; let requests enter there before the pod is exposed`
      : undefined;
  }

  /** Services that cdk8s-plus made of the workload lead to its containers, whoever should receive the requests. */
  private bypassProblems(): string[] {
    const { entrance, services } = this;
    const made = this.inventory.workload.node.children.filter((child) => child instanceof kplus.Service);
    return made
      .filter((service) => entrance && service.clusterIP !== 'None' && !services.includes(service))
      .map(
        ({ name }) =>
          `Service "${name}" leads past container "${entrance!.owner}", through which requests enter the pod; make it with \`expose\` of the pod`,
      );
  }

  /** Takes all of them or, where one is wrong, none. */
  private reserve(wanted: readonly Listener[]): void {
    const [wrong] = wanted.flatMap((listener) => this.problemsOf(listener));
    if (wrong) {
      throw this.inventory.failure(wrong);
    }
    this.claims.push(...wanted);
  }

  /** What is wrong with a new listener. A plain init container has the ports to itself while it runs. */
  private problemsOf(wanted: Listener): string[] {
    const container = this.inventory.tryFind(wanted.owner);
    const own = [...declaredBy(container), ...this.claims.filter(({ owner }) => owner === wanted.owner)];
    const known = this.isPlainInit(wanted.owner) ? own : this.listeners();
    return [
      ...shapeProblems(wanted),
      ...known.flatMap((other) => [...clash(wanted, other), ...hostClash(wanted, other)]),
    ];
  }

  private listClaims(container: Container): void {
    const listed = [...(container.ports ?? [])];
    for (const claim of this.claims.filter(({ owner, loopback }) => owner === container.name && !loopback)) {
      const { port, protocol, name, hostPort, hostIp: hostIP } = claim;
      const known = listed.find((other) => other.containerPort === port && (other.protocol ?? 'TCP') === protocol);
      if (known) {
        known.name ??= name;
      } else {
        const unusual = protocol === kplus.Protocol.TCP ? undefined : protocol;
        listed.push({ containerPort: port, name, protocol: unusual, hostPort, hostIP });
      }
    }
    container.ports = listed.length > 0 ? listed : undefined;
  }

  /**
   * cdk8s-plus gives every container with a `portNumber` a TCP startup probe. On a plain init container the API server
   * rejects it; on a loopback listener it never succeeds, because the kubelet dials the pod's address.
   */
  private dropUnreachableStartupProbe(container: Container): void {
    const source = this.inventory.tryFind(container.name);
    const port = container.startupProbe?.tcpSocket?.port;
    const onLoopback = this.claims.some(
      (claim) => claim.owner === container.name && claim.loopback && claim.port === port,
    );
    if (source && (this.inventory.isPlainInit(source) || (onLoopback && port === source.portNumber))) {
      delete container.startupProbe;
    }
  }

  private listeners(): Listener[] {
    const declared = this.inventory.running.flatMap(declaredBy);
    return [...declared, ...this.claims.filter(({ owner }) => !this.isPlainInit(owner))];
  }

  private isPlainInit(name: string): boolean {
    const container = this.inventory.tryFind(name);
    return container !== undefined && this.inventory.isPlainInit(container);
  }
}
