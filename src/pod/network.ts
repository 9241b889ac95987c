import * as kplus from 'cdk8s-plus-28';
import { type Container, containersOf, type PodTemplate } from '../private/manifest';
import { isPortName } from '../private/names';
import { Endpoint } from './endpoint';
import type { Inventory } from './inventory';

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
}

/** One listener, declared by a container or claimed through the kernel. */
interface Listener {
  readonly owner: string;
  readonly port: number;
  readonly protocol: kplus.Protocol;
  readonly loopback: boolean;
  readonly name?: string;
  readonly hostPort?: number;
  readonly hostIp?: string;
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

  private constructor(private readonly inventory: Inventory) {}

  /** Every listener of the pod that is known: declared ports of running containers and claims. */
  public get endpoints(): Endpoint[] {
    const known = this.listeners();
    return known
      .filter((listener, index) => known.findIndex((other) => same(other, listener)) === index)
      .map(endpointOf);
  }

  /**
   * Reserves a port of the pod for a container. A container may claim a port that it declares already.
   *
   * @throws where another container has the port or its name, or where port or name are invalid
   */
  public claim(options: ClaimOptions): Endpoint {
    const { container, port, name, protocol = kplus.Protocol.TCP, loopback = false } = options;
    return this.reserve({ owner: container, port, protocol, name, loopback });
  }

  /** @internal */
  public _declare(container: string, port: kplus.ContainerPort): void {
    this.reserve(listenerOf(container, port));
  }

  /** @internal */
  public _problems(): string[] {
    const known = this.listeners();
    const pairs = known.flatMap((later, index) => known.slice(0, index).map((earlier) => [later, earlier] as const));
    return [
      ...new Set([
        ...known.flatMap(shapeProblems),
        ...pairs.flatMap(([later, earlier]) => [...clash(later, earlier), ...hostClash(later, earlier)]),
      ]),
    ];
  }

  /** @internal */
  public _complete({ spec }: PodTemplate): void {
    for (const container of containersOf(spec)) {
      this.listClaims(container);
      this.dropUnreachableStartupProbe(container);
    }
  }

  private reserve(wanted: Listener): Endpoint {
    this.inventory.find(wanted.owner);
    const known = this.listeners();
    const [wrong] = [
      ...shapeProblems(wanted),
      ...known.flatMap((other) => [...clash(wanted, other), ...hostClash(wanted, other)]),
    ];
    if (wrong) {
      throw this.inventory.failure(wrong);
    }
    this.claims.push(wanted);
    return endpointOf({ ...wanted, name: wanted.name ?? known.find((other) => same(other, wanted))?.name });
  }

  private listClaims(container: Container): void {
    const listed = [...(container.ports ?? [])];
    for (const { owner, port, protocol, loopback, name, hostPort, hostIp } of this.claims) {
      const known = listed.some((other) => other.containerPort === port && (other.protocol ?? 'TCP') === protocol);
      if (owner === container.name && !loopback && !known) {
        listed.push({
          containerPort: port,
          name,
          protocol: protocol === kplus.Protocol.TCP ? undefined : protocol,
          hostPort,
          hostIP: hostIp,
        });
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
    const declared = this.inventory.running.flatMap(({ name, ports }) => ports.map((port) => listenerOf(name, port)));
    return [...declared, ...this.claims];
  }
}

function listenerOf(owner: string, { number, name, protocol, hostPort, hostIp }: kplus.ContainerPort): Listener {
  return { owner, port: number, protocol: protocol ?? kplus.Protocol.TCP, loopback: false, name, hostPort, hostIp };
}

function endpointOf({ owner, port, protocol, loopback, name }: Listener): Endpoint {
  return Endpoint._of(owner, port, protocol, loopback, name);
}

function same(a: Listener, b: Listener): boolean {
  return a.owner === b.owner && a.port === b.port && a.protocol === b.protocol;
}

function shapeProblems({ owner, port, name }: Listener): string[] {
  const problems: string[] = [];
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    problems.push(`port ${port} of container "${owner}" is not a port number; pass an integer from 1 to 65535`);
  }
  if (name !== undefined && !isPortName(name)) {
    problems.push(
      `port name "${name}" of container "${owner}" is not an IANA service name; use at most 15 lower-case letters, digits and single "-", with a letter among them`,
    );
  }
  return problems;
}

function clash(later: Listener, earlier: Listener): string[] {
  if (same(later, earlier)) {
    return later.name && earlier.name && later.name !== earlier.name
      ? [
          `port ${later.port}/${later.protocol} of container "${later.owner}" is already named "${earlier.name}"; use that name or none, not "${later.name}"`,
        ]
      : [];
  }
  if (later.port === earlier.port && later.protocol === earlier.protocol) {
    return [
      `port ${later.port}/${later.protocol} of container "${later.owner}" is already used by container "${earlier.owner}", and containers of a pod share localhost; pick a free port`,
    ];
  }
  return later.name !== undefined && later.name === earlier.name
    ? [
        `port name "${later.name}" of container "${later.owner}" is already used by container "${earlier.owner}", and Services find ports by name; pass another \`name\``,
      ]
    : [];
}

function hostClash(later: Listener, earlier: Listener): string[] {
  if (same(later, earlier)) {
    return [];
  }
  const overlap = !later.hostIp || !earlier.hostIp || later.hostIp === earlier.hostIp;
  return later.hostPort !== undefined &&
    later.hostPort === earlier.hostPort &&
    later.protocol === earlier.protocol &&
    overlap
    ? [
        `host port ${later.hostPort}/${later.protocol} of container "${later.owner}" is already used by container "${earlier.owner}", and both would bind it on the same node; pick a free \`hostPort\``,
      ]
    : [];
}
