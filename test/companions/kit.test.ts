import { Chart, Duration, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { EnvFieldPaths, EnvValue, Protocol } from 'cdk8s-plus-28';
import fc from 'fast-check';
import {
  type AmbassadorPort,
  CaCertificates,
  LogAgent,
  type LogAgentOptions,
  LogFiles,
  LogRotation,
  MultiContainerPod,
  SidecarMode,
} from '../../src';
import {
  AmbassadorPorts,
  buildAmbassadorProbes,
  buildHttpProbes,
  toEndpointVariables,
  toNamedPorts,
} from '../../src/companions/kit/ambassador';
import { type ArgumentRules, toFlagName, validateArguments } from '../../src/companions/kit/arguments';
import { mergeEnvironment, toCompanionContainer } from '../../src/companions/kit/companion-options';
import {
  type Destination,
  type DestinationOptions,
  type DestinationParts,
  type SettingStyle,
  toDestination,
  toSettingsWithReferences,
} from '../../src/companions/kit/destination';
import {
  addExporter,
  type ExporterDefaults,
  type ExporterOptions,
  findObservedEndpoint,
  toExporterContainer,
  validateAddress,
  validateExporter,
} from '../../src/companions/kit/exporter';
import { resolveUpstream } from '../../src/companions/kit/inbound-proxy';
import type { AgentSoftware } from '../../src/companions/kit/log-agent';
import { type AgentConfig, listLogSources } from '../../src/companions/kit/log-source';
import { toSecretEnvironment, toSecretVariable } from '../../src/companions/kit/output-secrets';
import { buildPodIdentity, POD_VARIABLES } from '../../src/companions/kit/pod-identity';
import { mountSecret } from '../../src/companions/kit/secret-files';
import {
  copySettings,
  mergeSettings,
  type Settings,
  type SettingsRules,
  toNestedSettings,
} from '../../src/companions/kit/settings';
import { resolveSharedUser } from '../../src/companions/kit/shared-user';
import { toResources } from '../../src/pod/containers/container-props';
import type { ReadLogs } from '../../src/pod/logs/pod-logs';
import { omitUndefined } from '../../src/private/own';
import { readProps } from '../../src/private/read-props';
import { findCredential, findQueryCredential, showsCredential } from '../../src/software/credentials';
import { describeLogAgent } from '../log-agent-contract';
import { assertAlways } from '../runs';
import { APP, container, deepFreeze, manifests, newChart, newDeployment, podSpec } from '../support';

const WORDS = { source: 'Proxy', container: 'proxy', prop: 'upstreams', one: 'upstream' };
const API = { name: 'api', localPort: 8081 };
const DB = { name: 'main-db', localPort: 5432, variables: { host: 'PGHOST' } };

/** A Deployment "shop/web" with a sidecar that has these ports. */
function claim(...declared: AmbassadorPort[]) {
  const chart = newChart();
  const pod = MultiContainerPod.of(newDeployment(chart));
  pod.addSidecar({ name: 'proxy', image: 'acme/proxy:1.0.0', user: 1000 });
  const ports = new AmbassadorPorts(WORDS, toNamedPorts(declared), []);
  ports.claim(pod);
  return { chart, pod, ports };
}

const make =
  (declared: AmbassadorPort[], ...others: number[]) =>
  () =>
    new AmbassadorPorts(WORDS, toNamedPorts(declared), others);

test('the main container learns where each port is', () => {
  expect(container(claim(API, DB).chart, 'app').env).toEqual([
    { name: 'API_HOST', value: '127.0.0.1' },
    { name: 'API_PORT', value: '8081' },
    { name: 'API_URL', value: 'http://127.0.0.1:8081' },
    { name: 'PGHOST', value: '127.0.0.1' },
  ]);
});

test('no variables are set where none are named', () => {
  expect(container(claim({ ...API, variables: {} }).chart, 'app')).not.toHaveProperty('env');
});

test.each([
  ['main-db', true, { host: 'MAIN_DB_HOST', port: 'MAIN_DB_PORT', url: 'MAIN_DB_URL' }],
  ['cache', false, { host: 'CACHE_HOST', port: 'CACHE_PORT' }],
])('the variables of "%s" are named for it', (name, isHttp, expected) => {
  expect(toEndpointVariables(name, isHttp)).toEqual(expected);
});

describe('an endpoint', () => {
  test('is found by name, and without one where there is no choice', () => {
    const { pod, ports } = claim(API, DB);
    expect(ports.endpoint(pod, 'main-db').port).toBe(5432);
    const one = claim(API);
    expect(one.ports.endpoint(one.pod).port).toBe(8081);
  });

  test('is a loopback listener that no other container can have', () => {
    const { pod } = claim(API);
    expect(pod.network.endpoints).toContainEqual(expect.objectContaining({ port: 8081, loopback: true }));
    expect(() => pod.network.claim({ container: 'app', port: 8081 })).toThrow('already used by container "proxy"');
  });

  test.each([
    [undefined, '"proxy" has several ports; say which upstream (known: api, main-db)'],
    ['cache', '"proxy" has no upstream "cache"; pass one of: api, main-db'],
  ])('fails with the name %s', (name, message) => {
    const { pod, ports } = claim(API, DB);
    expect(() => ports.endpoint(pod, name)).toThrow(new Error(`[shop/web] ${message}`));
  });

  test('fails in a pod without the ambassador', () => {
    const { ports } = claim(API);
    expect(() => ports.endpoint(MultiContainerPod.of(newDeployment(newChart())))).toThrow(
      new Error('[shop/web] "proxy" is not in this pod; call `pod.add` with it first'),
    );
  });
});

test.each([
  [make([]), '`upstreams` of "proxy" is empty; pass at least one upstream'],
  [make([API, { ...API, localPort: 1 }]), 'upstream "api" stands twice in `upstreams` of "proxy"; list it once'],
  [
    make([API, { ...DB, localPort: 8081 }]),
    '"proxy" would listen on port 8081 twice; give each listener a port of its own',
  ],
  [make([API], 8081), '"proxy" would listen on port 8081 twice; give each listener a port of its own'],
  [make([API], 0), 'port 0 of "proxy" is not a port number; pass an integer from 1 to 65535'],
])('fails with wrong ports (%#)', (construct, message) => {
  expect(construct).toThrow(new Error(`[Proxy] ${message}`));
});

test('probes wait a minute for the first answer, and restart only what is silent for another', () => {
  const options: kplus.ProbeOptions[] = [];
  buildAmbassadorProbes((each) => {
    options.push(each);
    return kplus.Probe.fromCommand(['true'], each);
  });
  expect(options.map(({ periodSeconds, failureThreshold }) => [periodSeconds?.toSeconds(), failureThreshold])).toEqual([
    [1, 60],
    [10, 3],
    [10, 6],
  ]);
});

test('probes by HTTP ask one page', () => {
  const chart = newChart();
  const pod = MultiContainerPod.of(newDeployment(chart));
  pod.addSidecar({
    name: 'proxy',
    image: 'acme/proxy:1.0.0',
    user: 1000,
    ports: [{ number: 9090, name: 'health' }],
    ...buildHttpProbes('/healthz', 9090),
  });
  const { startupProbe, readinessProbe, livenessProbe } = container(chart, 'proxy') as any;
  for (const probe of [startupProbe, readinessProbe, livenessProbe]) {
    expect(probe.httpGet).toMatchObject({ path: '/healthz', port: 9090 });
  }
});

describe('arguments', () => {
  const RULES: ArgumentRules = {
    ...{ name: 'app', own: ['port', 'tls'], letters: { p: 'port', t: 'token' } },
    remedy: 'mount it',
  };

  test.each([
    ['--port=1', 'port'],
    ['--no-tls', 'tls'],
    ['-web.path=a=b', 'web.path'],
    ['--noise', 'noise'],
  ])('%s is the flag "%s"', (argument, flag) => {
    expect(toFlagName(argument)).toBe(flag);
  });

  test('nothing is wrong with arguments that contradict nothing', () => {
    expect(validateArguments(RULES, ['--log.level=warn', '-v', '--ports', '--url=http://a/?b=c'])).toEqual([]);
    expect(validateArguments(RULES)).toEqual([]);
  });

  const OWN = 'is set by the companion itself; leave it out, or use its prop';
  const SECRET = 'would show a credential to all who may read the pod; mount it';

  test.each([
    ['acme', 'argument "acme" of "app" is no flag; pass each as `--flag=value`'],
    ['', 'argument "" of "app" is no flag; pass each as `--flag=value`'],
    ['--port=1', `argument "--port" of "app" ${OWN}`],
    ['-port=1', `argument "-p" of "app" ${OWN}`],
    ['-p1', `argument "-p" of "app" ${OWN}`],
    ['--no-tls', `argument "--no-tls" of "app" ${OWN}`],
    ['-thidden', `argument "-t" of "app" ${SECRET}`],
    ['--db-password=hidden', `argument "--db-password" of "app" ${SECRET}`],
    ['--dsn=postgresql://me:hidden@db', `argument "--dsn" of "app" ${SECRET}`],
    ['--url=http://a/?token=hidden', `argument "--url" of "app" ${SECRET}`],
  ])('fails with "%s"', (argument, message) => {
    expect(validateArguments(RULES, ['--fine', argument])).toEqual([message]);
  });
});

const PEM = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';

/** What the container "app" of a Deployment "shop/web" sees of certificates for "api". */
function mount(make: (chart: ReturnType<typeof newChart>) => CaCertificates) {
  const chart = newChart();
  const ca = make(chart);
  ca._mount(MultiContainerPod.of(newDeployment(chart)), 'app', 'api');
  const volume = podSpec(chart).volumes?.find(({ name }) => name === 'app-api-ca');
  return { chart, path: ca._toFilePath('api'), volume, mounts: container(chart, 'app').volumeMounts };
}

const MOUNT = { mountPath: '/etc/trusted-ca/api', name: 'app-api-ca', readOnly: true };

test('certificates of a text come from a ConfigMap of the pod', () => {
  const { chart, path, mounts } = mount(() => CaCertificates.fromPem(PEM));
  expect(path).toBe('/etc/trusted-ca/api/ca.crt');
  expect(mounts).toEqual([MOUNT]);
  expect(manifests(chart, 'ConfigMap').map(({ data }) => data)).toEqual([{ 'ca.crt': PEM }]);
});

test('certificates of a Secret come from its one key', () => {
  const { path, mounts, volume } = mount((chart) =>
    CaCertificates.fromSecret({ secret: kplus.Secret.fromSecretName(chart, 'tls', 'api-tls'), key: 'ca.crt' }),
  );
  expect(path).toBe('/etc/trusted-ca/api/ca.crt');
  expect(mounts).toEqual([MOUNT]);
  expect(volume).toEqual({
    name: 'app-api-ca',
    secret: { secretName: 'api-tls', items: [{ key: 'ca.crt', path: 'ca.crt' }] },
  });
});

test('certificates of a ConfigMap come from its one key', () => {
  const { path, mounts, volume } = mount((chart) =>
    CaCertificates.fromConfigMap(kplus.ConfigMap.fromConfigMapName(chart, 'trust', 'trust'), 'root-certs.pem'),
  );
  expect(path).toBe('/etc/trusted-ca/api/root-certs.pem');
  expect(mounts).toEqual([MOUNT]);
  expect(volume).toEqual({
    name: 'app-api-ca',
    configMap: { name: 'trust', items: [{ key: 'root-certs.pem', path: 'root-certs.pem' }] },
  });
});

test.each([
  ['nothing', ''],
  ['a private key', `${PEM}-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----\n`],
])('fails with %s in place of certificates', (_, text) => {
  expect(() => CaCertificates.fromPem(text)).toThrow(
    new Error(
      '[CaCertificates] the text is not certificates alone in PEM format; pass blocks of "-----BEGIN CERTIFICATE-----" and no private key',
    ),
  );
});

describe('companion options', () => {
  const IMAGE = { image: 'docker.io/acme/agent:1.0.0', user: 77, group: 78, writableDirectories: ['/tmp'] };
  const DEFAULTS = { name: 'agent', image: IMAGE, cpuMillis: 50, memoryMebibytes: 64 };

  test('a companion is its official image, unless told otherwise', () => {
    expect(toCompanionContainer({}, DEFAULTS)).toEqual({
      name: 'agent',
      image: 'docker.io/acme/agent:1.0.0',
      user: 77,
      group: 78,
      envVariables: {},
      imageIsDefault: true,
      defaultResources: toResources(50, 64),
      writableDirectories: ['/tmp'],
    });
  });

  test('a companion takes another name, image, user and size', () => {
    const resources = toResources(10, 32);
    const options = { name: 'mine', image: 'acme/mine:2', user: 99, resources };
    expect(toCompanionContainer(options, DEFAULTS)).toMatchObject({ ...options, group: undefined });
  });

  test('what a user adds stands beside what the companion sets', () => {
    const [own, more] = [{ A: kplus.EnvValue.fromValue('1') }, { B: kplus.EnvValue.fromValue('2') }];
    expect(mergeEnvironment('Agent', 'agent', own, more)).toEqual({ ...own, ...more });
    expect(mergeEnvironment('Agent', 'agent', own)).toEqual(own);
  });

  test('fails where a user sets what the companion sets itself', () => {
    const variable = { A: kplus.EnvValue.fromValue('1') };
    expect(() => mergeEnvironment('Agent', 'agent', variable, variable)).toThrow(
      new Error('[Agent] environment variable "A" of "agent" is set by the companion itself; choose another name'),
    );
  });
});

test.each<[string, unknown, boolean]>([
  ['http_passwd', 'hunter2', true],
  ['password', 'hunter2', true],
  ['PASSWORD', 'hunter2', true],
  ['splunk_token', 'abc', true],
  ['oauth2.client_secret', 'abc', true],
  ['aws_secret_access_key', 'abc', true],
  ['account_key', 'abc', true],
  ['apikey', 'abc', true],
  ['api_key', 12345, true],
  ['shared_key', ['${KEY}', 'abc'], true],
  ['http_passwd', 'hunter2${SALT}', true],
  ['http_passwd', '${A} ${B}', true],
  ['header', 'Authorization Bearer abc', true],
  ['Header', 'Authorization Bearer abc', true],
  ['HEADER', ['Api-Key abc'], true],
  ['header', ['X-Scope-OrgID shop', 'x-api-key abc'], true],
  ['header', 'DD-API-KEY abc', true],
  ['header', 'Private-Token abc', true],
  ['header', 'X-Auth-Secret\tabc', true],
  ['header', 'Cookie a=b', true],
  ['header', 'Authorization: Bearer abc', true],
  ['header', 'Authorization:abc', true],
  ['header', 'Authorization Bearer ${TOKEN}abc', true],
  ['header', 'X-Api-Key abc${POD_NAME}', true],
  ['proxy', 'http://${USER}:hunter2@proxy:3128', true],
  ['proxy', 'http://user:hunter2${PASSWORD}@proxy:3128', true],
  ['proxy', 'http://user:hunter2@proxy:3128', true],
  ['uri', 'redis://:hunter2@redis', true],
  ['hosts', ['http://a', 'https://user:hunter2@b'], true],
  ['uri', 'https://hunter2@example.com/in', true],
  ['uri', 'https://example.com/in?token=hunter2', true],
  ['uri', '/in?token=hunter2', true],
  ['ssl.key_passphrase', 'hunter2', true],
  ['tls.key_pass', 'hunter2', true],
  ['connection_string', 'AccountName=shop;AccountKey=hunter2', true],
  ['secret_key', 'hunter2', true],
  ['api.key', 'hunter2', true],
  ['api.key', '0123456789abcdef', true],
  ['key_pass', 'hunter2', true],
  ['ssl.key_passphrase', 'hunter2', true],
  ['secret_key', 'abc', true],
  ['secretKey', 'abc', true],
  ['license_key', 'abc', true],
  ['webhook', 'https://hooks.slack.com/services/T0/B0/x', true],
  ['API', '5713/e75be23caee19f8041dfa635ddfbd0dc', true],
  ['authorization', 'Bearer abc', true],
  ['http_headers', ['X-Region eu', 'Authorization Bearer abc'], true],
  ['endpoint', 'https://logs.example.com/in?token=abc', true],
  ['endpoint', 'https://logs.example.com/in?a=b&sig=abc', true],
  ['uri', '/in?api-key=abc', true],
  ['endpoint', 'https://abc@logs.example.com', true],
  ['endpoint', 'http://abc:@logs.example.com', true],
  ['connection_string', 'DefaultEndpointsProtocol=https;AccountName=logs;AccountKey=abc==', true],
  ['connection_string', 'Endpoint=sb://a.servicebus.windows.net/;SharedAccessKeyName=x;SharedAccessKey=abc', true],
  ['dsn', 'host=db user=shop password=hunter2', true],
  ['connection_string', 'DefaultEndpointsProtocol=https;AccountKey=${KEY}', false],
  ['dsn', 'host=db user=shop password=${PASSWORD}', false],
  ['note', 'host=db user=shop password=hunter2', false],
  ['api', 'v2', false],
  ['API', '${TD_API}', false],
  ['webhook', 'on', false],
  ['webhook', '${WEBHOOK}', false],
  ['authorization', 'Bearer ${TOKEN}', false],
  ['endpoint', 'https://logs.example.com/in?token=${TOKEN}', false],
  ['endpoint', 'https://${TOKEN}@logs.example.com', false],
  ['endpoint', 'https://logs.example.com/in?stream=shop&monkey=1', false],
  ['url', 'ssh://git@git.example.com/site', false],
  ['url', 'postgres://shop@db/shop', false],
  ['compass', 'north', false],
  ['http_passwd', '${LOKI_PASSWORD}', false],
  ['http_passwd', '${A}${B}', false],
  ['http_passwd', '', false],
  ['shared_key', ['${KEY}'], false],
  ['header', 'Authorization Bearer ${TOKEN}', false],
  ['header', 'Authorization: Bearer ${TOKEN}', false],
  ['header', 'Authorization ${TOKEN}', false],
  ['header', 'X-Api-Key: ${KEY}', false],
  ['header', 'X-Scope-OrgID shop', false],
  ['header', 'X-Keyboard qwerty', false],
  ['X-Header', 'Authorization off', false],
  ['proxy', 'http://${USER}:${PASSWORD}@proxy:3128', false],
  ['proxy', 'http://proxy:3128', false],
  ['uri', 'https://example.com/a:b@c', false],
  ['uri', 'https://${TOKEN}@example.com/in', false],
  ['uri', 'https://example.com/in?token=${TOKEN}', false],
  ['uri', 'https://example.com/in?page=2#token=a', true],
  ['uri', 'https://example.com/in?page=2#token', false],
  ['repository', 'ssh://git@example.com/site', false],
  ['file', 'C:/in?token=a', false],
  ['http_user', 'shop', false],
  ['host', 'tokens.example.com', false],
  ['token_url', 'https://example.com', false],
  ['tls.key_file', '/certs/tls.key', false],
  ['tls', true, false],
])('property "%s" of value %j shows a credential: %s', (name, value, expected) => {
  expect(showsCredential(name, value)).toBe(expected);
});

test.each<[string, boolean]>([
  ['sys.env("TOKEN")', false],
  ['${TOKEN}', true],
  ['hunter2', true],
])('software that refers to its environment otherwise may show %j: a credential is %s', (value, expected) => {
  expect(showsCredential('token', value, String.raw`sys\.env\("\w+"\)`)).toBe(expected);
});

test.each<[unknown, string | undefined]>([
  [{}, undefined],
  ['hunter2', undefined],
  [{ host: 'loki', tls: { verify: true, hosts: ['a', 'b'] } }, undefined],
  [{ auth: { user: 'shop', password: '${PASSWORD}' } }, undefined],
  [{ auth: { user: 'shop', password: 'hunter2' } }, 'auth.password'],
  [{ sinks: [{ uri: 'a' }, { uri: 'http://shop:hunter2@b' }] }, 'sinks.1.uri'],
  [{ hosts: ['http://a', 'http://shop:hunter2@b'] }, 'hosts'],
  [{ request: { headers: { 'X-Scope-OrgID': 'shop' } } }, undefined],
  [{ request: { headers: { Authorization: 'Bearer ${TOKEN}' } } }, undefined],
  [{ request: { headers: { Authorization: 'Bearer hunter2' } } }, 'request.headers.Authorization'],
  [{ api: { key: 'hunter2', site: 'example.com' } }, 'api.key'],
  [{ cache: { key: 'hunter2' } }, undefined],
  [{ http_headers: { 'X-Api-Key': 'hunter2' } }, 'http_headers.X-Api-Key'],
  [{ api: { key: '0123456789abcdef' } }, 'api.key'],
  [{ api: { key: '${KEY}' } }, undefined],
  [{ routing: { key: 'shop' } }, undefined],
  [{ a: null, b: undefined, c: false }, undefined],
])('of the settings %j, the credential is %j', (settings, path) => {
  expect(findCredential(settings)).toBe(path);
});

test.each([
  ['http://localhost/reload?user=x&token=hunter2', 'token'],
  ['/reload?api_key=hunter2#part', 'api_key'],
  ['/reload?token=${TOKEN}', undefined],
  ['/reload?wait=1', undefined],
  ['/token=1', undefined],
])('the query of %s shows %p', (address, name) => {
  expect(findQueryCredential(address)).toBe(name);
});

describe('exporter', () => {
  const DEFAULTS: ExporterDefaults = {
    name: 'app-exporter',
    image: { image: 'acme/exporter:1.0.0', user: 2000, port: 9100 },
    cpuMillis: 10,
    memoryMebibytes: 32,
    livenessPath: '/health',
  };

  const ARGS = ['--app=here', '--no-noise'];
  const of = (options: ExporterOptions = {}) => toExporterContainer(options, DEFAULTS, ARGS);

  /** A Deployment "shop/web" whose container "app" lists these ports. */
  function podOf(...ports: [number: number, name?: string][]) {
    const listed = ports.map(([number, name]) => ({ number, name }));
    const chart = newChart();
    const pod = MultiContainerPod.of(newDeployment(chart, { containers: [{ ...APP, ports: listed }] }));
    return { chart, pod };
  }

  describe('an exporter', () => {
    test('lists its port as "metrics" and is restarted only for its own sake', () => {
      const { chart, pod } = podOf();
      addExporter(pod, {}, of());
      expect(container(chart, 'app-exporter')).toMatchObject({
        args: ['--app=here', '--no-noise', '--web.listen-address=:9100'],
        ports: [{ containerPort: 9100, name: 'metrics' }],
        livenessProbe: { httpGet: { path: '/health', port: 9100 } },
        restartPolicy: 'Always',
      });
      expect(container(chart, 'app-exporter')).not.toHaveProperty('readinessProbe');
      expect(manifests(chart, 'PodMonitor')).toEqual([]);
    });

    test('takes another port, name of the port, mode, and more arguments and variables', () => {
      const { chart, pod } = podOf();
      const envVariables = { LEVEL: EnvValue.fromValue('debug') };
      const mode = SidecarMode.CLASSIC;
      addExporter(pod, {}, of({ port: 9101, portName: 'app-metrics', mode, args: ['--log.level=warn'], envVariables }));
      const exporter = container(chart, 'app-exporter');
      expect(exporter).toMatchObject({
        args: ['--app=here', '--no-noise', '--web.listen-address=:9101', '--log.level=warn'],
        env: [{ name: 'LEVEL', value: 'debug' }],
        ports: [{ containerPort: 9101, name: 'app-metrics' }],
        livenessProbe: { httpGet: { port: 9101 } },
      });
      expect(exporter).not.toHaveProperty('restartPolicy');
    });

    test('is scraped on request', () => {
      const { chart, pod } = podOf();
      const options = { portName: 'app-metrics', monitor: { labels: { release: 'prometheus' } } };
      addExporter(pod, options, of(options));
      const [{ metadata, spec }] = manifests(chart, 'PodMonitor');
      expect(metadata.labels).toEqual({ release: 'prometheus' });
      expect(spec.podMetricsEndpoints).toEqual([{ port: 'app-metrics', path: '/metrics' }]);
    });

    test.each([
      [
        '--app=there',
        'argument "--app" of "app-exporter" is set by the companion itself; leave it out, or use its prop',
      ],
      ['-app=there', 'argument "-app" of "app-exporter" is set by the companion itself; leave it out, or use its prop'],
      ['--noise', 'argument "--noise" of "app-exporter" is set by the companion itself; leave it out, or use its prop'],
      [
        '--web.telemetry-path=/m',
        'argument "--web.telemetry-path" of "app-exporter" is set by the companion itself; leave it out, or use its prop',
      ],
      [
        '--web.config.file=f',
        'argument "--web.config.file" of "app-exporter" is set by the companion itself; leave it out, or use its prop',
      ],
      ['verbose', 'argument "verbose" of "app-exporter" is no flag; pass each as `--flag=value`'],
      ...['--app.password=x', '--dsn=postgresql://me:x@db'].map((arg) => [
        arg,
        `argument "${arg.split('=')[0]}" of "app-exporter" would show a credential to all who may read the pod; take it from a Secret, with \`envVariables\``,
      ]),
    ])('fails with the argument "%s"', (arg, text) => {
      expect(validateExporter({ args: [arg!] }, DEFAULTS, ARGS)).toEqual([text]);
    });
  });

  describe('what an exporter observes', () => {
    test('is the one TCP port of the main container', () => {
      const { pod } = podOf([6379, 'redis']);
      pod.network.claim({ container: 'app', port: 53, protocol: Protocol.UDP });
      pod.addSidecar({ name: 'other', image: 'a:1', user: 1, ports: [{ number: 9000 }] });
      expect(findObservedEndpoint(pod, 'exporter', 'address').address).toBe('localhost:6379');
    });

    test('is the port of a name, of any container and on any interface', () => {
      const { pod } = podOf([8080], [8443]);
      pod.network.claim({ container: 'app', port: 8081, name: 'status', loopback: true });
      expect(findObservedEndpoint(pod, 'exporter', 'address', 'status').url).toBe('http://127.0.0.1:8081');
    });

    test.each<[string, [number, string?][], string | undefined, string]>([
      [
        'where there is no port',
        [],
        undefined,
        'exporter "exporter" finds no TCP port of container "app" to observe; list it in the `ports` of its container, or pass `address`',
      ],
      [
        'where there is none of the name',
        [[6379, 'redis'], [80]],
        'db',
        'exporter "exporter" finds no TCP port "db" to observe; list it in the `ports` of its container, or pass `address` (ports: redis, 80)',
      ],
      [
        'where there are several',
        [[6379, 'redis'], [80]],
        undefined,
        'exporter "exporter" could observe any port of container "app"; pass the name of one as `targetPort` (ports: redis, 80)',
      ],
    ])('cannot be told %s', (_, ports, targetPort, text) => {
      expect(() => findObservedEndpoint(podOf(...ports).pod, 'exporter', 'address', targetPort)).toThrow(
        new Error(`[shop/web] ${text}`),
      );
    });
  });

  test.each(['localhost:5432', 'db.shop:1', '[::1]:6379'])('"%s" is an address', (address) => {
    expect(validateAddress('exporter', { address })).toEqual([]);
  });

  test.each(['localhost', ':5432', 'redis://localhost:6379', 'me:x@db:5432', 'db:5432/shop', 'a b:1'])(
    'fails with "%s", which is no address',
    (address) => {
      expect(validateAddress('exporter', { address })).toEqual([
        `\`address\` "${address}" of "exporter" is not a host and a port; write them as in "localhost:5432"`,
      ]);
    },
  );

  test('fails with both an address and a port of the pod', () => {
    expect(validateAddress('exporter', { address: 'db:1', targetPort: 'db' })).toEqual([
      '`address` and `targetPort` of "exporter" are both given; pass one of them',
    ]);
  });
});

const HTTP = { number: 8080, name: 'http' };
const ADMIN = { number: 9000, name: 'admin' };

/** A Deployment "shop/web" whose application lists these ports. */
function compose(...ports: kplus.ContainerPort[]) {
  const chart = newChart();
  const pod = MultiContainerPod.of(newDeployment(chart, { containers: [{ ...APP, ports }] }));
  return { chart, pod };
}

describe('a proxy forwards requests', () => {
  test.each<[string, kplus.ContainerPort[], number | undefined, number]>([
    ['to the one port', [{ number: 3000 }], undefined, 3000],
    ['to the one of several that is named "http"', [ADMIN, HTTP], undefined, 8080],
    ['to the port that is passed', [ADMIN, HTTP], 9000, 9000],
    ['to the one TCP port', [{ number: 53, protocol: kplus.Protocol.UDP }, { number: 3000 }], undefined, 3000],
  ])('%s', (_, ports, wanted, port) => {
    expect(resolveUpstream(compose(...ports).pod, wanted).port).toBe(port);
  });

  test('to a port that was claimed on the loopback interface', () => {
    const { pod } = compose();
    pod.network.claim({ container: 'app', port: 3000, loopback: true });
    expect(resolveUpstream(pod)).toMatchObject({ port: 3000, loopback: true });
  });

  test('to a port that nobody listed yet, which is listed from then on and exposed to nobody', () => {
    const { chart, pod } = compose(HTTP);
    expect(resolveUpstream(pod, 3000).port).toBe(3000);
    pod.expose({ port: 80 });
    expect(container(chart, 'app').ports).toEqual([{ containerPort: 8080, name: 'http' }, { containerPort: 3000 }]);
  });

  test('fails without a port', () => {
    expect(() => resolveUpstream(compose().pod)).toThrow(
      new Error(
        '[shop/web] container "app" lists no port that requests could go to; declare it in its `ports`, or pass `upstreamPort`',
      ),
    );
  });

  test('fails with several ports of which none is named "http"', () => {
    expect(() => resolveUpstream(compose(ADMIN, { number: 3000 }).pod)).toThrow(
      new Error(
        '[shop/web] requests could go to any port of container "app"; pass one as `upstreamPort`, or name it "http" (ports: admin, 3000)',
      ),
    );
  });

  test('fails where the pod has no main container yet', () => {
    expect(() => resolveUpstream(MultiContainerPod.of(newDeployment(newChart(), { containers: [] })))).toThrow(
      new Error('[shop/web] the pod has no container yet; add the main container first'),
    );
  });
});

describe('log agent', () => {
  /** The least that a log agent can be. */
  class Tail extends LogAgent {
    public constructor(options: LogAgentOptions) {
      super('Tail', readProps('LogAgentOptions', options, 'Tail'));
      this._environment = this._mergeEnvironment({});
    }

    /** @internal */
    protected readonly _software: AgentSoftware = {
      image: { image: 'acme/tail:1.0.0', user: 77, port: 2020 },
      hasSleep: true,
      memoryMebibytes: 16,
      livenessPath: '/',
      catchUp: Duration.seconds(2),
      configDirectory: '/config',
      configFile: 'paths',
      stateDirectory: '/state',
    };

    /** @internal */
    protected readonly _environment: { readonly [name: string]: EnvValue };

    /** @internal */
    protected get _args(): string[] {
      return [this._configPath];
    }

    /** @internal */
    protected get _heldMebibytes(): number {
      return this._bufferMebibytes;
    }

    /** @internal */
    protected _render({ sources }: AgentConfig): string {
      return sources.map(({ path }) => path).join('\n');
    }
  }

  describeLogAgent('An agent of three lines', {
    make: (options) => new Tail(options),
    tailed: (chart) => manifests(chart, 'ConfigMap').flatMap(({ data }) => data.paths?.split('\n') ?? []),
  });
});

const shipped = (directory: string, pattern: string, container = 'app', rotation?: LogRotation): ReadLogs => ({
  files: LogFiles.inDirectory(directory, { pattern, container }),
  container,
  directory,
  rotation,
});

test('files are named for the container that writes them, their directory and their pattern', () => {
  const [main, other] = listLogSources([shipped('/var/log/app', '*.log'), shipped('/logs', 'a.json', 'proxy')]);
  expect(main).toMatchObject({ container: 'app', path: '/var/log/app/*.log', id: 'app.var-log-app-log' });
  expect(other).toMatchObject({ container: 'proxy', path: '/logs/a.json', id: 'proxy.logs-a-json' });
});

test('files whose names make the same id are told apart, in any order', () => {
  const [a, b] = [shipped('/var/log/app', 'a.log'), shipped('/var/log/app', 'a-log')];
  const ids = (...logs: ReadLogs[]) => listLogSources(logs).map(({ path, id }) => [path, id]);
  expect(new Set(ids(a, b).map(([, id]) => id)).size).toBe(2);
  expect(Object.fromEntries(ids(a, b))).toEqual(Object.fromEntries(ids(b, a)));
});

test('any two files have two ids', () => {
  const pattern = fc.stringMatching(/^[a-z.*-]{1,6}$/);
  assertAlways(
    fc.property(fc.uniqueArray(pattern, { minLength: 2, maxLength: 6 }), (patterns) => {
      const sources = listLogSources(patterns.map((name) => shipped('/var/log', name)));
      expect(new Set(sources.map(({ id }) => id)).size).toBe(patterns.length);
    }),
  );
});

test.each([
  ['*.log', ['/var/log/app/old-*', '/var/log/app/*.bz2']],
  ['app.log', []],
])('rotated files that %s might match are known', (pattern, expected) => {
  const rotation = LogRotation.byApplication({ rotatedFiles: 'old-*,*.bz2' });
  expect(listLogSources([shipped('/var/log/app', pattern, 'app', rotation)])[0]!.rotatedPaths).toEqual(expected);
});

const secret = kplus.Secret.fromSecretName(new Chart(Testing.app(), 'shop'), 'Credentials', 'logs');
const output = (name: string, ...settings: string[]): Destination => ({
  name,
  style: 'nested',
  settings: {},
  secrets: Object.fromEntries(settings.map((key) => [key, { secret, key }])),
});

describe('the variables that hold the credentials of outputs', () => {
  test('are named for the first output and its settings, and for the place of each other output', () => {
    const outputs = [output('http', 'auth.password'), output('http', 'auth.password', 'proxy-token')];
    expect(Object.keys(toSecretEnvironment('Fluentd', outputs))).toEqual([
      'HTTP_AUTH_PASSWORD',
      'OUTPUT_2_AUTH_PASSWORD',
      'OUTPUT_2_PROXY_TOKEN',
    ]);
    expect(toSecretVariable(outputs, 1, 'auth.password')).toBe('OUTPUT_2_AUTH_PASSWORD');
  });

  test('refer to the Secret', () => {
    const { HTTP_TOKEN } = toSecretEnvironment('Fluentd', [output('http', 'token')]);
    expect(HTTP_TOKEN!.valueFrom).toMatchObject({ secretKeyRef: { name: 'logs', key: 'token' } });
  });

  test('fail where two settings would share one', () => {
    expect(() => toSecretEnvironment('Fluentd', [output('http', 'a.token', 'a_token')])).toThrow(
      new Error(
        '[Fluentd] secrets of output "http" would share the environment variable "HTTP_A_TOKEN"; name them apart by more than signs',
      ),
    );
  });
});

test('a process learns pod, namespace and node from the downward API', () => {
  expect(buildPodIdentity()).toEqual({
    POD_NAME: EnvValue.fromFieldRef(EnvFieldPaths.POD_NAME),
    POD_NAMESPACE: EnvValue.fromFieldRef(EnvFieldPaths.POD_NAMESPACE),
    NODE_NAME: EnvValue.fromFieldRef(EnvFieldPaths.NODE_NAME),
  });
  expect(Object.keys(buildPodIdentity())).toEqual([...POD_VARIABLES]);
});

/** A Deployment "shop/web" whose containers see a Secret. */
function mounted(files?: { readonly [key: string]: string }) {
  const chart = newChart();
  const pod = MultiContainerPod.of(newDeployment(chart));
  pod.addSidecar({ name: 'helper', image: 'acme/helper:1', user: 1000 });
  const secret = kplus.Secret.fromSecretName(chart, 'secret', 'login');
  mountSecret(pod, ['app', 'helper'], { secret, directory: '/etc/login', name: ['helper', 'login'], files });
  return chart;
}

test('the keys of a Secret are files that containers read, on one volume', () => {
  const chart = mounted({ 'pass-word': 'password' });
  for (const name of ['app', 'helper']) {
    expect(container(chart, name).volumeMounts).toEqual([
      { name: 'helper-login', mountPath: '/etc/login', readOnly: true },
    ]);
  }
  expect(podSpec(chart).volumes).toEqual([
    { name: 'helper-login', secret: { secretName: 'login', items: [{ key: 'pass-word', path: 'password' }] } },
  ]);
});

test('all keys are files where none is named', () => {
  expect(podSpec(mounted()).volumes).toEqual([{ name: 'helper-login', secret: { secretName: 'login' } }]);
});

describe('settings', () => {
  const RULES: SettingsRules = {
    source: 'Sink.http',
    noun: 'option',
    reserved: { type: 'pass it as the type' },
    reference: String.raw`SECRET\[\w+\.\w+\]`,
  };

  describe('settings of a user', () => {
    test('are copied at every depth', () => {
      const given = { tls: { enabled: true }, list: [{ a: 1 }], none: null };
      const taken = copySettings(RULES, given);
      expect(taken).toEqual(given);
      given.tls.enabled = false;
      given.list[0]!.a = 2;
      expect(taken).toEqual({ tls: { enabled: true }, list: [{ a: 1 }], none: null });
    });

    test('fail where they are reserved, with what to do', () => {
      expect(() => copySettings(RULES, { type: 'x' })).toThrow(
        new Error('[Sink.http] option "type" cannot be set here; pass it as the type'),
      );
    });

    test.each([
      ['when', { when: new Date(0) }],
      ['list.1', { list: ['a', undefined] }],
    ])('fail where "%s" is no plain data', (path, settings) => {
      expect(() => copySettings(RULES, settings)).toThrow(
        new Error(
          `[Sink.http] option "${path}" is no plain data; pass text, numbers, booleans, lists and objects of these`,
        ),
      );
    });

    test.each<[string, object, string]>([
      ['tls.verify', { tls: { verify: () => true } }, 'a function'],
      ['size', { size: Number.NaN }, 'NaN'],
      ['size', { size: 5n }, '5n'],
    ])('fail where "%s" can be in no file', (path, settings, value) => {
      expect(() => copySettings(RULES, settings as Settings)).toThrow(
        new Error(
          `[Sink.http] \`settings.${path}\` is ${value}, which is no plain data; pass text, numbers, booleans, lists and objects of these`,
        ),
      );
    });

    test('fail where one shows a credential, and not where it refers to one', () => {
      expect(() => copySettings(RULES, { auth: { password: 'hunter2' } })).toThrow(
        new Error(
          '[Sink.http] option "auth.password" is a credential, which would stand in a ConfigMap for all to read; pass it in `secrets`',
        ),
      );
      expect(copySettings(RULES, { auth: { password: 'SECRET[a.b]' } })).toEqual({ auth: { password: 'SECRET[a.b]' } });
    });
  });

  describe('two parts of one configuration', () => {
    test('are joined field by field, and neither is changed', () => {
      const one = deepFreeze({ auth: { user: 'a' }, list: [1] });
      const other = deepFreeze({ auth: { password: 'b' }, tls: {} });
      expect(mergeSettings(one, other)).toEqual({
        auth: { user: 'a', password: 'b' },
        list: [1],
        tls: {},
      });
    });
  });

  test('a path becomes nested settings', () => {
    expect(toNestedSettings('auth.password', 'x')).toEqual({ auth: { password: 'x' } });
    expect(toNestedSettings('token', 1)).toEqual({ token: 1 });
  });

  test('settings without a value are left out', () => {
    expect(omitUndefined({ a: undefined, b: null, c: false })).toEqual({ b: null, c: false });
  });
});

describe('a destination', () => {
  const rules = (style: SettingStyle) => ({
    source: 'Sink',
    called: 'the type of a sink',
    reserved: { buffer: 'the agent sizes it' },
    style,
  });
  const make = (style: SettingStyle, parts: DestinationParts, options?: DestinationOptions) =>
    toDestination(rules(style), 'http', parts, options);
  const value = { secret, key: 'key' };
  const again = (setting: string) =>
    `setting "${setting}" is set by the output itself; leave it out, or describe the whole output with \`Sink.of\``;

  test('has what its factory sets, what the user adds, and defaults where neither says anything', () => {
    const parts = { own: { url: 'x', tenant: undefined }, defaults: { port: 1, batch: { size: 1 }, codec: 'json' } };
    const settings = { batch: { count: 2 }, Codec: 'text' };
    expect(make('nested', parts, { settings }).settings).toEqual({ url: 'x', port: 1, ...settings });
  });

  test('keeps the places of settings that have a value only by default', () => {
    const { settings } = make('plain', { own: { host: 'h', port: undefined, path: '/' }, defaults: { port: 1 } });
    expect(Object.keys(settings)).toEqual(['host', 'port', 'path']);
  });

  test('has credentials at their places, where settings are nested, and by their names, where they are not', () => {
    const parts = { own: { auth: { type: 'basic' } }, credentials: { 'auth.user': value, token: undefined } };
    expect(toSettingsWithReferences(make('nested', parts), (setting) => `<${setting}>`)).toEqual({
      auth: { type: 'basic', user: '<auth.user>' },
    });
    const secrets = { 'tls.key': value };
    expect(toSettingsWithReferences(make('plain', { own: { tls: 'on' } }, { secrets }), (setting) => setting)).toEqual({
      tls: 'on',
      'tls.key': 'tls.key',
    });
  });

  test.each<[SettingStyle, Settings, Settings, string]>([
    ['nested', { a: 1 }, { a: 1 }, 'a'],
    ['nested', { a: { b: 1 } }, { a: 1 }, 'a'],
    ['nested', { a: [1] }, { a: [2] }, 'a'],
    ['nested', { a: { x: 0, b: { c: 1 } } }, { a: { b: { c: 2 } } }, 'a.b.c'],
    ['dotted', { 'ssl.enabled': true }, { ssl: {} }, 'ssl'],
    ['dotted', { ssl: {} }, { 'ssl.enabled': true }, 'ssl.enabled'],
    ['plain', { host: 'a' }, { Host: 'a' }, 'host'],
  ])('%s: fails where %j is followed by %j', (style, own, settings, setting) => {
    expect(() => make(style, { own }, { settings })).toThrow(new Error(`[Sink.http] ${again(setting)}`));
  });

  test.each<[SettingStyle, Settings, Settings]>([
    ['nested', { a: { b: 1 } }, { a: { c: 1 } }],
    ['nested', { a: 1 }, { A: 1 }],
    ['dotted', { 'ssl.enabled': true }, { 'ssl.key': 'x' }],
    ['plain', { tls: 'on' }, { 'tls.verify': 'on' }],
  ])('%s: takes %j and %j together', (style, own, settings) => {
    expect(() => make(style, { own }, { settings })).not.toThrow();
  });

  test.each<[SettingStyle, DestinationParts, DestinationOptions, string]>([
    ['nested', { own: { a: 1 } }, { secrets: { a: value } }, 'setting "a" stands in two places; pass it once'],
    [
      'nested',
      {},
      { settings: { a: [{ b: 1 }] }, secrets: { 'a.b': value } },
      'setting "a.b" stands in two places, also as "a"; pass it once',
    ],
    [
      'nested',
      { credentials: { 'a.b': value } },
      { secrets: { a: value } },
      'setting "a.b" stands in two places, also as "a"; pass it once',
    ],
    [
      'plain',
      { credentials: { key: value } },
      { secrets: { KEY: value } },
      'setting "key" stands in two places; pass it once',
    ],
    ['nested', {}, { secrets: { 'buffer.size': value } }, 'setting "buffer" cannot be set here; the agent sizes it'],
    [
      'nested',
      {},
      { secrets: { 'a..b': value } },
      'secret "a..b" is not the name of a setting; pass one such as "password" or "auth.password"',
    ],
    [
      'nested',
      { pair: { user: value, password: undefined } },
      {},
      'one of `user` and `password` is missing; pass both or neither',
    ],
  ])('%s: fails with secrets in the wrong place (%#)', (style, parts, options, message) => {
    expect(() => make(style, parts, options)).toThrow(new Error(`[Sink.http] ${message}`));
  });
});

const userOf = (user?: number, securityContext: { user?: number } = { user: 1000 }) => {
  const deployment = newDeployment(newChart(), { containers: [{ ...APP, securityContext }] });
  return resolveSharedUser(MultiContainerPod.of(deployment), {
    name: 'helper',
    container: 'app',
    user,
    task: 'read its files',
  });
};

test('a companion runs as the user of the container, which may be said again', () => {
  expect([userOf(), userOf(1000)]).toEqual([1000, 1000]);
});

test('fails where the container states no UID', () => {
  expect(() => userOf(undefined, {})).toThrow(
    new Error(
      '[shop/web] container "app" states no UID, and only its own user may read its files; give it `securityContext.user`',
    ),
  );
});

test('fails where the companion is to have another', () => {
  expect(() => userOf(2000)).toThrow(
    new Error(
      '[shop/web] `user` 2000 of "helper" is not user 1000 of container "app", and only that user may read its files; leave `user` out',
    ),
  );
});
