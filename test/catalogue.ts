import * as kplus from 'cdk8s-plus-28';
import {
  Alloy,
  AlloyOutput,
  CloudSqlEngine,
  CloudSqlProxy,
  ConfigReload,
  ConfigReloader,
  CopyFiles,
  Envoy,
  Filebeat,
  FilebeatOutput,
  FluentBit,
  FluentBitOutput,
  Fluentd,
  FluentdOutput,
  GitSync,
  HaProxy,
  type ICompanion,
  InitContainer,
  LogFiles,
  LogRotation,
  LogRotator,
  LogStreamer,
  NginxExporter,
  NginxReverseProxy,
  OAuth2Provider,
  OAuth2Proxy,
  OtelCollector,
  OtelExporter,
  PgBouncer,
  PgBouncerCredentials,
  PostgresExporter,
  RedisExporter,
  RunFirst,
  Sidecar,
  StatsdExporter,
  VaultAgent,
  VaultAuth,
  Vector,
  VectorSink,
  WaitFor,
} from '../src';
import { newChart } from './support';

const LOGS = LogFiles.inDirectory('/var/log/app', { pattern: 'app.log' });
const SECRET = kplus.Secret.fromSecretName(newChart(), 'secret', 'shop-secret');
const value = (key: string): kplus.SecretValue => ({ secret: SECRET, key });

/** A companion of the library, made so that it can meet any other, and itself, in one pod. */
export interface CatalogueEntry {
  /** @param id number of the companion in its pod, from which its name, ports and paths are made */
  readonly make: (id: number) => ICompanion;
  /** Whether a pod has room for one of those alone. */
  readonly inbound?: boolean;
  /** Whether it has a container that must be a native sidecar. */
  readonly native?: boolean;
  /** Whether it leads to something that a command with the environment of the main container needs. */
  readonly needed?: boolean;
}

const port = (id: number, nth = 0) => 20_000 + 10 * id + nth;
const ownPort = (id: number) => ({ port: port(id) });
const exporter = (id: number) => ({ ...ownPort(id), portName: `metrics-${id}`, monitor: {} });
const shipping = (name: string, id: number) => ({ name: `${name}-${id}`, ...ownPort(id), logs: LOGS });
const variables = (id: number) => ({ host: `HOST_${id}`, port: `PORT_${id}` });
const files = { 'app.conf': 'level=info' };

/** Every companion of the library, by its class. */
export const CATALOGUE: Readonly<Record<string, CatalogueEntry>> = {
  Alloy: {
    make: (id) => new Alloy({ ...shipping('alloy', id), output: AlloyOutput.loki({ endpoint: 'http://loki:3100' }) }),
  },
  CloudSqlProxy: {
    native: true,
    needed: true,
    make: (id) =>
      new CloudSqlProxy({
        name: `sql-${id}`,
        healthPort: port(id),
        instances: [
          {
            connectionName: 'acme:europe-west1:shop',
            engine: CloudSqlEngine.MYSQL,
            localPort: port(id, 1),
            variables: variables(id),
          },
        ],
      }),
  },
  ConfigReloader: {
    make: (id) =>
      new ConfigReloader({
        name: `reloader-${id}`,
        directory: `/etc/app-${id}`,
        files,
        reload: ConfigReload.bySignal({ process: 'app' }),
      }),
  },
  CopyFiles: {
    make: (id) =>
      new CopyFiles({
        name: `copy-${id}`,
        image: 'acme/site:1.0.0',
        user: 1000,
        sourceDirectory: '/site',
        directory: `/copy-${id}`,
      }),
  },
  Envoy: {
    native: true,
    needed: true,
    make: (id) =>
      new Envoy({
        name: `envoy-${id}`,
        adminPort: port(id, 2),
        healthPort: port(id, 1),
        upstreams: [{ name: 'api', host: 'api', port: 80, localPort: port(id), variables: variables(id) }],
      }),
  },
  Filebeat: { make: (id) => new Filebeat({ ...shipping('filebeat', id), output: FilebeatOutput.console() }) },
  FluentBit: { make: (id) => new FluentBit({ ...shipping('fluent-bit', id), output: FluentBitOutput.stdout() }) },
  Fluentd: { make: (id) => new Fluentd({ ...shipping('fluentd', id), output: FluentdOutput.stdout() }) },
  GitSync: {
    make: (id) =>
      new GitSync({
        name: `git-${id}`,
        repository: 'https://git.example.com/acme/site.git',
        directory: `/git-${id}`,
        metricsPort: port(id),
      }),
  },
  HaProxy: {
    native: true,
    needed: true,
    make: (id) =>
      new HaProxy({
        name: `ha-proxy-${id}`,
        healthPort: port(id, 1),
        backends: [
          { name: 'api', localPort: port(id), servers: [{ host: '10.0.0.1', port: 80 }], variables: variables(id) },
        ],
      }),
  },
  InitContainer: {
    make: (id) => new InitContainer({ name: `init-${id}`, image: 'acme/init:1.0.0', user: 2000 }),
  },
  LogRotator: {
    make: (id) => new LogRotator({ name: `rotator-${id}`, logs: [LOGS], rotation: LogRotation.copyTruncate() }),
  },
  LogStreamer: { make: (id) => new LogStreamer({ name: `streamer-${id}`, logs: LOGS }) },
  NginxExporter: {
    make: (id) =>
      new NginxExporter({ name: `nginx-${id}`, scrapeUrl: 'http://localhost:8080/stub_status', ...exporter(id) }),
  },
  NginxReverseProxy: {
    inbound: true,
    make: (id) => new NginxReverseProxy({ name: `reverse-${id}`, port: port(id), healthPort: port(id, 1) }),
  },
  OAuth2Proxy: {
    inbound: true,
    make: (id) =>
      new OAuth2Proxy({
        name: `login-${id}`,
        ...ownPort(id),
        provider: OAuth2Provider.oidc({ issuerUrl: 'https://id.example.com' }),
        clientId: 'shop',
        clientSecret: value('client-secret'),
        cookieSecret: value('cookie-secret'),
        emailDomains: ['example.com'],
      }),
  },
  OtelCollector: {
    native: true,
    make: (id) =>
      new OtelCollector({
        ...shipping('otel', id),
        exporter: OtelExporter.otlp({ endpoint: 'https://otel:4317' }),
        otlp: { grpcPort: port(id, 1), httpPort: port(id, 2), variables: variables(id) },
      }),
  },
  PgBouncer: {
    native: true,
    needed: true,
    make: (id) =>
      new PgBouncer({
        name: `pool-${id}`,
        localPort: port(id),
        databases: [{ name: 'shop', host: 'postgres' }],
        credentials: PgBouncerCredentials.ofUser('shop', value('password')),
        variables: variables(id),
      }),
  },
  PostgresExporter: {
    make: (id) =>
      new PostgresExporter({
        name: `postgres-${id}`,
        address: 'localhost:5432',
        username: value('username'),
        password: value('password'),
        ...exporter(id),
      }),
  },
  RedisExporter: { make: (id) => new RedisExporter({ name: `redis-${id}`, ...exporter(id) }) },
  RunFirst: { make: (id) => RunFirst.ofMain({ name: `first-${id}`, command: ['app', 'migrate'] }) },
  Sidecar: {
    make: (id) =>
      new Sidecar({ name: `own-${id}`, image: 'acme/own:1.0.0', user: 2000, ports: [{ number: port(id) }] }),
  },
  StatsdExporter: {
    make: (id) =>
      new StatsdExporter({
        name: `statsd-${id}`,
        statsdPort: port(id, 1),
        variables: variables(id),
        ...exporter(id),
      }),
  },
  Vector: { make: (id) => new Vector({ ...shipping('vector', id), sink: VectorSink.console() }) },
  VaultAgent: {
    make: (id) =>
      new VaultAgent({
        name: `vault-${id}`,
        directory: `/vault-${id}`,
        address: 'https://vault.example.com:8200',
        auth: VaultAuth.kubernetes({ role: 'shop' }),
        templates: [{ file: 'key', content: '{{ with secret "kv/shop" }}{{ .Data.key }}{{ end }}' }],
      }),
  },
  WaitFor: { make: (id) => WaitFor.tcp({ name: `wait-${id}`, host: 'db', port: 5432 }) },
};
