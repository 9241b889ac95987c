import { Duration } from 'cdk8s';
import type { ICompanion } from '../../../pod/companion';
import type { MultiContainerPod } from '../../../pod/multi-container-pod';
import type { Endpoint } from '../../../pod/network/endpoint';
import { throwFirst } from '../../../private/errors';
import { readProps } from '../../../private/read-props';
import { toHostHeader } from '../../../software/hosts';
import { ENVOY } from '../../../software/images';
import {
  type AmbassadorPort,
  AmbassadorPorts,
  buildHttpProbes,
  toEndpointVariables,
  toNamedPorts,
} from '../../kit/ambassador';
import { type ResizableCompanionOptions, toCompanionContainer, toCompanionPort } from '../../kit/companion-options';
import { buildReadyListener, renderEnvoy, toEnvoyBootstrap, type Upstream } from './config';
import { EnvoyProtocol, type EnvoyUpstream } from './upstream';
import { validateEnvoy } from './validate';

const CONFIG_DIRECTORY = '/etc/envoy';
const CONFIG_FILE = 'envoy.yaml';
const PUBLIC_AUTHORITIES = '/etc/ssl/certs/ca-certificates.crt';

/** The whole configuration of an Envoy, for all that upstreams cannot say. */
export interface EnvoyConfig {
  /**
   * The bootstrap, as Envoy's documentation has it, without a listener for probes, which is added. Envoy reads it from a
   * ConfigMap, so it holds no credential: those are files, or `%ENVIRONMENT(NAME)%` in the value of a header.
   *
   * @see https://www.envoyproxy.io/docs/envoy/v1.38.4/api-v3/config/bootstrap/v3/bootstrap.proto
   */
  readonly bootstrap: { readonly [field: string]: any };

  /** The ports that its listeners open, each bound to `127.0.0.1`, and that of `admin` where it has one. */
  readonly ports: AmbassadorPort[];
}

/** Settings of Envoy. An `image` of your own is a build of Envoy 1.34 or later. */
export interface EnvoyProps extends ResizableCompanionOptions {
  /**
   * The places that it leads to. Pass these or `config`.
   *
   * @default - `config` says it
   */
  readonly upstreams?: EnvoyUpstream[];

  /**
   * The whole configuration, in place of `upstreams`.
   *
   * @default - it is made of `upstreams`
   */
  readonly config?: EnvoyConfig;

  /**
   * The most connections of clients at once; more are closed. Not with `config`.
   *
   * @default 1000
   */
  readonly maxConnections?: number;

  /**
   * Whether each request or connection is logged to stdout. Not with `config`.
   *
   * @default true
   */
  readonly accessLog?: boolean;

  /**
   * Port of the admin interface on the loopback interface, where every container of the pod could stop Envoy. Not with
   * `config`.
   *
   * @default - there is no admin interface
   * @see https://www.envoyproxy.io/docs/envoy/v1.38.4/operations/admin
   */
  readonly adminPort?: number;

  /**
   * Port on all interfaces that answers as soon as Envoy serves, for probes.
   *
   * @default 10000
   */
  readonly healthPort?: number;
}

/**
 * An Envoy beside the main container: what the main container sends to a loopback port goes to an upstream outside of the
 * pod, with TLS, timeouts, retries and limits that the main container need not know of. It is ready before the main
 * container starts and is stopped after it.
 *
 * Its probes ask a listener that answers by itself, so that no outage of an upstream restarts Envoy or takes the pod out of
 * its Services. On SIGTERM Envoy ends at once, without draining: by then it has no client left.
 *
 * The container is `envoy`, with UID 65532, port 10000 for probes, and requests 50m CPU and 128Mi memory. It runs two
 * worker threads, whatever the node has. It is a native sidecar: the kernel refuses it as a classic one, which cannot be
 * ready first.
 *
 * @see https://www.envoyproxy.io/docs/envoy/v1.38.4/
 */
export class Envoy implements ICompanion {
  /** Name of the container. */
  public readonly name: string;

  private readonly props: EnvoyProps;
  private readonly upstreams: readonly EnvoyUpstream[];
  private readonly ports: AmbassadorPorts;

  public constructor(props: EnvoyProps) {
    this.props = readProps('EnvoyProps', props, 'Envoy');
    this.name = this.props.name ?? 'envoy';
    this.upstreams = this.props.upstreams ?? [];
    throwFirst('Envoy', validateEnvoy(this.name, this.props));
    const { config, adminPort } = this.props;
    const words = { source: 'Envoy', container: this.name, prop: 'upstreams', one: 'upstream' };
    const named = this.upstreams.map(({ name, localPort, protocol, variables }) => ({
      name,
      localPort,
      variables: variables ?? toEndpointVariables(name, protocol !== EnvoyProtocol.TCP),
    }));
    const others = [this.healthPort, ...(adminPort === undefined ? [] : [adminPort])];
    this.ports = new AmbassadorPorts(words, [...named, ...toNamedPorts(config?.ports ?? [])], others);
  }

  /** Adds Envoy to a pod. */
  public bind(pod: MultiContainerPod): void {
    pod.addSidecar({
      ...toCompanionContainer(this.props, { name: this.name, image: ENVOY, cpuMillis: 50, memoryMebibytes: 128 }),
      // Two Envoys with hot restart would meet in the network of the pod.
      args: ['-c', `${CONFIG_DIRECTORY}/${CONFIG_FILE}`, '--concurrency', '2', '--disable-hot-restart'],
      ports: [toCompanionPort(this.name, this.healthPort)],
      ...buildHttpProbes('/ready', this.healthPort),
      readyBeforeMain: true,
    });
    this.ports.claim(pod);
    if (this.props.adminPort !== undefined) {
      pod.network.claim({ container: this.name, port: this.props.adminPort, loopback: true });
    }
    for (const { name, tls } of this.upstreams) {
      tls?.ca?._mount(pod, this.name, name);
    }
    const files = { [CONFIG_FILE]: renderEnvoy(this.bootstrap) };
    pod.storage.configFiles({ container: this.name, directory: CONFIG_DIRECTORY, files });
  }

  /**
   * The endpoint of an upstream in a pod that Envoy was added to.
   *
   * @param upstream name of the upstream, or of a port of `config`; may be left out where there is one
   * @throws where Envoy was not added to this pod, or has no such upstream
   */
  public endpoint(pod: MultiContainerPod, upstream?: string): Endpoint {
    return this.ports.endpoint(pod, upstream);
  }

  private get bootstrap(): object {
    const { config, adminPort, maxConnections, accessLog } = this.props;
    if (!config) {
      return toEnvoyBootstrap({
        upstreams: this.upstreams.map(toEnvoyUpstream),
        readyPort: this.healthPort,
        adminPort,
        maxConnections: maxConnections ?? 1000,
        accessLog: accessLog ?? true,
      });
    }
    const { static_resources: resources, ...others } = config.bootstrap;
    const listeners = [...(resources?.listeners ?? []), buildReadyListener(this.healthPort)];
    return { ...others, static_resources: { ...resources, listeners } };
  }

  private get healthPort(): number {
    return this.props.healthPort ?? ENVOY.port!;
  }
}

function toEnvoyUpstream(upstream: EnvoyUpstream): Upstream {
  const { name, host, port, localPort, protocol, tls, connectTimeout, timeout, retries, retryOn, limits } = upstream;
  const { maxConnections, maxPendingRequests, maxRequests, maxRetries } = limits ?? {};
  return {
    name,
    host,
    port,
    localPort,
    protocol: protocol ?? EnvoyProtocol.HTTP1,
    hostHeader: upstream.hostHeader ?? toHostHeader(tls?.serverName ?? host, port, tls !== undefined),
    tls: tls && { serverName: tls.serverName ?? host, caFile: tls.ca?._toFilePath(name) ?? PUBLIC_AUTHORITIES },
    connectTimeout: formatDuration(connectTimeout ?? Duration.seconds(5)),
    timeout: formatDuration(timeout ?? Duration.seconds(15)),
    retries: retries ?? 2,
    retryOn: (retryOn ?? ['connect-failure', 'refused-stream']).join(),
    limits: {
      max_connections: maxConnections,
      max_pending_requests: maxPendingRequests,
      max_requests: maxRequests,
      max_retries: maxRetries,
    },
    healthCheckPath: upstream.healthCheckPath,
  };
}

/** A duration as protobuf's JSON has it. */
function formatDuration(duration: Duration): string {
  return `${duration.toSeconds({ integral: false })}s`;
}
