/**
 * The fields of the messages that generated bootstraps hold, each with the message of a field that is none itself.
 *
 * @see https://www.envoyproxy.io/docs/envoy/v1.38.4/api-v3/api
 */
const MESSAGES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Bootstrap: { admin: 'Admin', static_resources: 'StaticResources', overload_manager: 'OverloadManager', node: 'Node' },
  Node: { id: '', cluster: '' },
  Admin: { address: 'Address' },
  Address: { socket_address: 'SocketAddress' },
  SocketAddress: { address: '', port_value: '' },
  StaticResources: { listeners: 'Listener', clusters: 'Cluster' },
  OverloadManager: { resource_monitors: 'Extension' },
  Listener: {
    name: '',
    address: 'Address',
    filter_chains: 'FilterChain',
    per_connection_buffer_limit_bytes: '',
    ignore_global_conn_limit: '',
  },
  FilterChain: { filters: 'Extension' },
  Extension: { name: '', typed_config: 'Any' },
  Cluster: {
    name: '',
    type: '',
    dns_lookup_family: '',
    connect_timeout: '',
    per_connection_buffer_limit_bytes: '',
    load_assignment: 'LoadAssignment',
    circuit_breakers: 'CircuitBreakers',
    health_checks: 'HealthCheck',
    typed_extension_protocol_options: 'Protocols',
    transport_socket: 'Extension',
  },
  LoadAssignment: { cluster_name: '', endpoints: 'LocalityEndpoints' },
  LocalityEndpoints: { lb_endpoints: 'LbEndpoint' },
  LbEndpoint: { endpoint: 'Endpoint' },
  Endpoint: { address: 'Address' },
  CircuitBreakers: { thresholds: 'Thresholds' },
  Thresholds: { max_connections: '', max_pending_requests: '', max_requests: '', max_retries: '' },
  HealthCheck: {
    timeout: '',
    interval: '',
    unhealthy_threshold: '',
    healthy_threshold: '',
    http_health_check: 'HttpHealthCheck',
  },
  HttpHealthCheck: { path: '', host: '', codec_client_type: '' },
  Protocols: { 'envoy.extensions.upstreams.http.v3.HttpProtocolOptions': 'Any' },
  'upstreams.http.v3.HttpProtocolOptions': { explicit_http_config: 'ExplicitHttpConfig' },
  ExplicitHttpConfig: { http2_protocol_options: 'Http2ProtocolOptions' },
  Http2ProtocolOptions: {},
  'filters.network.http_connection_manager.v3.HttpConnectionManager': {
    stat_prefix: '',
    server_header_transformation: '',
    generate_request_id: '',
    scheme_header_transformation: 'SchemeHeaderTransformation',
    access_log: 'Extension',
    http_filters: 'Extension',
    route_config: 'RouteConfiguration',
  },
  SchemeHeaderTransformation: { match_upstream: '' },
  RouteConfiguration: { virtual_hosts: 'VirtualHost' },
  VirtualHost: { name: '', domains: '', routes: 'Route' },
  Route: {
    match: 'RouteMatch',
    route: 'RouteAction',
    direct_response: 'DirectResponse',
    request_headers_to_remove: '',
  },
  RouteMatch: { prefix: '' },
  RouteAction: { cluster: '', host_rewrite_literal: '', timeout: '', retry_policy: 'RetryPolicy' },
  RetryPolicy: { retry_on: '', num_retries: '' },
  DirectResponse: { status: '' },
  'filters.http.router.v3.Router': { suppress_envoy_headers: '' },
  'filters.network.tcp_proxy.v3.TcpProxy': { stat_prefix: '', cluster: '', access_log: 'Extension' },
  'access_loggers.stream.v3.StdoutAccessLog': {},
  'resource_monitors.downstream_connections.v3.DownstreamConnectionsConfig': { max_active_downstream_connections: '' },
  'transport_sockets.tls.v3.UpstreamTlsContext': { sni: '', common_tls_context: 'CommonTlsContext' },
  CommonTlsContext: { alpn_protocols: '', validation_context: 'ValidationContext' },
  ValidationContext: { trusted_ca: 'DataSource', match_typed_subject_alt_names: 'SanMatcher' },
  DataSource: { filename: '' },
  SanMatcher: { san_type: '', matcher: 'StringMatcher' },
  StringMatcher: { exact: '' },
};

/** The fields of a bootstrap that Envoy does not know. */
export function unknownEnvoyFields(data: any, message = 'Bootstrap', path: readonly string[] = []): string[] {
  if (Array.isArray(data)) {
    return data.flatMap((item, index) => unknownEnvoyFields(item, message, [...path, String(index)]));
  }
  const { '@type': type, ...fields } = data;
  const name = message === 'Any' ? String(type).replace('type.googleapis.com/envoy.extensions.', '') : message;
  const known = MESSAGES[name];
  return Object.entries(fields).flatMap(([field, value]) => {
    const below = [...path, field];
    const of = known && Object.keys(known).includes(field) ? known[field] : undefined;
    const isMessage =
      typeof value === 'object' && (!Array.isArray(value) || value.some((item) => typeof item === 'object'));
    if (of === undefined || isMessage !== (of !== '')) {
      return [below.join('.')];
    }
    return of === '' ? [] : unknownEnvoyFields(value, of, below);
  });
}
