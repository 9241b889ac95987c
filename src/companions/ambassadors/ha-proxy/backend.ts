import type { Duration } from 'cdk8s';
import type { EndpointVariables } from '../../../pod/network/endpoint-variables';
import type { UpstreamTls } from '../../kit/upstream-tls';

/** The layer at which HAProxy handles the traffic of a backend. */
export enum HaProxyMode {
  /** Requests: they are logged and balanced one by one. */
  HTTP = 'http',

  /** Bytes: connections are balanced. */
  TCP = 'tcp',
}

/** The choice of the server of a backend that takes the next request or connection. */
export enum HaProxyBalance {
  /** Each in its turn, by weight. */
  ROUND_ROBIN = 'roundrobin',

  /** The one with the fewest connections. For long ones, as to databases. */
  LEAST_CONNECTIONS = 'leastconn',

  /** The first of the list that has room. */
  FIRST = 'first',

  /** A random one. */
  RANDOM = 'random',
}

/** A server, or the addresses behind one name. */
export interface HaProxyServer {
  /**
   * Its host: an address, or a whole name such as `api.shop.svc.cluster.local`. HAProxy asks the DNS of the pod for the
   * name just as it is here, without the search path of the pod, and may start before the name is known.
   */
  readonly host: string;

  /** Its port. */
  readonly port: number;

  /**
   * The most addresses that are taken of its name, as of a headless Service.
   *
   * @default 1
   */
  readonly addresses?: number;

  /**
   * Its share of the load, 0-256.
   *
   * @default - the same as that of all others
   */
  readonly weight?: number;

  /**
   * Whether it is used only while no other server is up.
   *
   * @default false
   */
  readonly backup?: boolean;
}

/** Servers behind one loopback port. */
export interface HaProxyBackend {
  /** Its name, unique in HAProxy: a DNS label. */
  readonly name: string;

  /** Port on the loopback interface. */
  readonly localPort: number;

  /** The servers. Each is checked all the time, and left out while it does not answer. */
  readonly servers: HaProxyServer[];

  /**
   * The layer at which HAProxy handles the traffic.
   *
   * @default HaProxyMode.HTTP
   */
  readonly mode?: HaProxyMode;

  /**
   * The choice of the server that takes the next request or connection.
   *
   * @default HaProxyBalance.ROUND_ROBIN
   */
  readonly balance?: HaProxyBalance;

  /**
   * Path that a healthy server answers with a status of 2xx or 3xx.
   *
   * @default - a server is healthy while it takes connections
   */
  readonly healthCheckPath?: string;

  /**
   * The `Host` header of requests, where the mode is HTTP.
   *
   * @default - `tls.serverName` or the host of the first server, with its port where that is not the usual one
   */
  readonly hostHeader?: string;

  /**
   * Connects to the servers by TLS.
   *
   * @default - without TLS
   */
  readonly tls?: UpstreamTls;

  /**
   * The time that a connection to a server may take.
   *
   * @default Duration.seconds(5)
   */
  readonly connectTimeout?: Duration;

  /**
   * The time that client or server may be silent.
   *
   * @default Duration.seconds(60)
   */
  readonly idleTimeout?: Duration;

  /**
   * Environment variables that say where it is. An empty object sets none.
   *
   * @default - `<NAME>_HOST`, `<NAME>_PORT` and, where the mode is HTTP, `<NAME>_URL` of the main container
   */
  readonly variables?: EndpointVariables;
}
