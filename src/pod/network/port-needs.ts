import { Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { findFirstOpenPort, OPEN_PORTS } from '../../private/ports';
import { type AwaitedHost, isLoopbackHost, listAwaitedHosts } from '../../private/shell-waits';
import { type Deadlock, findDeadlocks, listGates, listStarts, type NeededPort, Start } from '../../private/start-order';
import type { Container, PodSpec } from '../manifest/pod-template';
import type { Endpoint } from './endpoint';
import { listToldPorts } from './told-ports';

/** Environment variables that lead to a listener of the pod. */
interface Told {
  readonly endpoint: Endpoint;
  readonly values: readonly (readonly [name: string, value: unknown])[];
}

/** A host that a container waits for. */
export interface AwaitedBy extends AwaitedHost {
  readonly container: string;
}

/** A need, and the way in which the container shows it. */
interface Need extends NeededPort {
  readonly verb: 'is told of' | 'waits for' | 'asks';
}

/** A port that a process without root opens, and the prop that says so. */
interface OpenedPort {
  readonly container: string;
  readonly prop: string;
  readonly port: number;
}

/** The ports that containers need: those of others, which must open in time, and low ones of their own. */
export class PortNeeds {
  private readonly told = new Map<string, Told[]>();
  private readonly optional = new Set<Endpoint>();
  private readonly openedWithoutRoot: OpenedPort[] = [];
  private readonly awaited: AwaitedBy[] = [];
  private readonly lastSenders = new Set<string>();

  /** Takes in that a container, and whoever gets its environment, finds a listener in these variables. */
  public tell(endpoint: Endpoint, container: string, values: readonly (readonly [string, kplus.EnvValue])[]): void {
    const [first] = values;
    if (first && endpoint.container !== container) {
      const key = toVariableKey(first[0], first[1].value);
      const entries = values.map(([name, { value }]) => [name, value] as const);
      this.told.set(key, [...(this.told.get(key) ?? []), { endpoint, values: entries }]);
    }
  }

  /** Takes in that clients of a listener do their work without it, such as those that report to it. */
  public tolerate(endpoint: Endpoint): void {
    this.optional.add(endpoint);
  }

  /** Takes in that a container sends what it holds over the network after the main container has stopped. */
  public sendLast(container: string): void {
    this.lastSenders.add(container);
  }

  /** The native sidecars of a rendered pod that send what they hold after the main container has stopped. */
  public listLastSenders({ initContainers = [] }: PodSpec): string[] {
    return initContainers.map(({ name }) => name).filter((name) => this.lastSenders.has(name));
  }

  /** Takes in that a container ends only when this host answers. */
  public await(container: string, host: AwaitedHost): void {
    this.awaited.push({ ...host, container });
  }

  /**
   * Takes in the ports that a process without root opens, by the props that say so: the settings of the pod must allow those below
   * 1024.
   */
  public openWithoutRoot(container: string, ports: { readonly [prop: string]: number | undefined }): void {
    for (const [prop, port] of Object.entries(ports)) {
      if (port !== undefined) {
        this.openedWithoutRoot.push({ container, prop, port });
      }
    }
  }

  /** The containers of a rendered pod that need what opens only after them, and ports that cannot be opened. */
  public validate(spec: PodSpec, listOpened: () => Endpoint[], listServices: () => kplus.Service[]): string[] {
    const inits = listPlainInits(spec);
    const awaited = [...this.awaited, ...inits.flatMap(listAwaited)];
    const needs = [
      ...inits.flatMap((container) => this.listTold(container)),
      ...inits.flatMap((container) => this.listStated(container, spec)),
      ...awaited.flatMap(toLocalNeed),
      ...listGates(spec).map((need) => ({ ...need, verb: 'asks' as const })),
    ];
    const deadlocks = needs.length > 0 ? findDeadlocks(spec, needs, listOpened()) : [];
    const services = awaited.length > 0 ? validateAwaitedServices(awaited, listServices()) : [];
    return [
      ...this.validateOpenable(spec),
      ...new Set([...deadlocks.map((deadlock) => explainDeadlock(deadlock, spec)), ...services]),
    ];
  }

  /** The hosts outside of the pod that init containers of a rendered pod wait for. */
  public listAwaitedOutside(spec: PodSpec): AwaitedBy[] {
    const awaited = [...this.awaited, ...listPlainInits(spec).flatMap(listAwaited)];
    return awaited.filter(({ host }) => !isLoopbackHost(host));
  }

  private validateOpenable(spec: PodSpec): string[] {
    const first = findFirstOpenPort(spec);
    return this.openedWithoutRoot
      .filter(({ port }) => port < first)
      .map(
        ({ container, prop, port }) =>
          `\`${prop}\` of container "${container}" is ${port}, which no process opens without root; pass an integer from 1024 to 65535, or give the pod \`${OPEN_PORTS}\` "${port}" in \`securityContext.sysctls\` of the workload`,
      );
  }

  /** The listeners that an init container finds in its environment, however that came. */
  private listTold({ name: container, env = [] }: Container): Need[] {
    const values = new Map(env.map(({ name, value }) => [name, value]));
    const told = env.flatMap(({ name, value }) => this.told.get(toVariableKey(name, value)) ?? []);
    return told
      .filter((entry) => !this.optional.has(entry.endpoint) && entry.endpoint.protocol === kplus.Protocol.TCP)
      .filter((entry) => entry.values.every(([name, value]) => values.get(name) === value))
      .map(({ endpoint: { port, protocol } }) => ({ container, port, protocol, verb: 'is told of' }));
  }

  /** The listeners that the flags and variables of an init container name. In the network of the node, others may open them. */
  private listStated(container: Container, spec: PodSpec): Need[] {
    const optional = new Set([...this.optional].map(({ port }) => port));
    return (spec.hostNetwork === true ? [] : listToldPorts(container, spec))
      .filter((port) => !optional.has(port))
      .map((port) => ({ container: container.name, port, protocol: kplus.Protocol.TCP, verb: 'is told of' }));
  }
}

function toVariableKey(name: string, value: unknown): string {
  return `${name}=${value}`;
}

function listPlainInits({ initContainers = [] }: PodSpec): Container[] {
  return initContainers.filter(({ restartPolicy }) => restartPolicy !== 'Always');
}

function listAwaited(container: Container): AwaitedBy[] {
  return listAwaitedHosts(container).map((host) => ({ ...host, container: container.name }));
}

function toLocalNeed({ container, host, port }: AwaitedBy): Need[] {
  return port !== undefined && isLoopbackHost(host)
    ? [{ container, port, protocol: kplus.Protocol.TCP, verb: 'waits for' }]
    : [];
}

function explainDeadlock({ need: { container, port, verb }, opener }: Deadlock<Need>, spec: PodSpec): string {
  const starts = listStarts(spec);
  const isLast = starts.get(opener)?.start === Start.ORDINARY;
  const end = verb === 'asks' ? 'has started' : 'has ended';
  const when = `which starts only when "${container}" ${end}, so the pod never starts`;
  const main = spec.containers[0]?.name === opener;
  const remedy =
    starts.get(container)?.start === Start.ORDINARY
      ? `make "${opener}" a native sidecar`
      : verb === 'asks' && isLast
        ? `ask "${container}" itself`
        : main
          ? `do that in a sidecar, or leave it to "${opener}"`
          : isLast
            ? `make "${opener}" a native sidecar and add it before "${container}"`
            : `add "${opener}" before "${container}"`;
  return `container "${container}" ${verb} port ${port} of container "${opener}", ${when}; ${remedy}`;
}

/** Waits for a Service that leads to this pod, which is among its addresses only once it is ready. */
function validateAwaitedServices(awaited: readonly AwaitedBy[], services: readonly kplus.Service[]): string[] {
  return awaited.flatMap(({ container, host }) =>
    services
      .filter((service) => namesService(host, service))
      .map(
        ({ name }) =>
          `container "${container}" waits for Service "${name}", which leads to this very pod once it is ready, and it never is before its init containers have ended; leave "${container}" out, or wait for the Service of another workload`,
      ),
  );
}

/** Whether a host is the DNS name of a Service. Where nobody says its namespace, only the name alone tells. */
function namesService(host: string, service: kplus.Service): boolean {
  const [name, namespace, ...domain] = host.replace(/\.$/, '').split('.');
  const own = service.metadata.namespace ?? Chart.of(service).namespace;
  return (
    name === service.name &&
    (namespace === undefined || (namespace === own && (domain.length === 0 || domain[0] === 'svc')))
  );
}
