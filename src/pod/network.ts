import * as kplus from 'cdk8s-plus-28';
import { type Container, containersOf, type PodTemplate } from '../private/manifest';
import { isPortName } from '../private/names';
import { isPort } from '../private/ports';
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
    const first = known.filter((listener, index) => known.findIndex((other) => same(other, listener)) === index);
    return first.map((listener) => endpointOf({ ...listener, name: nameOf(listener, known) }));
  }

  /**
   * Reserves a port of the pod for a container. A container may claim a port that it declares already.
   *
   * @throws where another container has the port or its name, or where port or name are invalid
   */
  public claim(options: ClaimOptions): Endpoint {
    const { container, port, name, protocol = kplus.Protocol.TCP, loopback = false } = options;
    this.inventory.find(container);
    const wanted: Listener = { owner: container, port, protocol, name, loopback };
    this.reserve([wanted]);
    return endpointOf({ ...wanted, name: nameOf(wanted, this.listeners()) });
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

/** The name of a listener, where any of those that mean it gave one. */
function nameOf(wanted: Listener, known: readonly Listener[]): string | undefined {
  return wanted.name ?? known.find((other) => same(other, wanted) && other.name !== undefined)?.name;
}

function declaredBy(container?: kplus.Container): Listener[] {
  return (container?.ports ?? []).map((port) => listenerOf(container!.name, port));
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

function shapeProblems({ owner, port, name, hostPort }: Listener): string[] {
  const numbers = hostPort === undefined ? { port } : { port, 'host port': hostPort };
  const invalid = Object.entries(numbers).filter(([, number]) => !isPort(number));
  const problems = invalid.map(
    ([kind, number]) =>
      `${kind} ${number} of container "${owner}" is not a port number; pass an integer from 1 to 65535`,
  );
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
  const everywhere = [undefined, '', '0.0.0.0', '::'];
  const overlap = [later, earlier].some(({ hostIp }) => everywhere.includes(hostIp)) || later.hostIp === earlier.hostIp;
  return later.hostPort !== undefined &&
    later.hostPort === earlier.hostPort &&
    later.protocol === earlier.protocol &&
    overlap
    ? [
        `host port ${later.hostPort}/${later.protocol} of container "${later.owner}" is already used by container "${earlier.owner}", and both would bind it on the same node; pick a free \`hostPort\``,
      ]
    : [];
}
