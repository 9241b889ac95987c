import { Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { RunningContainerOptions } from '../../pod/containers/container-options';
import type { MultiContainerPod } from '../../pod/multi-container-pod';
import type { Endpoint } from '../../pod/network/endpoint';
import type { EndpointVariables } from '../../pod/network/endpoint-variables';
import { createError, throwFirst } from '../../private/errors';
import { findRepeated } from '../../private/lists';
import { validatePort } from '../../private/ports';
import { findQueryCredential } from '../../software/credentials';
import { LIVENESS_PERIOD, toLivenessThreshold } from './liveness';
import { PerPod } from './per-pod';

/** A loopback port of an ambassador, behind which the containers of the pod find something outside of it. */
export interface AmbassadorPort {
  /** Name of its destination, unique in the ambassador: a DNS label. */
  readonly name: string;

  /** The port on the loopback interface, 1-65535. */
  readonly localPort: number;

  /**
   * Environment variables of the main container that say where it is. An empty object sets none.
   *
   * @default - `<NAME>_HOST`, `<NAME>_PORT` and `<NAME>_URL`
   */
  readonly variables?: EndpointVariables;
}

/** A port with the variables that say where it is. */
export interface NamedPort extends AmbassadorPort {
  readonly variables: EndpointVariables;
}

/** Words for the errors of an ambassador. */
export interface AmbassadorWords {
  /** Its class. */
  readonly source: string;
  /** Name of its container. */
  readonly container: string;
  /** The prop that lists what it leads to. */
  readonly prop: string;
  /** Noun for one of them. */
  readonly one: string;
}

/** The loopback ports of one ambassador, in every pod that it is added to. */
export class AmbassadorPorts {
  private readonly bound: PerPod<ReadonlyMap<string, Endpoint>>;

  /**
   * @param ports one for each place that it leads to
   * @param others ports that its container opens besides
   */
  public constructor(
    private readonly words: AmbassadorWords,
    private readonly ports: readonly NamedPort[],
    others: readonly number[],
  ) {
    throwFirst(words.source, validateAmbassadorPorts(words, ports, others));
    this.bound = new PerPod(`"${words.container}"`);
  }

  /** Takes the ports in a pod that has the container, and tells others of them. */
  public claim(pod: MultiContainerPod): void {
    const endpoints = this.ports.map(({ name, localPort, variables }) => {
      const claim = { container: this.words.container, port: localPort, loopback: true };
      const endpoint = pod.network.claim(claim);
      pod.addEndpointEnv(endpoint, variables);
      return [name, endpoint] as const;
    });
    this.bound.set(pod, new Map(endpoints));
  }

  /** The port of this name in one pod; without a name, the only one. */
  public endpoint(pod: MultiContainerPod, name?: string): Endpoint {
    const { container, one } = this.words;
    const bound = this.bound.find(pod);
    const known = [...bound.keys()];
    if (name === undefined && known.length > 1) {
      throw createError(
        pod.workload,
        `"${container}" has several ports; say which ${one} (known: ${known.join(', ')})`,
      );
    }
    const endpoint = bound.get(name ?? known[0]!);
    if (!endpoint) {
      throw createError(pod.workload, `"${container}" has no ${one} "${name}"; pass one of: ${known.join(', ')}`);
    }
    return endpoint;
  }
}

/** The variables that say where an HTTP listener is, or any other. */
export function toEndpointVariables(name: string, isHttp: boolean = true): EndpointVariables {
  const prefix = name.toUpperCase().replace(/[^A-Z0-9]+/g, '_');
  return { host: `${prefix}_HOST`, port: `${prefix}_PORT`, ...(isHttp ? { url: `${prefix}_URL` } : {}) };
}

/** The ports that a user declares, with the variables that they have by default. */
export function toNamedPorts(ports: readonly AmbassadorPort[]): NamedPort[] {
  return ports.map((port) => ({ ...port, variables: port.variables ?? toEndpointVariables(port.name) }));
}

/**
 * The probes of an ambassador that tell whether it answers. The main container waits for the first answer; while there is
 * none, the pod gets no requests, because it could not serve them. They ask nothing of what lies behind the ambassador,
 * which no restart would bring back.
 *
 * @param flush the time that it may take to end
 */
export function buildAmbassadorProbes(
  probe: (options: kplus.ProbeOptions) => kplus.Probe,
  flush: Duration = Duration.seconds(0),
): Pick<RunningContainerOptions, 'startup' | 'readiness' | 'liveness'> {
  const timeoutSeconds = Duration.seconds(5);
  return {
    startup: probe({ periodSeconds: Duration.seconds(1), timeoutSeconds, failureThreshold: 60 }),
    readiness: probe({ periodSeconds: Duration.seconds(10), timeoutSeconds, failureThreshold: 3 }),
    liveness: probe({
      periodSeconds: LIVENESS_PERIOD,
      timeoutSeconds,
      failureThreshold: toLivenessThreshold(flush, 6),
    }),
  };
}

/** The probes of an ambassador that answers over HTTP. */
export function buildHttpProbes(
  path: string,
  port: number,
  flush?: Duration,
): ReturnType<typeof buildAmbassadorProbes> {
  return buildAmbassadorProbes((options) => kplus.Probe.fromHttpGet(path, { ...options, port }), flush);
}

/** Finds that the path of a health check shows a credential, which then stands in the configuration. */
export function validateCheckPath(what: string, path = ''): string[] {
  const shown = findQueryCredential(path);
  const where = `parameter "${shown}" of \`healthCheckPath\` of ${what}`;
  return shown === undefined
    ? []
    : [`${where} shows a credential to all who may read the ConfigMap; ask a path that needs none`];
}

function validateAmbassadorPorts(
  { container, prop, one }: AmbassadorWords,
  ports: readonly NamedPort[],
  others: readonly number[],
): string[] {
  const numbers = [...ports.map(({ localPort }) => localPort), ...others];
  return [
    ...(ports.length === 0 ? [`\`${prop}\` of "${container}" is empty; pass at least one ${one}`] : []),
    ...findRepeated(ports, ({ name }) => name).map(
      ({ name }) => `${one} "${name}" stands twice in \`${prop}\` of "${container}"; list it once`,
    ),
    ...numbers.flatMap((port) => validatePort(`port ${port} of "${container}"`, port)),
    ...findRepeated(numbers, (port) => port).map(
      (port) => `"${container}" would listen on port ${port} twice; give each listener a port of its own`,
    ),
  ];
}
