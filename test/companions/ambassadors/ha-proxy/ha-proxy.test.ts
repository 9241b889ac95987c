import { type Chart, Duration, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  CaCertificates,
  HaProxy,
  type HaProxyBackend,
  HaProxyBalance,
  HaProxyMode,
  type HaProxyProps,
  MultiContainerPod,
} from '../../../../src/index';
import { describeAmbassador } from '../../../ambassador-contract';
import { container, deepFreeze, manifests, newChart, newDeployment, podSpec } from '../../../support';

const API: HaProxyBackend = {
  name: 'api',
  port: 8081,
  servers: [{ host: 'api.shop.svc.cluster.local', port: 80 }],
};
const DB: HaProxyBackend = {
  name: 'db',
  port: 3306,
  mode: HaProxyMode.TCP,
  balance: HaProxyBalance.LEAST_CONNECTIONS,
  servers: [
    { host: '10.0.0.1', port: 3306, weight: 10 },
    { host: '10.0.0.2', port: 3306, backup: true },
  ],
};

const props = (): HaProxyProps => ({ backends: [{ ...API, servers: [{ ...API.servers[0]! }] }] });

describeAmbassador('HaProxy', {
  make: (more) => new HaProxy({ ...props(), ...more }),
  props,
  port: 8081,
  env: { API_HOST: '127.0.0.1', API_PORT: '8081', API_URL: 'http://127.0.0.1:8081' },
  probed: { port: 8404, path: '/healthz' },
});

/** A Deployment "shop/web" with an HAProxy. */
function balance(more: HaProxyProps = props()) {
  const chart = newChart();
  const pod = MultiContainerPod.of(newDeployment(chart));
  const companion = new HaProxy(more);
  pod.add(companion);
  return { chart, pod, companion };
}

const files = (chart: Chart): { [name: string]: string } => manifests(chart, 'ConfigMap').at(-1)!.data;
const backends = (...list: HaProxyBackend[]) => files(balance({ backends: list }).chart)['20-backends.cfg']!;

describe('an HAProxy', () => {
  test('runs as one process in the foreground, and reads its files in order', () => {
    expect(container(balance().chart, 'haproxy')).toMatchObject({
      command: ['haproxy'],
      args: ['-db', '-f', '/usr/local/etc/haproxy/10-common.cfg', '-f', '/usr/local/etc/haproxy/20-backends.cfg'],
    });
  });

  test('has a loopback port for each backend', () => {
    expect(backends(API, DB)).toBe(`listen api
  bind 127.0.0.1:8081
  mode http
  option httplog
  balance roundrobin
  timeout connect 5s
  timeout client 60s
  timeout server 60s
  http-request set-header Host api.shop.svc.cluster.local
  server s1 api.shop.svc.cluster.local:80 check

listen db
  bind 127.0.0.1:3306
  mode tcp
  option tcplog
  balance leastconn
  timeout connect 5s
  timeout client 60s
  timeout server 60s
  server s1 10.0.0.1:3306 check weight 10
  server s2 10.0.0.2:3306 check backup
`);
  });

  test('tells the main container of each, with a URL where it speaks HTTP', () => {
    const { chart, pod, companion } = balance({ backends: [API, DB] });
    expect(container(chart, 'app').env?.map(({ name }) => name)).toEqual([
      'API_HOST',
      'API_PORT',
      'API_URL',
      'DB_HOST',
      'DB_PORT',
    ]);
    expect(companion.endpoint(pod, 'db').address).toBe('127.0.0.1:3306');
  });

  test('checks health, takes the addresses of a name, and has times and a Host header of its own', () => {
    const [server] = API.servers;
    const text = backends({
      ...API,
      servers: [{ ...server!, port: 8080, addresses: 5 }],
      healthCheckPath: '/healthz?full=1',
      hostHeader: 'api.example.com',
      connectTimeout: Duration.seconds(2),
      idleTimeout: Duration.minutes(5),
    });
    for (const line of [
      'timeout connect 2s',
      'timeout client 300s',
      'timeout server 300s',
      'http-request set-header Host api.example.com',
      'option httpchk',
      'http-check send meth GET uri /healthz?full=1 hdr Host api.example.com',
      'server-template s1- 5 api.shop.svc.cluster.local:8080 check',
    ]) {
      expect(text).toContain(`  ${line}\n`);
    }
  });

  test('connects by TLS and verifies whom it reaches', () => {
    const ca = CaCertificates.fromPem('-----BEGIN CERTIFICATE-----\n');
    const server = { host: 'api.example.com', port: 443 };
    const text = (tls: HaProxyBackend['tls']) => backends({ ...API, servers: [server], tls });
    expect(text({})).toContain(
      'server s1 api.example.com:443 check ssl verify required ca-file @system-ca sni str(api.example.com) check-sni api.example.com verifyhost api.example.com\n',
    );
    expect(text({ ca, serverName: 'api.internal' })).toContain(
      'ca-file /etc/trusted-ca/api/ca.crt sni str(api.internal) check-sni api.internal verifyhost api.internal\n',
    );
    expect(text({})).toContain('set-header Host api.example.com\n');
    expect(text({ serverName: 'api.internal' })).toContain('set-header Host api.internal\n');
  });

  test('takes sections of its own language beside its own, and claims their ports', () => {
    const config = { text: 'listen cache\n  bind 127.0.0.1:6379', ports: [{ name: 'cache', port: 6379 }] };
    const { chart, pod, companion } = balance({ config });
    expect(files(chart)['30-config.cfg']).toBe('listen cache\n  bind 127.0.0.1:6379\n');
    expect(Object.keys(files(chart))).toEqual(['10-common.cfg', '30-config.cfg']);
    expect(companion.endpoint(pod).port).toBe(6379);
    expect(container(chart, 'app').env).toContainEqual({ name: 'CACHE_PORT', value: '6379' });
  });

  test('keeps connections for its health page, and ends with its last connection when the pod stops', () => {
    const { chart } = balance({
      backends: [API, DB],
      maxConnections: 100,
      accessLog: false,
      healthPort: 8405,
      flush: Duration.seconds(20),
    });
    const common = files(chart)['10-common.cfg']!;
    for (const line of ['maxconn 220', 'maxconn 100', 'hard-stop-after 20s', 'bind :8405', 'option dontlog-normal']) {
      expect(common).toContain(`  ${line}\n`);
    }
    expect(podSpec(chart).terminationGracePeriodSeconds).toBe(30 + 20 + 5);
    expect(container(chart, 'haproxy').ports).toEqual([{ containerPort: 8405, name: 'haproxy' }]);
  });

  test('rolls the pods where its configuration changes', () => {
    const rolled = (port: number) =>
      Testing.synth(balance({ backends: [{ ...API, port }] }).chart).find(({ kind }) => kind === 'Deployment').spec
        .template.metadata.annotations;
    expect(rolled(8081)).not.toEqual(rolled(8082));
  });

  test('leaves frozen props as they are', () => {
    expect(() => Testing.synth(balance(deepFreeze(props())).chart)).not.toThrow();
  });
});

test.each<[HaProxyProps, string]>([
  [{}, '`backends` of "haproxy" is empty; pass at least one backend'],
  [{ backends: [API, { ...DB, name: 'api' }] }, 'backend "api" stands twice in `backends` of "haproxy"; list it once'],
  [
    { backends: [{ ...API, port: 8404 }] },
    '"haproxy" would listen on port 8404 twice; give each listener a port of its own',
  ],
  [
    { config: { text: 'userlist u\n  user a insecure-password b', ports: [{ name: 'u', port: 1 }] } },
    'line 2 of `config.text` of "haproxy" would show a credential in a ConfigMap; refer to a variable, "${NAME}", and set it with `envVariables`',
  ],
])('an HAProxy fails with wrong props (%#)', (wrong, message) => {
  expect(() => new HaProxy(wrong)).toThrow(new Error(`[HaProxy] ${message}`));
});

test('an HAProxy reads credentials of its sections from its environment', () => {
  const secret = kplus.Secret.fromSecretName(newChart(), 'api', 'api-key');
  const envVariables = { API_KEY: kplus.EnvValue.fromSecretValue({ secret, key: 'key' }) };
  const text = 'backend x\n  http-request set-header X-Api-Key "${API_KEY}"';
  const { chart } = balance({ ...props(), config: { text, ports: [] }, envVariables });
  expect(container(chart, 'haproxy').env).toEqual([
    { name: 'API_KEY', valueFrom: { secretKeyRef: { name: 'api-key', key: 'key' } } },
  ]);
});
