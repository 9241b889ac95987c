import { type Chart, Duration, Testing } from 'cdk8s';
import { parse } from 'yaml';
import {
  CaCertificates,
  Envoy,
  type EnvoyProps,
  EnvoyProtocol,
  type EnvoyUpstream,
  MultiContainerPod,
} from '../../../src';
import {
  buildReadyListener,
  renderEnvoy,
  toEnvoyBootstrap,
  type Upstream,
} from '../../../src/companions/ambassadors/envoy/config';
import { validateEnvoy } from '../../../src/companions/ambassadors/envoy/validate';
import { describeAmbassador } from '../../ambassador-contract';
import { unknownEnvoyFields } from '../../envoy-schema';
import { container, deepFreeze, manifests, newChart, newDeployment, podSpec } from '../../support';

describe('envoy', () => {
  const API: EnvoyUpstream = { name: 'api', host: 'api.shop', port: 8080, localPort: 8081 };
  const DB: EnvoyUpstream = { name: 'db', host: 'db', port: 5432, localPort: 5432, protocol: EnvoyProtocol.TCP };
  const OWN = { static_resources: { listeners: [{ name: 'mine' }], clusters: [{ name: 'mine' }] } };

  const props = (): EnvoyProps => ({ upstreams: [{ ...API, retryOn: ['connect-failure'] }] });

  describeAmbassador('Envoy', {
    props,
    from: (given) => new Envoy(given),
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
        config: { bootstrap: { ...OWN, node: { id: 'shop' } }, ports: [{ name: 'mine', localPort: 7000 }] },
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
      const config = { bootstrap: OWN, ports: [{ name: 'mine', localPort: 7000 }] };
      expect(() => Testing.synth(route(deepFreeze({ config })).chart)).not.toThrow();
      expect(() => Testing.synth(route(deepFreeze(props())).chart)).not.toThrow();
    });
  });

  test.each<[EnvoyProps, string]>([
    [{}, '`upstreams` of "envoy" is empty; pass at least one upstream'],
    [{ upstreams: [API, API] }, 'upstream "api" stands twice in `upstreams` of "envoy"; list it once'],
    [{ ...props(), adminPort: 8081 }, '"envoy" would listen on port 8081 twice; give each listener a port of its own'],
    [
      { ...props(), config: { bootstrap: OWN, ports: [] } },
      '"envoy" has `config` and `upstreams`; say it in `config` alone',
    ],
    [
      { accessLog: false, config: { bootstrap: OWN, ports: [] } },
      '"envoy" has `config` and `accessLog`; say it in `config` alone',
    ],
  ])('an Envoy fails with wrong props (%#)', (wrong, message) => {
    expect(() => new Envoy(wrong)).toThrow(new Error(`[Envoy] ${message}`));
  });
});

describe('config', () => {
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
  const DB: Upstream = {
    ...API,
    name: 'db',
    protocol: 'tcp',
    tls: { serverName: 'db.example.com', caFile: '/ca.crt' },
  };

  const bootstrap = (...upstreams: Upstream[]): any =>
    toEnvoyBootstrap({ upstreams, readyPort: 10000, adminPort: 9901, maxConnections: 1000, accessLog: true });
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
    expect(JSON.stringify(buildReadyListener(1))).toContain('"direct_response":{"status":200}');
  });

  test('probes are answered however many connections there are', () => {
    expect(buildReadyListener(1)).toMatchObject({ ignore_global_conn_limit: true });
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
});

/** What Envoy speaks with an upstream of this protocol, and how it reads what comes from the main container. */
function spoken(protocol?: EnvoyProtocol): unknown[] {
  const chart = newChart();
  const upstreams = [{ name: 'api', host: 'api', port: 1, localPort: 2, protocol }];
  MultiContainerPod.of(newDeployment(chart)).add(new Envoy({ upstreams }));
  const { listeners, clusters } = parse(manifests(chart, 'ConfigMap')[0].data['envoy.yaml']).static_resources;
  const [options] = Object.values<any>(clusters[0].typed_extension_protocol_options ?? {});
  return [listeners[1].filter_chains[0].filters[0].name, options?.explicit_http_config];
}

const HTTP = 'envoy.filters.network.http_connection_manager';

test.each([
  [undefined, HTTP, undefined],
  [EnvoyProtocol.HTTP1, HTTP, undefined],
  [EnvoyProtocol.HTTP2, HTTP, { http2_protocol_options: {} }],
  [EnvoyProtocol.TCP, 'envoy.filters.network.tcp_proxy', undefined],
])('the protocol %s is what Envoy speaks', (protocol, ...expected) => {
  expect(spoken(protocol)).toEqual(expected);
});

describe('validate', () => {
  const API: EnvoyUpstream = { name: 'api', host: 'api.shop', port: 8080, localPort: 8081 };

  test.each<EnvoyUpstream>([
    API,
    { ...API, host: 'api', retries: 0, limits: { maxRequests: 1 } },
    { ...API, host: '10.0.0.1', tls: { serverName: 'api.example.com' } },
    { ...API, protocol: EnvoyProtocol.TCP, tls: {}, limits: {} },
  ])('nothing is wrong with %j', (upstream) => {
    expect(validateEnvoy('envoy', { upstreams: [upstream] })).toEqual([]);
  });

  test.each<[EnvoyUpstream, string]>([
    [
      { ...API, name: 'API' },
      'upstream "API" has no DNS label as name, or that of the listener for probes; use other lower-case letters, digits and "-"',
    ],
    [
      { ...API, name: 'ready' },
      'upstream "ready" has no DNS label as name, or that of the listener for probes; use other lower-case letters, digits and "-"',
    ],
    [{ ...API, host: 'http://api' }, 'host "http://api" of upstream "api" is neither a name nor an address; pass one'],
    [
      { ...API, healthCheckPath: '/healthz?token=abc' },
      'parameter "token" of `healthCheckPath` of upstream "api" shows a credential to all who may read the ConfigMap; ask a path that needs none',
    ],
    [{ ...API, port: 0 }, '`port` 0 of upstream "api" is not a port number; pass an integer from 1 to 65535'],
    [{ ...API, retries: -1 }, '`retries` -1 of upstream "api" is no number of things; pass an integer'],
    [
      { ...API, limits: { maxRequests: 1.5 } },
      '`maxRequests` 1.5 of upstream "api" is no number of things; pass an integer',
    ],
    [
      { ...API, host: '10.0.0.1', tls: {} },
      '"10.0.0.1" of upstream "api" is no name that a certificate could be for; pass `tls.serverName`',
    ],
    [
      { ...API, protocol: EnvoyProtocol.TCP, retries: 1 },
      'upstream "api" has `retries`, which EnvoyProtocol.TCP does not know; leave it out',
    ],
  ])('fails with %j', (upstream, message) => {
    expect(validateEnvoy('envoy', { upstreams: [{ ...API, name: 'other' }, upstream] })[0]).toBe(message);
  });

  const check = (bootstrap: object) => validateEnvoy('envoy', { config: { bootstrap, ports: [] } });
  const header = (key: string, value: string) => ({ request_headers_to_add: [{ header: { key, value } }] });

  test.each([
    {},
    { static_resources: { listeners: [{ name: 'mine' }] } },
    header('x-region', 'eu'),
    header('authorization', 'Bearer %ENVIRONMENT(TOKEN)%'),
    { tls_certificate: { private_key: { filename: '/tls/tls.key' } } },
    { direct_response: { status: 200, body: { inline_string: 'hello' } } },
  ])('%j shows no credential', (config) => {
    expect(check(config)).toEqual([]);
  });

  test.each([
    [header('authorization', 'Bearer abc'), 'request_headers_to_add.0.header.authorization'],
    [{ tls_certificate: { private_key: { inline_string: 'abc' } } }, 'tls_certificate.private_key.inline_string'],
    [{ generic_secret: { secret: { inline_bytes: 'YWJj' } } }, 'generic_secret.secret.inline_bytes'],
    [{ a: ['-----BEGIN PRIVATE KEY-----'] }, 'a'],
    [{ redis: { auth_password: 'abc' } }, 'redis.auth_password'],
  ])('%j shows a credential', (config, path) => {
    expect(check(config)).toEqual([
      `"${path}" in the bootstrap of "envoy" would show a credential in a ConfigMap; mount it as a file, or refer to a variable, "%ENVIRONMENT(NAME)%"`,
    ]);
  });

  test('fails with a listener of the name of the one for probes', () => {
    expect(check({ static_resources: { listeners: [{ name: 'ready' }] } })).toEqual([
      'the bootstrap of "envoy" has a listener "ready", which is the one that the companion adds for probes; choose another name',
    ]);
  });
});
