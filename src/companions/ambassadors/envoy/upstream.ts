import type { Duration } from 'cdk8s';
import type { EndpointVariables } from '../../../pod/network/endpoint-variables';
import type { UpstreamTls } from '../../kit/upstream-tls';

/** The protocol between Envoy and an upstream. */
export enum EnvoyProtocol {
  /** HTTP/1.1. Clients may speak HTTP/2 to Envoy. */
  HTTP1 = 'http1',

  /** HTTP/2, as gRPC needs it. Clients may speak HTTP/1.1 to Envoy. */
  HTTP2 = 'http2',

  /** Bytes. */
  TCP = 'tcp',
}

/** Limits of the traffic that Envoy lets through to an upstream at once. What is more fails at once. */
export interface EnvoyLimits {
  /**
   * The most connections.
   *
   * @default 1024
   */
  readonly maxConnections?: number;

  /**
   * The most requests that wait for a connection.
   *
   * @default 1024
   */
  readonly maxPendingRequests?: number;

  /**
   * The most requests that are under way.
   *
   * @default 1024
   */
  readonly maxRequests?: number;

  /**
   * The most requests that are tried again at the same time.
   *
   * @default 3
   */
  readonly maxRetries?: number;
}

/** A place outside of the pod that Envoy leads to, behind a loopback port of its own. */
export interface EnvoyUpstream {
  /** Its name, unique in Envoy: a DNS label. */
  readonly name: string;

  /** Its host: a name that the pod can look up, or an address. Requests go to all addresses of a name in turn. */
  readonly host: string;

  /** Its port. */
  readonly port: number;

  /** Port on the loopback interface. */
  readonly localPort: number;

  /**
   * The protocol between Envoy and it.
   *
   * @default EnvoyProtocol.HTTP1
   */
  readonly protocol?: EnvoyProtocol;

  /**
   * Connects to it by TLS.
   *
   * @default - without TLS
   */
  readonly tls?: UpstreamTls;

  /**
   * The `Host` header of requests.
   *
   * @default - `tls.serverName` or the host, with the port where that is not the usual one
   */
  readonly hostHeader?: string;

  /**
   * The time that a connection to it may take.
   *
   * @default Duration.seconds(5)
   */
  readonly connectTimeout?: Duration;

  /**
   * The time that a request may take, with all tries. None at all is `Duration.seconds(0)`, for streams.
   *
   * @default Duration.seconds(15)
   */
  readonly timeout?: Duration;

  /**
   * The number of times that a request is tried again.
   *
   * @default 2
   */
  readonly retries?: number;

  /**
   * The conditions on which a request is tried again, in Envoy's words.
   *
   * @default - `connect-failure` and `refused-stream`: only what the upstream has not begun to serve, so that no request is
   * served twice
   * @see https://www.envoyproxy.io/docs/envoy/v1.38.4/configuration/http/http_filters/router_filter#x-envoy-retry-on
   */
  readonly retryOn?: string[];

  /**
   * Limits of the traffic that is let through at once.
   *
   * @default - Envoy's own limits
   * @see https://www.envoyproxy.io/docs/envoy/v1.38.4/intro/arch_overview/upstream/circuit_breaking
   */
  readonly limits?: EnvoyLimits;

  /**
   * Path that a healthy address answers with status 200. An address that does not is left out while others do.
   *
   * @default - addresses are not checked
   */
  readonly healthCheckPath?: string;

  /**
   * Environment variables that say where it is. An empty object sets none.
   *
   * @default - `<NAME>_HOST`, `<NAME>_PORT` and, unless the protocol is TCP, `<NAME>_URL` of the main container
   */
  readonly variables?: EndpointVariables;
}
