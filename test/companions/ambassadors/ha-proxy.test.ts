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
} from '../../../src';
import { renderCommon } from '../../../src/companions/ambassadors/ha-proxy/config';
import { validateBackend, validateText } from '../../../src/companions/ambassadors/ha-proxy/validate';
import { describeAmbassador } from '../../ambassador-contract';
import { container, deepFreeze, manifests, newChart, newDeployment, podSpec } from '../../support';

describe('ha proxy', () => {
  const API: HaProxyBackend = {
    name: 'api',
    localPort: 8081,
    servers: [{ host: 'api.shop.svc.cluster.local', port: 80 }],
  };
  const DB: HaProxyBackend = {
    name: 'db',
    localPort: 3306,
    mode: HaProxyMode.TCP,
    balance: HaProxyBalance.LEAST_CONNECTIONS,
    servers: [
      { host: '10.0.0.1', port: 3306, weight: 10 },
      { host: '10.0.0.2', port: 3306, backup: true },
    ],
  };

  const props = (): HaProxyProps => ({ backends: [{ ...API, servers: [{ ...API.servers[0]! }] }] });

  describeAmbassador('HaProxy', {
    props,
    from: (given) => new HaProxy(given),
    port: 8081,
    env: { API_HOST: '127.0.0.1', API_PORT: '8081', API_URL: 'http://127.0.0.1:8081' },
    flushes: true,
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
      const config = { text: 'listen cache\n  bind 127.0.0.1:6379', ports: [{ name: 'cache', localPort: 6379 }] };
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
      const rolled = (localPort: number) =>
        Testing.synth(balance({ backends: [{ ...API, localPort }] }).chart).find(({ kind }) => kind === 'Deployment')
          .spec.template.metadata.annotations;
      expect(rolled(8081)).not.toEqual(rolled(8082));
    });

    test('leaves frozen props as they are', () => {
      expect(() => Testing.synth(balance(deepFreeze(props())).chart)).not.toThrow();
    });
  });

  test.each<[HaProxyProps, string]>([
    [{}, '`backends` of "haproxy" is empty; pass at least one backend'],
    [
      { backends: [API, { ...DB, name: 'api' }] },
      'backend "api" stands twice in `backends` of "haproxy"; list it once',
    ],
    [
      { backends: [{ ...API, localPort: 8404 }] },
      '"haproxy" would listen on port 8404 twice; give each listener a port of its own',
    ],
    [
      { config: { text: 'userlist u\n  user a insecure-password b', ports: [{ name: 'u', localPort: 1 }] } },
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
});

/** The lines of a backend with these words. */
function lines(mode: HaProxyMode, balance: HaProxyBalance): string[] {
  const chart = newChart();
  const backends = [{ name: 'api', localPort: 1, servers: [{ host: '10.0.0.1', port: 2 }], mode, balance }];
  MultiContainerPod.of(newDeployment(chart)).add(new HaProxy({ backends }));
  return manifests(chart, 'ConfigMap')[0].data['20-backends.cfg'].split('\n');
}

test.each([
  [HaProxyMode.HTTP, 'http', 'httplog'],
  [HaProxyMode.TCP, 'tcp', 'tcplog'],
])('the mode %s is what HAProxy understands and logs', (mode, word, log) => {
  expect(lines(mode, HaProxyBalance.FIRST)).toEqual(expect.arrayContaining([`  mode ${word}`, `  option ${log}`]));
});

test.each([
  [HaProxyBalance.ROUND_ROBIN, 'roundrobin'],
  [HaProxyBalance.LEAST_CONNECTIONS, 'leastconn'],
  [HaProxyBalance.FIRST, 'first'],
  [HaProxyBalance.RANDOM, 'random'],
])('the balance %s has a word of HAProxy', (balance, word) => {
  expect(lines(HaProxyMode.TCP, balance)).toContain(`  balance ${word}`);
});

test('every HAProxy logs to stdout, follows names, and tells its own health on all interfaces', () => {
  const common = { healthPort: 8404, healthPath: '/healthz', stopSeconds: 5, maxConnections: 500 };
  expect(renderCommon({ ...common, backends: 1, accessLog: true })).toBe(`global
  log stdout format raw local0 info
  maxconn 520
  nbthread 2
  hard-stop-after 5s

defaults
  log global
  option dontlognull
  maxconn 500
  option redispatch
  retries 2
  timeout connect 5s
  timeout client 60s
  timeout server 60s
  default-server init-addr none resolvers kubernetes

resolvers kubernetes
  parse-resolv-conf
  accepted_payload_size 8192
  hold valid 10s
  hold other 1h
  hold refused 1h
  hold timeout 1h

frontend health
  bind :8404
  mode http
  no log
  monitor-uri /healthz
`);
});

describe('validate', () => {
  const SERVER = { host: 'api.shop.svc.cluster.local', port: 80 };
  const API: HaProxyBackend = { name: 'api', localPort: 8081, servers: [SERVER] };
  const text = (line: string) => validateText('haproxy', `listen a\n${line}`);

  test.each<HaProxyBackend>([
    API,
    { ...API, servers: [{ host: '10.0.0.1', port: 1, addresses: 3, weight: 0 }] },
    { ...API, tls: {} },
    { ...API, servers: [{ host: '10.0.0.1', port: 1 }], tls: { serverName: 'api.example.com' } },
    { ...API, healthCheckPath: '/healthz?a=b&c=%20', hostHeader: 'api.example.com:8080' },
    { ...API, mode: HaProxyMode.TCP },
  ])('nothing is wrong with %j', (backend) => {
    expect(validateBackend('haproxy', backend)).toEqual([]);
  });

  test.each<[HaProxyBackend, string]>([
    [
      { ...API, name: 'The API' },
      'backend "The API" of "haproxy" has no DNS label as name; use other lower-case letters, digits and "-"',
    ],
    [
      { ...API, name: 'health' },
      'backend "health" of "haproxy" has the name of a section of the companion; use other lower-case letters, digits and "-"',
    ],
    [{ ...API, servers: [] }, 'backend "api" of "haproxy" has no `servers`; pass at least one'],
    [
      { ...API, mode: HaProxyMode.TCP, healthCheckPath: '/' },
      'backend "api" has `healthCheckPath`, which takes HaProxyMode.HTTP; leave it out',
    ],
    [
      { ...API, mode: HaProxyMode.TCP, hostHeader: 'a' },
      'backend "api" has `hostHeader`, which takes HaProxyMode.HTTP; leave it out',
    ],
    [
      { ...API, healthCheckPath: '/healthz?token=abc' },
      'parameter "token" of `healthCheckPath` of backend "api" shows a credential to all who may read the ConfigMap; ask a path that needs none',
    ],
    [
      { ...API, healthCheckPath: '/a b' },
      '`healthCheckPath` "/a b" of backend "api" cannot stand in the configuration; check it',
    ],
    [
      { ...API, hostHeader: 'a\nb' },
      '`hostHeader` "a\nb" of backend "api" cannot stand in the configuration; check it',
    ],
    [
      { ...API, servers: [{ ...SERVER, host: 'a b' }] },
      'host "a b" of backend "api" is neither a name nor an address; pass one',
    ],
    [
      { ...API, servers: [{ ...SERVER, host: 'api' }] },
      'host "api" of backend "api" is not a whole name, and HAProxy looks names up without the search path of the pod; pass one such as "api.shop.svc.cluster.local"',
    ],
    [
      { ...API, servers: [{ ...SERVER, host: 'api.shop.svc' }] },
      'host "api.shop.svc" of backend "api" is not a whole name, and HAProxy looks names up without the search path of the pod; pass one such as "api.shop.svc.cluster.local"',
    ],
    [
      { ...API, servers: [{ ...SERVER, port: 0 }] },
      '`port` 0 of backend "api" is not a port number; pass an integer from 1 to 65535',
    ],
    [
      { ...API, servers: [{ ...SERVER, weight: 300 }] },
      '`addresses` 1 or `weight` 300 of backend "api" is out of range; pass whole numbers, a weight of at most 256',
    ],
    [
      { ...API, tls: {}, servers: [{ ...SERVER, host: '10.0.0.1' }] },
      '"10.0.0.1" of backend "api" is no name that a certificate could be for; pass `tls.serverName`',
    ],
  ])('fails with %j', (backend, message) => {
    expect(validateBackend('haproxy', backend)).toEqual([message]);
  });

  test.each([
    'bind 127.0.0.1:8081',
    'http-request set-header Host api.example.com',
    'http-request set-header Authorization "Bearer ${TOKEN}"',
    'http-request set-header Authorization %[env(TOKEN)]',
    'user reader password "${HASH}"',
    'stats auth "${USER}:${PASSWORD}"',
    'option httpchk',
  ])('"%s" shows no credential', (line) => {
    expect(text(line)).toEqual([]);
  });

  test.each([
    'http-request set-header Authorization "Bearer abc"',
    'http-response add-header Set-Cookie id=1',
    'http-request set-header X-Api-Key abc',
    'user reader insecure-password abc',
    'user reader password $5$abc',
    'stats auth admin:admin',
    'http-request redirect location https://me:abc@example.com/',
  ])('"%s" shows a credential', (line) => {
    expect(text(line)).toEqual([
      expect.stringContaining('line 2 of `config.text` of "haproxy" would show a credential in a ConfigMap'),
    ]);
  });
});
