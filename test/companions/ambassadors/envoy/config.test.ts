import {
  envoyBootstrap,
  readyListener,
  renderEnvoy,
  type Upstream,
} from '../../../../src/companions/ambassadors/envoy/config';
import { unknownEnvoyFields } from '../../../envoy-schema';

const API: Upstream = {
  name: 'api',
  host: 'api.shop',
  port: 80,
  localPort: 8081,
  protocol: 'http1',
  hostHeader: 'api.shop',
  connectTimeout: '5s',
  timeout: '15s',
  retries: 2,
  retryOn: 'connect-failure',
  limits: {},
};
const GRPC: Upstream = {
  ...API,
  name: 'grpc',
  protocol: 'http2',
  tls: { serverName: 'grpc.example.com', caFile: '/ca.crt' },
  limits: { max_connections: 10, max_requests: undefined },
  healthCheckPath: '/healthz',
  retries: 0,
};
const DB: Upstream = { ...API, name: 'db', protocol: 'tcp', tls: { serverName: 'db.example.com', caFile: '/ca.crt' } };

const bootstrap = (...upstreams: Upstream[]): any =>
  envoyBootstrap({ upstreams, readyPort: 10000, adminPort: 9901, maxConnections: 1000, accessLog: true });
const cluster = (upstream: Upstream) => bootstrap(upstream).static_resources.clusters[0];
const filter = (upstream: Upstream) =>
  bootstrap(upstream).static_resources.listeners[1].filter_chains[0].filters[0].typed_config;
const route = (upstream: Upstream) => filter(upstream).route_config.virtual_hosts[0].routes[0].route;

test('Envoy knows every field', () => {
  expect(unknownEnvoyFields(JSON.parse(JSON.stringify(bootstrap(API, GRPC, DB))))).toEqual([]);
  expect(unknownEnvoyFields({ admin: { port: 1 } })).toEqual(['admin.port']);
});

test('only the listener for probes is open to others, and it answers by itself', () => {
  const addresses = bootstrap(API, DB).static_resources.listeners.map(({ address }: any) => address.socket_address);
  expect(addresses).toEqual([
    { address: '0.0.0.0', port_value: 10000 },
    { address: '127.0.0.1', port_value: 8081 },
    { address: '127.0.0.1', port_value: 8081 },
  ]);
  expect(bootstrap(API).admin.address.socket_address).toEqual({ address: '127.0.0.1', port_value: 9901 });
  expect(JSON.stringify(readyListener(1))).toContain('"direct_response":{"status":200}');
});

test('probes are answered however many connections there are', () => {
  expect(readyListener(1)).toMatchObject({ ignore_global_conn_limit: true });
});

test('a request is tried again and given up as told', () => {
  expect(route(API)).toEqual({
    cluster: 'api',
    host_rewrite_literal: 'api.shop',
    timeout: '15s',
    retry_policy: { retry_on: 'connect-failure', num_retries: 2 },
  });
  expect(route(GRPC)).not.toHaveProperty('retry_policy');
});

test('an upstream by TLS is verified, by its name', () => {
  const { sni, common_tls_context: context } = cluster(GRPC).transport_socket.typed_config;
  expect(sni).toBe('grpc.example.com');
  expect(context).toEqual({
    alpn_protocols: ['h2'],
    validation_context: {
      trusted_ca: { filename: '/ca.crt' },
      match_typed_subject_alt_names: [{ san_type: 'DNS', matcher: { exact: 'grpc.example.com' } }],
    },
  });
  expect(cluster(DB).transport_socket.typed_config.common_tls_context).not.toHaveProperty('alpn_protocols');
  expect(cluster(API)).not.toHaveProperty('transport_socket');
});

test('limits and health checks stand where they are asked for', () => {
  expect(cluster(GRPC)).toMatchObject({
    circuit_breakers: { thresholds: [{ max_connections: 10 }] },
    health_checks: [{ http_health_check: { path: '/healthz', host: 'api.shop', codec_client_type: 'HTTP2' } }],
  });
  expect(cluster(API)).not.toHaveProperty('circuit_breakers');
  expect(cluster(API)).not.toHaveProperty('health_checks');
});

test('bytes pass unread', () => {
  expect(filter(DB)).toMatchObject({ stat_prefix: 'db', cluster: 'db', access_log: [expect.anything()] });
  expect(cluster(DB)).not.toHaveProperty('typed_extension_protocol_options');
});

test('the file has no aliases, and nothing that is undefined', () => {
  const shared = { a: 1, b: undefined };
  expect(renderEnvoy({ a: shared, b: shared })).toBe('a:\n  a: 1\nb:\n  a: 1\n');
});
