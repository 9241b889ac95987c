import { Yaml } from 'cdk8s';
import { memoize } from '../../../private/memo';

/** A place that Envoy leads to. */
export interface Upstream {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  /** Its port on the loopback interface. */
  readonly localPort: number;
  readonly protocol: 'http1' | 'http2' | 'tcp';
  readonly hostHeader: string;
  readonly tls?: { readonly serverName: string; readonly caFile: string };
  readonly connectTimeout: string;
  readonly timeout: string;
  readonly retries: number;
  readonly retryOn: string;
  readonly limits: { readonly [limit: string]: number | undefined };
  readonly healthCheckPath?: string;
}

/** A whole bootstrap. */
export interface Bootstrap {
  readonly upstreams: readonly Upstream[];
  readonly readyPort: number;
  readonly adminPort?: number;
  readonly maxConnections: number;
  readonly accessLog: boolean;
}

/** Name of the listener that probes ask. */
export const READY = 'ready';

/** Envoy's own default of 1 MiB for each connection is more than a companion has. */
const BUFFER_BYTES = 32 * 1024;

const EXTENSIONS = 'type.googleapis.com/envoy.extensions';

/**
 * The bootstrap of Envoy: a listener and a cluster for each upstream.
 *
 * @see https://www.envoyproxy.io/docs/envoy/v1.38.4/api-v3/config/bootstrap/v3/bootstrap.proto
 */
export function toEnvoyBootstrap(bootstrap: Bootstrap): object {
  const { upstreams, readyPort, adminPort, maxConnections, accessLog } = bootstrap;
  return {
    ...(adminPort === undefined ? {} : { admin: { address: toSocketAddress('127.0.0.1', adminPort) } }),
    static_resources: {
      listeners: [buildReadyListener(readyPort), ...upstreams.map((upstream) => toEnvoyListener(upstream, accessLog))],
      clusters: upstreams.map(toCluster),
    },
    overload_manager: {
      resource_monitors: [
        {
          name: 'envoy.resource_monitors.global_downstream_max_connections',
          typed_config: toTypedConfig('resource_monitors.downstream_connections.v3.DownstreamConnectionsConfig', {
            max_active_downstream_connections: maxConnections,
          }),
        },
      ],
    },
  };
}

/** The bootstrap as the file that Envoy reads. No data stands in it twice by reference, which YAML would write as an alias. */
export const renderEnvoy = memoize((bootstrap: object): string => {
  return Yaml.stringify(JSON.parse(JSON.stringify(bootstrap)));
});

/** The listener that probes ask: it answers on all interfaces as soon as Envoy serves, whatever its upstreams do. */
export function buildReadyListener(port: number): object {
  const route = { match: { prefix: '/' }, direct_response: { status: 200 } };
  return {
    name: READY,
    address: toSocketAddress('0.0.0.0', port),
    ignore_global_conn_limit: true,
    filter_chains: [{ filters: [buildHttpFilter({ name: READY, route, accessLog: false })] }],
  };
}

function toEnvoyListener(upstream: Upstream, accessLog: boolean): object {
  const filter = upstream.protocol === 'tcp' ? toTcpFilter(upstream, accessLog) : toHttpFilter(upstream, accessLog);
  return {
    name: upstream.name,
    address: toSocketAddress('127.0.0.1', upstream.localPort),
    per_connection_buffer_limit_bytes: BUFFER_BYTES,
    filter_chains: [{ filters: [filter] }],
  };
}

function toHttpFilter({ name, hostHeader, timeout, retries, retryOn }: Upstream, accessLog: boolean): object {
  const route = {
    match: { prefix: '/' },
    route: {
      cluster: name,
      host_rewrite_literal: hostHeader,
      timeout,
      ...(retries > 0 ? { retry_policy: { retry_on: retryOn, num_retries: retries } } : {}),
    },
    // It would tell the upstream how the main container spoke to Envoy.
    request_headers_to_remove: ['x-forwarded-proto'],
  };
  return buildHttpFilter({ name, route, accessLog });
}

function buildHttpFilter({ name, route, accessLog }: { name: string; route: object; accessLog: boolean }): object {
  const router = toTypedConfig('filters.http.router.v3.Router', { suppress_envoy_headers: true });
  return {
    name: 'envoy.filters.network.http_connection_manager',
    typed_config: toTypedConfig('filters.network.http_connection_manager.v3.HttpConnectionManager', {
      stat_prefix: name,
      server_header_transformation: 'PASS_THROUGH',
      generate_request_id: false,
      scheme_header_transformation: { match_upstream: true },
      ...toAccessLog(accessLog),
      http_filters: [{ name: 'envoy.filters.http.router', typed_config: router }],
      route_config: { virtual_hosts: [{ name, domains: ['*'], routes: [route] }] },
    }),
  };
}

function toTcpFilter({ name }: Upstream, accessLog: boolean): object {
  return {
    name: 'envoy.filters.network.tcp_proxy',
    typed_config: toTypedConfig('filters.network.tcp_proxy.v3.TcpProxy', {
      stat_prefix: name,
      cluster: name,
      ...toAccessLog(accessLog),
    }),
  };
}

function toAccessLog(accessLog: boolean): object {
  const stdout = toTypedConfig('access_loggers.stream.v3.StdoutAccessLog', {});
  return accessLog ? { access_log: [{ name: 'envoy.access_loggers.stdout', typed_config: stdout }] } : {};
}

function toCluster(upstream: Upstream): object {
  const { name, host, port, connectTimeout, limits, healthCheckPath, protocol } = upstream;
  return {
    name,
    type: 'STRICT_DNS',
    dns_lookup_family: 'V4_PREFERRED',
    connect_timeout: connectTimeout,
    per_connection_buffer_limit_bytes: BUFFER_BYTES,
    load_assignment: {
      cluster_name: name,
      endpoints: [{ lb_endpoints: [{ endpoint: { address: toSocketAddress(host, port) } }] }],
    },
    ...(Object.values(limits).some((limit) => limit !== undefined)
      ? { circuit_breakers: { thresholds: [limits] } }
      : {}),
    ...(healthCheckPath === undefined ? {} : { health_checks: [toHealthCheck(upstream, healthCheckPath)] }),
    ...(protocol === 'http2' ? buildHttp2Options() : {}),
    ...toTransportSocket(upstream),
  };
}

function toHealthCheck({ hostHeader, protocol }: Upstream, path: string): object {
  return {
    timeout: '5s',
    interval: '10s',
    unhealthy_threshold: 3,
    healthy_threshold: 1,
    http_health_check: { path, host: hostHeader, ...(protocol === 'http2' ? { codec_client_type: 'HTTP2' } : {}) },
  };
}

function buildHttp2Options(): object {
  const options = { explicit_http_config: { http2_protocol_options: {} } };
  return {
    typed_extension_protocol_options: {
      'envoy.extensions.upstreams.http.v3.HttpProtocolOptions': toTypedConfig(
        'upstreams.http.v3.HttpProtocolOptions',
        options,
      ),
    },
  };
}

function toTransportSocket({ tls, protocol }: Upstream): object {
  if (!tls) {
    return {};
  }
  const { serverName, caFile } = tls;
  const context = toTypedConfig('transport_sockets.tls.v3.UpstreamTlsContext', {
    sni: serverName,
    common_tls_context: {
      ...(protocol === 'tcp' ? {} : { alpn_protocols: [protocol === 'http2' ? 'h2' : 'http/1.1'] }),
      validation_context: {
        trusted_ca: { filename: caFile },
        match_typed_subject_alt_names: [{ san_type: 'DNS', matcher: { exact: serverName } }],
      },
    },
  });
  return { transport_socket: { name: 'envoy.transport_sockets.tls', typed_config: context } };
}

function toTypedConfig(type: string, fields: object): object {
  return { '@type': `${EXTENSIONS}.${type}`, ...fields };
}

function toSocketAddress(host: string, port: number): object {
  return { socket_address: { address: host, port_value: port } };
}
