import * as kplus from 'cdk8s-plus-28';
import { findRepeated } from '../../private/lists';
import { isPortName } from '../../private/names';
import { validateIp } from '../../private/pod-fields';
import { isPort } from '../../private/ports';
import { Endpoint } from './endpoint';

/** One listener, declared by a container or claimed through the kernel. */
export interface Listener {
  readonly owner: string;
  readonly port: number;
  readonly protocol: kplus.Protocol;
  readonly loopback: boolean;
  readonly exposed?: boolean;
  readonly name?: string;
  readonly hostPort?: number;
  readonly hostIp?: string;
}

/** The name of a listener, where any of those that mean it gave one. */
export function findListenerName(wanted: Listener, known: readonly Listener[]): string | undefined {
  return wanted.name ?? known.find((other) => isSameListener(other, wanted) && other.name !== undefined)?.name;
}

/** The key that listeners of one container share where they mean the same port. */
export function toListenerKey({ owner, port, protocol }: Pick<Listener, 'owner' | 'port' | 'protocol'>): string {
  return `${port}/${protocol} ${owner}`;
}

/** The listeners without those that say again what another one says, each with its name where any of them gives one. */
export function mergeListeners(known: readonly Listener[]): Listener[] {
  const found = new Map<string, Listener>();
  for (const listener of known) {
    const key = toListenerKey(listener);
    const first = found.get(key) ?? listener;
    found.set(key, first.name === listener.name ? first : { ...first, name: first.name ?? listener.name });
  }
  return [...found.values()];
}

/** The listeners that a container declares through cdk8s-plus. */
export function listDeclaredListeners(container?: kplus.Container): Listener[] {
  return (container?.ports ?? []).map((port) => toListener(container!.name, port));
}

/** A port of cdk8s-plus as a listener. */
export function toListener(owner: string, { number, name, protocol, hostPort, hostIp }: kplus.ContainerPort): Listener {
  return { owner, port: number, protocol: protocol ?? kplus.Protocol.TCP, loopback: false, name, hostPort, hostIp };
}

/** A listener as the endpoint that the other containers of the pod need. */
export function toEndpoint({ owner, port, protocol, loopback, name }: Listener): Endpoint {
  return Endpoint._create(owner, port, protocol, loopback, name);
}

/** Whether this endpoint is that of the listener. */
export function matchesEndpoint({ container, port, protocol }: Endpoint, listener: Listener): boolean {
  return listener.owner === container && listener.port === port && listener.protocol === protocol;
}

/** Whether one container says the same port twice. */
export function isSameListener(a: Listener, b: Listener): boolean {
  return a.owner === b.owner && a.port === b.port && a.protocol === b.protocol;
}

/** Problems of a listener by itself. */
export function validateListener({ owner, port, name, hostPort, hostIp }: Listener): string[] {
  if (isPort(port) && isPort(hostPort ?? port) && isPortName(name ?? 'port') && !hostIp) {
    return [];
  }
  const numbers = hostPort === undefined ? { port } : { port, 'host port': hostPort };
  const invalid = Object.entries(numbers).filter(([, number]) => !isPort(number));
  const problems = invalid.map(
    ([label, number]) =>
      `${label} ${number} of container "${owner}" is not a port number; pass an integer from 1 to 65535`,
  );
  if (name !== undefined && !isPortName(name)) {
    problems.push(
      `port name "${name}" of container "${owner}" is not an IANA service name; use at most 15 lower-case letters, digits and single "-", with a letter among them`,
    );
  }
  const address = hostIp ? validateIp(hostIp) : undefined;
  if (address !== undefined) {
    problems.push(`\`hostIp\` of port ${port} of container "${owner}" ${address}`);
  }
  return problems;
}

/** Conflicts that keep two listeners from being in one pod. */
export function validatePortPair(later: Listener, earlier: Listener): string[] {
  if (isSameListener(later, earlier)) {
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

/** Conflicts that keep two listeners from having their ports of the node. */
export function validateHostPortPair(later: Listener, earlier: Listener): string[] {
  if (isSameListener(later, earlier)) {
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

/**
 * Listeners, found by what no two of them may share: a port, a name or a port of the node. So a listener is compared with few
 * others, however many a pod has.
 */
export class ListenerIndex {
  /** All of them, in the order in which they were added. */
  public readonly all: Listener[] = [];
  private readonly sharing = new Map<string, number[]>();

  public constructor(listeners: readonly Listener[] = []) {
    for (const listener of listeners) {
      this.add(listener);
    }
  }

  public add(listener: Listener): void {
    for (const key of toSharedKeys(listener)) {
      const positions = this.sharing.get(key);
      if (positions) {
        positions.push(this.all.length);
      } else {
        this.sharing.set(key, [this.all.length]);
      }
    }
    this.all.push(listener);
  }

  /** Those that share anything with a listener, in the order in which they were added. */
  public findNear(listener: Listener): Listener[] {
    const positions = toSharedKeys(listener).flatMap((key) => this.sharing.get(key) ?? []);
    return [...new Set(positions)].sort((a, b) => a - b).map((position) => this.all[position]!);
  }
}

function toSharedKeys({ port, protocol, name, hostPort }: Listener): string[] {
  const keys = [`${port}/${protocol}`];
  if (name !== undefined) {
    keys.push(`name ${name}`);
  }
  if (hostPort !== undefined) {
    keys.push(`host ${hostPort}/${protocol}`);
  }
  return keys;
}

/** Ports that the list of a container has twice, or that share a name there. */
export function validateListed(container: string, listeners: readonly Listener[]): string[] {
  const named = listeners.filter(({ name }) => name !== undefined);
  return [
    ...findRepeated(listeners, toListenerKey).map(
      ({ port, protocol }) =>
        `port ${port}/${protocol} stands twice in the \`ports\` of container "${container}"; list it once`,
    ),
    ...findRepeated(named, ({ name }) => name!).map(
      ({ name }) => `port name "${name}" stands twice in the \`ports\` of container "${container}"; pass another name`,
    ),
  ];
}
