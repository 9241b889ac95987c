import { Duration, Size, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  AlloyOutput,
  CaCertificates,
  CloudSqlProxy,
  ConfigReload,
  ConfigReloader,
  Envoy,
  FilebeatOutput,
  FluentBit,
  FluentBitFilter,
  FluentBitOutput,
  FluentdOutput,
  GitAuth,
  GitSync,
  HaProxy,
  type ICompanion,
  LogFiles,
  LogRotation,
  LogRotator,
  MultiContainerPod,
  NginxExporter,
  NginxReverseProxy,
  OAuth2Provider,
  OAuth2Proxy,
  OtelExporter,
  PgBouncer,
  PgBouncerCredentials,
  RedisExporter,
  RunFirst,
  Sidecar,
  StatsdExporter,
  VaultAuth,
  Vector,
  VectorSink,
  VectorTransform,
  WaitFor,
} from '../../src';
import { newChart, newDeployment } from '../support';

/** Anything, as plain JavaScript and other languages pass it. */
const untyped = (value: unknown): any => value;

const CHART = newChart();
const SECRET = kplus.Secret.fromSecretName(CHART, 'secret', 'shop-secret');
const MISNAMED = kplus.Secret.fromSecretName(CHART, 'misnamed', 'Shop_Secret');
const LOGS = LogFiles.inDirectory('/var/log/app', { pattern: 'app.log' });
const STDOUT = FluentBitOutput.stdout();
const POOL = {
  databases: [{ name: 'shop', host: 'postgres' }],
  credentials: PgBouncerCredentials.ofUser('shop', { secret: SECRET, key: 'password' }),
};
const AGENT = { name: 'agent', image: 'acme/agent:1.0.0', user: 2000 };
const LINE_SEPARATOR = '\u2028';

/** Settings that contain themselves. */
const endless: Record<string, unknown> = { path: '/tmp/x' };
endless.again = endless;

const KEY =
  'which cannot be a key of a Secret or ConfigMap; use at most 253 letters, digits, "-", "_" and ".", and not ".." at its beginning';
const SUBDOMAIN =
  'which must be lower-case letters, digits, "-" and ".", with a letter or digit at both ends of each part; pass the name of one';

describe('props of companions that are none', () => {
  test.each<[string, () => unknown, string]>([
    [
      'none at all',
      () => new GitSync(untyped(undefined)),
      '[GitSync] `props` is undefined; pass an object with `directory`, `repository`',
    ],
    ['a text', () => new FluentBit(untyped('x')), '[FluentBit] `props` is "x"; pass an object with `output`'],
    ['a missing one', () => new FluentBit(untyped({})), '[FluentBit] `output` is missing; pass a FluentBitOutput'],
    [
      'a missing list',
      () => new CloudSqlProxy(untyped({})),
      '[CloudSqlProxy] `instances` is missing; pass a list of objects',
    ],
    [
      'one of another class',
      () => new FluentBit({ output: untyped(VectorSink.console()) }),
      '[FluentBit] `output` is a VectorSink; pass a FluentBitOutput',
    ],
    [
      'a misspelt one',
      () => new FluentBit(untyped({ output: STDOUT, catchup: 1 })),
      '[FluentBit] `catchup` is no prop of FluentBitProps; write `catchUp`',
    ],
    [
      'an unknown one inside',
      () => new PgBouncer({ ...POOL, databases: [untyped({ name: 'shop', hots: 'postgres' })] }),
      '[PgBouncer] `databases[0].hots` is no prop of PgBouncerDatabase; write `host`',
    ],
    [
      'an undefined item',
      () => new LogRotator({ logs: [untyped(undefined)], rotation: LogRotation.copyTruncate() }),
      '[LogRotator] `logs[0]` is undefined; pass a LogFiles, or a list without it',
    ],
    [
      'a list with a hole',
      // biome-ignore lint/suspicious/noSparseArray: that is what it is about
      () => new CloudSqlProxy({ instances: untyped([, {}]) }),
      '[CloudSqlProxy] `instances[0]` is undefined; pass an object, or a list without it',
    ],
    [
      'an undefined argument',
      () => new Sidecar({ ...AGENT, args: ['a', untyped(undefined)] }),
      '[Sidecar] `args[1]` is undefined; pass a text, or a list without it',
    ],
    ['NaN', () => new PgBouncer({ ...POOL, poolSize: Number.NaN }), '[PgBouncer] `poolSize` is NaN; pass a number'],
    [
      'NaN as a limit',
      () => new HaProxy({ backends: [], maxConnections: Number.NaN }),
      '[HaProxy] `maxConnections` is NaN; pass a number',
    ],
    [
      'a Duration of NaN',
      () => new FluentBit({ output: STDOUT, flush: Duration.seconds(Number.NaN) }),
      '[FluentBit] `flush` is NaN milliseconds; pass a number of them',
    ],
    [
      'a Size of NaN',
      () => new Sidecar({ ...AGENT, resources: { memory: { limit: Size.mebibytes(Number.NaN) } } }),
      '[Sidecar] `resources.memory.limit` is NaN kibibytes; pass a number of them',
    ],
    [
      'CPUs of NaN',
      () => new Sidecar({ ...AGENT, resources: { cpu: { limit: kplus.Cpu.units(Number.NaN) } } }),
      '[Sidecar] `resources.cpu.limit` is "NaN" CPUs; pass a positive number of units, or whole millis',
    ],
    [
      'settings that contain themselves',
      () => new Vector({ logs: LOGS, sink: VectorSink.of('file', endless) }),
      '[VectorSink.file] `settings.again` contains itself, so it is no plain data; pass text, numbers, booleans, lists and objects of these',
    ],
  ])('such as %s, fail where the companion is made', (_, make, message) => {
    expect(make).toThrow(new Error(message));
  });

  test.each<[string, () => unknown, string]>([
    [
      'mode',
      () => new Sidecar({ ...AGENT, mode: untyped('Native') }),
      '[Sidecar] `mode` is "Native"; pass a SidecarMode (values: native, classic)',
    ],
    [
      'engine',
      () => new CloudSqlProxy({ instances: [{ connectionName: 'a:b:c', engine: untyped('postgres') }] }),
      '[CloudSqlProxy] `instances[0].engine` is "postgres"; pass a CloudSqlEngine (values: postgresql, mysql, sqlserver)',
    ],
    [
      'balance',
      () =>
        new HaProxy({
          backends: [{ name: 'a', localPort: 1, servers: [{ host: 'a', port: 1 }], balance: untyped('fair') }],
        }),
      '[HaProxy] `backends[0].balance` is "fair"; pass a HaProxyBalance (values: roundrobin, leastconn, first, random)',
    ],
    [
      'submodules',
      () => new GitSync({ repository: 'https://g/x', directory: '/site', submodules: untyped('Recursive') }),
      '[GitSync] `submodules` is "Recursive"; pass a GitSubmodules (values: recursive, shallow, off)',
    ],
    [
      'poolMode',
      () => new PgBouncer({ ...POOL, poolMode: untyped('Session') }),
      '[PgBouncer] `poolMode` is "Session"; pass a PgBouncerPoolMode (values: session, transaction, statement)',
    ],
    [
      'method',
      () => ConfigReload.byHttp({ port: 80, path: '/', method: untyped('PATCH') }),
      '[ConfigReload.byHttp] `method` is "PATCH"; pass a HttpReloadMethod (values: GET, POST, PUT)',
    ],
  ])('fail with a `%s` that its enum has not', (_, make, message) => {
    expect(make).toThrow(new Error(message));
  });
});

describe('arguments of static factories that are none', () => {
  test.each<[() => unknown, string]>([
    [
      () => AlloyOutput.loki(untyped(undefined)),
      '[AlloyOutput.loki] `options` is undefined; pass an object with `endpoint`',
    ],
    [() => FilebeatOutput.kafka(untyped({ hosts: ['a:1'] })), '[FilebeatOutput.kafka] `topic` is missing; pass a text'],
    [() => FluentdOutput.http(untyped({ endpoint: 5 })), '[FluentdOutput.http] `endpoint` is 5; pass a text'],
    [
      () => OtelExporter.otlp(untyped({ url: 'a' })),
      '[OtelExporter.otlp] `url` is no prop of OtelOtlpOptions; remove it (props: endpoint, tls, secrets, settings, signals)',
    ],
    [
      () => OtelExporter.of('debug', {}, {}, [untyped('log')]),
      '[OtelExporter.of] `signals[0]` is "log"; pass an OtelSignal (values: logs, traces, metrics)',
    ],
    [() => VectorSink.of('http', untyped([])), '[VectorSink.http] `settings` is a list; pass an object'],
    [
      () => VectorSink.of('http', { uri: 'a' }, { token: untyped('abc') }),
      '[VectorSink.http] `secrets.token` is "abc"; pass an object with `key`, `secret`',
    ],
    [
      () => VectorSink.of(untyped(undefined), {}),
      '[VectorSink] undefined is not the type of a component; pass it as its documentation does, in lower case',
    ],
    [() => VectorTransform.remap(untyped(undefined)), '[VectorTransform.remap] `program` is undefined; pass a text'],
    [() => FluentBitFilter.keep('log', untyped(/x/)), '[FluentBitFilter.keep] `expression` is a RegExp; pass a text'],
    [() => OAuth2Provider.of('x', untyped({ scope: 5 })), '[OAuth2Provider.of] `settings.scope` is 5; pass a text'],
    [() => WaitFor.tcp(untyped({ host: 'a' })), '[WaitFor.tcp] `port` is missing; pass a number'],
    [() => RunFirst.ofMain(untyped({})), '[RunFirst.ofMain] `command` is missing; pass a list of texts'],
    [
      () => PgBouncerCredentials.ofUser('a', untyped('b')),
      '[PgBouncerCredentials.ofUser] `password` is "b"; pass an object with `key`, `secret`',
    ],
    [() => CaCertificates.fromPem(untyped(undefined)), '[CaCertificates.fromPem] `pem` is undefined; pass a text'],
    [() => VaultAuth.kubernetes(untyped({})), '[VaultAuth.kubernetes] `role` is missing; pass a text'],
    [() => VaultAuth.appRole(untyped('a')), '[VaultAuth.appRole] `secret` is "a"; pass an ISecret'],
  ])('fail where they are passed: %#', (make, message) => {
    expect(make).toThrow(new Error(message));
  });
});

describe('what Kubernetes or kubectl would refuse', () => {
  test.each<[string, () => unknown, string]>([
    [
      'the name of a variable',
      () => new FluentBit({ output: STDOUT, envVariables: { größe: kplus.EnvValue.fromValue('x') } }),
      '[FluentBit] `envVariables` has the name "größe", which Kubernetes does not take; use printable ASCII characters other than "="',
    ],
    [
      'an empty name of a variable',
      () => new FluentBit({ output: STDOUT, envVariables: { '': kplus.EnvValue.fromValue('x') } }),
      '[FluentBit] `envVariables` has the name "", which Kubernetes does not take; use printable ASCII characters other than "="',
    ],
    [
      'the key of a Secret',
      () => new RedisExporter({ address: 'redis:6379', password: { secret: SECRET, key: 'redis/password' } }),
      `[RedisExporter] \`password.key\` is "redis/password", ${KEY}`,
    ],
    [
      'the name of a Secret',
      () => new RedisExporter({ address: 'redis:6379', password: { secret: MISNAMED, key: 'password' } }),
      `[RedisExporter] \`password.secret.name\` names Secret "Shop_Secret", ${SUBDOMAIN}`,
    ],
    [
      'the name of a Secret of files',
      () => new NginxReverseProxy({ tls: { secret: MISNAMED } }),
      `[NginxReverseProxy] \`tls.secret.name\` names Secret "Shop_Secret", ${SUBDOMAIN}`,
    ],
    [
      'the key of files',
      () => GitAuth.password(SECRET, { passwordKey: '' }),
      `[GitAuth.password] \`passwordKey\` is "", ${KEY}`,
    ],
    [
      'the key of a ConfigMap',
      () => CaCertificates.fromConfigMap(kplus.ConfigMap.fromConfigMapName(CHART, 'ca', 'ca'), 'a/b'),
      `[CaCertificates.fromConfigMap] \`key\` is "a/b", ${KEY}`,
    ],
    [
      'a request above its limit',
      () =>
        new FluentBit({
          output: STDOUT,
          resources: { memory: { request: Size.mebibytes(128), limit: Size.mebibytes(64) } },
        }),
      '[FluentBit] `resources.memory` has a `request` of 128 MiB above its `limit` of 64 MiB; request less, or raise the limit',
    ],
    [
      'a path in a volume',
      () =>
        new Sidecar({
          ...AGENT,
          volumeMounts: [{ path: '/x', volume: kplus.Volume.fromEmptyDir(CHART, 'site', 'site'), subPath: '../site' }],
        }),
      '[Sidecar] `volumeMounts[0].subPath` is "../site"; pass a path in the volume, without "/" at its beginning and without ".."',
    ],
    [
      'a seccomp profile without a file',
      () =>
        new Sidecar({ ...AGENT, securityContext: { seccompProfile: { type: kplus.SeccompProfileType.LOCALHOST } } }),
      '[Sidecar] `securityContext.seccompProfile.localhostProfile` is missing, and a profile of type Localhost is a file of the node; pass its path',
    ],
    [
      'a text',
      () => new Sidecar({ ...AGENT, args: [`first${LINE_SEPARATOR}second`] }),
      '[Sidecar] `args[0]` holds U+2028, which kubectl does not read in YAML; remove it',
    ],
    [
      'a text in settings',
      () => FluentBitOutput.of('http', { host: 'a', header: ['x', `a${LINE_SEPARATOR}`] }),
      '[FluentBitOutput.http] `settings.header[1]` holds U+2028, which kubectl does not read in YAML; remove it',
    ],
    [
      'a key in settings',
      () => FluentBitOutput.of('http', { [`a${LINE_SEPARATOR}`]: 1 }),
      '[FluentBitOutput.http] `settings` has a key that holds U+2028, which kubectl does not read in YAML; remove it',
    ],
  ])('fails where it is passed, such as %s', (_, make, message) => {
    expect(make).toThrow(new Error(message));
  });

  test.each<[string, ICompanion, string]>([
    [
      'an empty command of a probe',
      new Sidecar({ ...AGENT, liveness: kplus.Probe.fromCommand([]) }),
      '[shop/web] `liveness` of container "agent" runs an empty command, which Kubernetes refuses; pass the command and its arguments',
    ],
    [
      'an empty command of a hook',
      new Sidecar({ ...AGENT, lifecycle: { postStart: kplus.Handler.fromCommand([]) } }),
      '[shop/web] `lifecycle.postStart` of container "agent" runs an empty command, which Kubernetes refuses; pass the command and its arguments',
    ],
    [
      'a probe of half a second',
      new Sidecar({ ...AGENT, liveness: kplus.Probe.fromCommand(['a'], { periodSeconds: Duration.millis(500) }) }),
      '[shop/web] `liveness` of container "agent" cannot be written (\'500 millis\' cannot be converted into a whole number of seconds.); pass durations of whole seconds',
    ],
    [
      'a user',
      new Sidecar({ ...AGENT, user: 4294967295 }),
      '[shop/web] `user` 4294967295 of container "agent" is above 2147483647, the last ID that Kubernetes takes; pass the number of the image\'s user',
    ],
    [
      'a group',
      new Sidecar({ ...AGENT, group: 4294967295 }),
      '[shop/web] `group` 4294967295 of container "agent" is above 2147483647, the last ID that Kubernetes takes; pass the number of the image\'s group',
    ],
  ])('fails where it is added, such as %s', (_, companion, message) => {
    expect(() => MultiContainerPod.of(newDeployment(newChart())).add(companion)).toThrow(new Error(message));
  });
});

test.each([
  [
    'ephemeral storage in mebibytes',
    { ephemeralStorage: { request: Size.mebibytes(512) } },
    { requests: { 'ephemeral-storage': '512Mi' } },
  ],
  ['memory in kibibytes', { memory: { limit: Size.kibibytes(1500) } }, { limits: { memory: '1500Ki' } }],
  ['memory in parts of a gibibyte', { memory: { limit: Size.gibibytes(1.5) } }, { limits: { memory: '1536Mi' } }],
])('%s is written in a unit that fits', (_, resources, rendered) => {
  const chart = newChart();
  MultiContainerPod.of(newDeployment(chart)).add(new FluentBit({ logs: LOGS, output: STDOUT, resources }));
  const [{ spec }] = Testing.synth(chart).filter(({ kind }) => kind === 'Deployment');
  expect(spec.template.spec.initContainers[0].resources).toEqual(rendered);
});

describe('a credential that would stand in the open', () => {
  const QUERY = 'https://logs.example.com/in?token=abc123';
  const inSettings = (place: string, setting: string) =>
    `[${place}] setting "${setting}" is a credential, which would stand in a ConfigMap for all to read; pass it in \`secrets\``;
  const inOptions = (place: string, option: string) =>
    `[${place}] \`${option}\` is a credential, which would stand in a ConfigMap for all to read; describe the whole output with \`${place.replace(/\..*/, '')}.of\`, and pass the setting in its \`secrets\``;

  test.each<[() => unknown, string]>([
    [() => VectorSink.http({ endpoint: QUERY }), inOptions('VectorSink.http', 'endpoint')],
    [() => OtelExporter.otlpHttp({ endpoint: QUERY }), inOptions('OtelExporter.otlp_http', 'endpoint')],
    [() => FluentdOutput.http({ endpoint: QUERY }), inOptions('FluentdOutput.http', 'endpoint')],
    [() => FilebeatOutput.elasticsearch({ hosts: [QUERY] }), inOptions('FilebeatOutput.elasticsearch', 'hosts')],
    [() => FluentBitOutput.http({ host: 'a', path: '/in?token=abc123' }), inOptions('FluentBitOutput.http', 'path')],
    [
      () => new NginxExporter({ scrapeUrl: QUERY }),
      '[NginxExporter] `scrapeUrl` of "nginx-exporter" would show a password to all who may read the pod; serve the status page on a loopback port without one',
    ],
    [
      () => new GitSync({ repository: 'https://git.example.com/site?access_token=abc123', directory: '/site' }),
      '[GitSync] `repository` of "git-sync" holds a credential, which everybody could read in the manifest; pass it as `auth`',
    ],
    [() => OtelExporter.of('datadog', { api: { key: 'abc' } }), inSettings('OtelExporter.datadog', 'api.key')],
    [
      () => OtelExporter.of('azuremonitor', { connection_string: 'InstrumentationKey=abc' }),
      inSettings('OtelExporter.azuremonitor', 'connection_string'),
    ],
    [() => VectorSink.of('http', { tls: { key_pass: 'abc' } }), inSettings('VectorSink.http', 'tls.key_pass')],
    [
      () => FilebeatOutput.of('elasticsearch', { 'ssl.key_passphrase': 'abc' }),
      inSettings('FilebeatOutput.elasticsearch', 'ssl.key_passphrase'),
    ],
    [
      () => FluentBitOutput.of('slack', { webhook: 'https://hooks.slack.com/services/abc' }),
      inSettings('FluentBitOutput.slack', 'webhook'),
    ],
    [() => FluentBitOutput.of('td', { API: 'abc' }), inSettings('FluentBitOutput.td', 'API')],
    [
      () => VaultAuth.of('aws', { settings: { role: 'shop', secret_key: 'abc' } }),
      '[VaultAuth.of] setting "secret_key" of method "aws" shows a credential to all who may read the ConfigMap; pass `secret` and name its file',
    ],
  ])('fails in the query of an address, and by the name of its option or setting: %#', (make, message) => {
    expect(make).toThrow(new Error(message));
  });

  test('is none where a variable stands in its place', () => {
    expect(FluentBitOutput.of('td', { API: '${KEY}' })._destination.settings).toEqual({ API: '${KEY}' });
  });
});

test('a reloader and a log agent take no files that are none', () => {
  const reload = ConfigReload.bySignal({ process: 'app' });
  expect(() => new ConfigReloader({ directory: '/etc/app', reload, files: untyped({ a: 5 }) })).toThrow(
    new Error('[ConfigReloader] `files.a` is 5; pass a text'),
  );
  const agent = new FluentBit({ output: STDOUT });
  expect(() => agent.addLogs(untyped(undefined))).toThrow(
    new Error('[FluentBit] `logs` is undefined; pass a LogFiles'),
  );
});

describe('numbers and texts that the software would not start with', () => {
  const UPSTREAM = { name: 'shop', host: 'shop.example.com', port: 443, localPort: 9001 };
  const BACKEND = { name: 'shop', localPort: 9001, servers: [{ host: 'shop.example.com', port: 80 }] };
  const NO_URL = 'is no URL; pass one such as "https://logs.example.com:8443/in"';
  const login = (more: object) =>
    new OAuth2Proxy({
      ...{ clientId: 'shop', clientSecret: { secret: SECRET, key: 'a' }, cookieSecret: { secret: SECRET, key: 'b' } },
      ...{ provider: OAuth2Provider.github({ organization: 'acme' }), ...more },
    });

  test.each<[() => unknown, string]>([
    [
      () => new PgBouncer({ ...POOL, poolSize: -1 }),
      '[PgBouncer] `poolSize` is -1; pass a whole number from 1 to 2147483647',
    ],
    [
      () => new HaProxy({ backends: [BACKEND], maxConnections: 0.5 }),
      '[HaProxy] `maxConnections` is 0.5; pass a whole number from 1 to 2147483647',
    ],
    [
      () => new CloudSqlProxy({ instances: [], maxConnections: -1 }),
      '[CloudSqlProxy] `maxConnections` is -1; pass a whole number from 0 to 2147483647',
    ],
    [
      () => FluentBitOutput.loki({ host: 'loki', port: 99999 }),
      '[FluentBitOutput.loki] `port` is 99999; pass a whole number from 1 to 65535',
    ],
    [
      () => FluentBitOutput.loki({ host: 'https://loki/' }),
      '[FluentBitOutput.loki] `host` "https://loki/" is no name or address of a host; pass one without port and path',
    ],
    [
      () => FluentdOutput.forward({ host: '' }),
      '[FluentdOutput.forward] `host` "" is no name or address of a host; pass one without port and path',
    ],
    [() => FluentdOutput.http({ endpoint: '' }), `[FluentdOutput.http] \`endpoint\` "" ${NO_URL}`],
    [() => VectorSink.http({ endpoint: 'logs:80' }), `[VectorSink.http] \`endpoint\` "logs:80" ${NO_URL}`],
    [() => OtelExporter.otlpHttp({ endpoint: 'logs' }), `[OtelExporter.otlpHttp] \`endpoint\` "logs" ${NO_URL}`],
    [
      () => OtelExporter.of('debug', {}, {}, untyped(Number.NaN)),
      '[OtelExporter.of] `signals` is NaN; pass a list of OtelSignal',
    ],
    [
      () => new Envoy({ upstreams: [{ ...UPSTREAM, hostHeader: 'a\nb' }] }),
      '[Envoy] `hostHeader` "a\\nb" of upstream "shop" is no host; pass its name, and its port',
    ],
    [
      () => new Envoy({ upstreams: [{ ...UPSTREAM, healthCheckPath: 'a b' }] }),
      '[Envoy] `healthCheckPath` "a b" of upstream "shop" is no path; pass one without blanks that begins with "/"',
    ],
    [
      () => new Envoy({ upstreams: [{ ...UPSTREAM, retryOn: ['connect failure'] }] }),
      '[Envoy] `retryOn` of upstream "shop" has "connect failure", which is no condition of Envoy; pass one such as "connect-failure"',
    ],
    [
      () => new Envoy({ upstreams: [{ ...UPSTREAM, connectTimeout: Duration.seconds(0) }] }),
      '[Envoy] `connectTimeout` of upstream "shop" is 0, and Envoy takes no such time; pass more, or leave it out',
    ],
    [
      () => new Envoy({ config: { bootstrap: { started: new Date(0) }, ports: [] } }),
      '[Envoy] `config.bootstrap.started` is a Date, which is no plain data; pass text, numbers, booleans, lists and objects of these',
    ],
    [
      () => VaultAuth.of('aws', { settings: { role: 5n } }),
      '[VaultAuth.of] `settings.role` is 5n, which is no plain data; pass text, numbers, booleans, lists and objects of these',
    ],
    [
      () => new RedisExporter({ address: 'redis:6379', tls: { serverName: 'a b' } }),
      '[RedisExporter] `tls.serverName` "a b" of "redis-exporter" is no name that a certificate could be for; pass one',
    ],
    [
      () => new StatsdExporter({ mappings: [{ match: 'a.b', name: 'a_b', histogramBuckets: [1, 5, 5] }] }),
      '[StatsdExporter] mapping "a.b" of "statsd-exporter" has `histogramBuckets` with 5 after 5; pass them in rising order, each once',
    ],
    [
      () => new NginxReverseProxy({ trustedProxies: ['10.0.0.0/33'] }),
      '[NginxReverseProxy] `trustedProxies` has "10.0.0.0/33", which is no IP address or CIDR; pass one such as 10.0.0.0/8',
    ],
    [
      () => login({ trustedProxies: ['proxy'] }),
      '[OAuth2Proxy] `trustedProxies` has "proxy", which is no IP address or CIDR; pass one such as 10.0.0.0/8',
    ],
    [
      () => login({ skipAuthRoutes: ['('] }),
      '[OAuth2Proxy] `skipAuthRoutes` has "(", which is no regular expression of Go; mend it',
    ],
  ])('fail where they are passed: %#', (make, message) => {
    expect(make).toThrow(new Error(message));
  });

  test.each([
    () => FluentBitOutput.loki({ host: '[::1]', port: 1 }),
    () => new NginxReverseProxy({ trustedProxies: ['10.0.0.0/8', '::1', 'fd00::/64'] }),
    () => login({ skipAuthRoutes: ['^/public/', 'GET=(?i)^/a(?P<b>x)', String.raw`\Q(\E\pL`, '(?i:a)'] }),
    () =>
      new Envoy({
        upstreams: [{ ...UPSTREAM, hostHeader: 'shop:80', healthCheckPath: '/h?a=b', timeout: Duration.seconds(0) }],
      }),
    () => FilebeatOutput.elasticsearch({ hosts: ['https://[::1]:9200/logs'] }),
  ])('are no others: %#', (make) => {
    expect(make).not.toThrow();
  });
});
