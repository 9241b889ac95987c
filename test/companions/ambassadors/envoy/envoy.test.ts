import { type Chart, Duration, Testing } from 'cdk8s';
import { parse } from 'yaml';
import {
  CaCertificates,
  Envoy,
  type EnvoyProps,
  EnvoyProtocol,
  type EnvoyUpstream,
  MultiContainerPod,
} from '../../../../src/index';
import { describeAmbassador } from '../../../ambassador-contract';
import { container, deepFreeze, manifests, newChart, newDeployment, podSpec } from '../../../support';

const API: EnvoyUpstream = { name: 'api', host: 'api.shop', port: 8080, localPort: 8081 };
const DB: EnvoyUpstream = { name: 'db', host: 'db', port: 5432, localPort: 5432, protocol: EnvoyProtocol.TCP };
const OWN = { static_resources: { listeners: [{ name: 'mine' }], clusters: [{ name: 'mine' }] } };

const props = (): EnvoyProps => ({ upstreams: [{ ...API, retryOn: ['connect-failure'] }] });

describeAmbassador('Envoy', {
  make: (more) => new Envoy({ ...props(), ...more }),
  props,
  port: 8081,
  env: { API_HOST: '127.0.0.1', API_PORT: '8081', API_URL: 'http://127.0.0.1:8081' },
  probed: { port: 10000, path: '/ready' },
});

/** A Deployment "shop/web" with an Envoy. */
function route(more: EnvoyProps) {
  const chart = newChart();
  const pod = MultiContainerPod.of(newDeployment(chart));
  const companion = new Envoy(more);
  pod.add(companion);
  return { chart, pod, companion };
}

const config = (chart: Chart): any => parse(manifests(chart, 'ConfigMap').at(-1)!.data['envoy.yaml']);
const routed = (upstream: EnvoyUpstream) => {
  const { listeners, clusters } = config(route({ upstreams: [upstream] }).chart).static_resources;
  const [{ typed_config: filter }] = listeners[1].filter_chains[0].filters;
  return { filter, cluster: clusters[0], action: filter.route_config?.virtual_hosts[0].routes[0].route };
};

describe('an Envoy', () => {
  test('runs two threads, and no second one for a hot restart', () => {
    expect(container(route(props()).chart, 'envoy').args).toEqual([
      '-c',
      '/etc/envoy/envoy.yaml',
      '--concurrency',
      '2',
      '--disable-hot-restart',
    ]);
  });

  test('leads to its upstreams, and tells the main container where', () => {
    const { chart, pod, companion } = route({ upstreams: [API, DB] });
    expect(config(chart).static_resources.clusters.map(({ name }: any) => name)).toEqual(['api', 'db']);
    expect(container(chart, 'app').env?.map(({ name }) => name)).toEqual([
      'API_HOST',
      'API_PORT',
      'API_URL',
      'DB_HOST',
      'DB_PORT',
    ]);
    expect(companion.endpoint(pod, 'db').port).toBe(5432);
  });

  test('gives a request 15 seconds, and tries again only what nobody has begun to serve', () => {
    expect(routed(API).action).toEqual({
      cluster: 'api',
      host_rewrite_literal: 'api.shop:8080',
      timeout: '15s',
      retry_policy: { retry_on: 'connect-failure,refused-stream', num_retries: 2 },
    });
  });

  test('takes times, retries, limits, health checks and a Host header', () => {
    const { action, cluster } = routed({
      ...API,
      connectTimeout: Duration.millis(250),
      timeout: Duration.seconds(0),
      retries: 1,
      retryOn: ['gateway-error'],
      hostHeader: 'api.example.com',
      limits: { maxConnections: 1, maxPendingRequests: 2, maxRequests: 3, maxRetries: 4 },
      healthCheckPath: '/healthz',
    });
    expect(action).toEqual({
      cluster: 'api',
      host_rewrite_literal: 'api.example.com',
      timeout: '0s',
      retry_policy: { retry_on: 'gateway-error', num_retries: 1 },
    });
    expect(cluster).toMatchObject({
      connect_timeout: '0.25s',
      circuit_breakers: {
        thresholds: [{ max_connections: 1, max_pending_requests: 2, max_requests: 3, max_retries: 4 }],
      },
      health_checks: [{ http_health_check: { path: '/healthz', host: 'api.example.com' } }],
    });
  });

  test('trusts the public authorities, or those that it is told', () => {
    const ca = CaCertificates.fromPem('-----BEGIN CERTIFICATE-----\n');
    const context = (upstream: EnvoyUpstream) => routed(upstream).cluster.transport_socket.typed_config;
    const file = (upstream: EnvoyUpstream) =>
      context(upstream).common_tls_context.validation_context.trusted_ca.filename;
    expect(file({ ...API, tls: {} })).toBe('/etc/ssl/certs/ca-certificates.crt');
    expect(file({ ...API, tls: { ca } })).toBe('/etc/trusted-ca/api/ca.crt');
    expect(context({ ...API, tls: {} }).sni).toBe('api.shop');
    expect(context({ ...API, tls: { serverName: 'api.example.com' } }).sni).toBe('api.example.com');
    expect(routed({ ...API, port: 443, tls: { serverName: 'api.example.com' } }).action.host_rewrite_literal).toBe(
      'api.example.com',
    );
    const { chart } = route({ upstreams: [{ ...API, tls: { ca } }] });
    expect(container(chart, 'envoy').volumeMounts).toContainEqual(
      expect.objectContaining({ mountPath: '/etc/trusted-ca/api' }),
    );
  });

  test('has an admin interface only where it is asked for, on the loopback interface', () => {
    expect(config(route(props()).chart)).not.toHaveProperty('admin');
    const { chart, pod, companion } = route({ ...props(), adminPort: 9901 });
    expect(config(chart).admin.address.socket_address).toEqual({ address: '127.0.0.1', port_value: 9901 });
    expect(pod.network.endpoints).toContainEqual(expect.objectContaining({ port: 9901, loopback: true }));
    expect(companion.endpoint(pod).port).toBe(8081);
  });

  test('logs to stdout unless it is told not to, and closes what is more than its limit', () => {
    const text = (more: EnvoyProps) => JSON.stringify(config(route({ ...props(), ...more }).chart));
    expect(text({})).toContain('StdoutAccessLog');
    expect(text({ accessLog: false })).not.toContain('StdoutAccessLog');
    expect(text({})).toContain('"max_active_downstream_connections":1000');
    expect(text({ maxConnections: 20 })).toContain('"max_active_downstream_connections":20');
  });

  test('takes a whole bootstrap, to which it adds the listener for probes', () => {
    const { chart, pod, companion } = route({
      bootstrap: { config: { ...OWN, node: { id: 'shop' } }, ports: [{ name: 'mine', port: 7000 }] },
      healthPort: 10001,
    });
    const { node, static_resources: resources } = config(chart);
    expect(node).toEqual({ id: 'shop' });
    expect(resources.clusters).toEqual([{ name: 'mine' }]);
    expect(resources.listeners.map(({ name }: any) => name)).toEqual(['mine', 'ready']);
    expect(resources.listeners[1].address.socket_address).toEqual({ address: '0.0.0.0', port_value: 10001 });
    expect(companion.endpoint(pod).port).toBe(7000);
    expect(container(chart, 'app').env).toContainEqual({ name: 'MINE_PORT', value: '7000' });
  });

  test('needs no time when the pod stops, because it ends at once', () => {
    expect(podSpec(route(props()).chart).terminationGracePeriodSeconds).toBe(30);
  });

  test('leaves frozen props as they are', () => {
    const bootstrap = { config: OWN, ports: [{ name: 'mine', port: 7000 }] };
    expect(() => Testing.synth(route(deepFreeze({ bootstrap })).chart)).not.toThrow();
    expect(() => Testing.synth(route(deepFreeze(props())).chart)).not.toThrow();
  });
});

test.each<[EnvoyProps, string]>([
  [{}, '`upstreams` of "envoy" is empty; pass at least one upstream'],
  [{ upstreams: [API, API] }, 'upstream "api" stands twice in `upstreams` of "envoy"; list it once'],
  [{ ...props(), adminPort: 8081 }, '"envoy" would listen on port 8081 twice; give each listener a port of its own'],
  [
    { ...props(), bootstrap: { config: OWN, ports: [] } },
    '"envoy" has `bootstrap` and `upstreams`; say it in `bootstrap` alone',
  ],
  [
    { accessLog: false, bootstrap: { config: OWN, ports: [] } },
    '"envoy" has `bootstrap` and `accessLog`; say it in `bootstrap` alone',
  ],
])('an Envoy fails with wrong props (%#)', (wrong, message) => {
  expect(() => new Envoy(wrong)).toThrow(new Error(`[Envoy] ${message}`));
});
