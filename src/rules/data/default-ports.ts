/** A port that software opens unless told otherwise. */
export interface KnownListener {
  readonly port: number;
  /** Whether only the containers of the pod reach it. */
  readonly isLoopback?: boolean;
  readonly protocol?: 'UDP';
  /** Flags without their dashes and variables, in lower case, that move it; nothing where it is not known which do. */
  readonly settings?: readonly string[];
  /** Those that name the hosts at which it is open instead. */
  readonly hosts?: readonly string[];
  /** The tags of its image that open it, where not all do. */
  readonly tags?: RegExp;
}

/** The ports of one software. */
export interface DefaultPorts {
  readonly listeners: readonly KnownListener[];
  /** Whether nothing but the settings of the ports moves them: no file does. */
  readonly isByFlags?: boolean;
  /** Whether it opens no others unless a setting that may move these says so. */
  readonly isComplete?: boolean;
}

const WEB = 'web.listen-address';

/** The ports of a program of Prometheus, which flags alone set. */
function listWebPort(port: number, ...settings: readonly string[]): DefaultPorts {
  return { listeners: [{ port, settings: [WEB, ...settings] }], isByFlags: true, isComplete: true };
}

/** Its OTLP ports, which are open by default in later versions. */
const JAEGER_OTLP = [
  { port: 4317, name: 'grpc' },
  { port: 4318, name: 'http' },
].map(
  ({ port, name }): KnownListener => ({
    port,
    settings: [
      `collector.otlp.${name}.host-port`,
      `collector_otlp_${name}_host_port`,
      'collector.otlp.enabled',
      'collector_otlp_enabled',
    ],
    tags: /^v?1\.[4-9]\d\b/,
  }),
);
const REDIS_PORTS: DefaultPorts = {
  listeners: [{ port: 6379, settings: ['port', 'redis_port_number', 'valkey_port_number'], hosts: ['bind'] }],
  isComplete: true,
};
const MYSQL_PORT: KnownListener = { port: 3306, settings: ['port'], hosts: ['bind-address', 'bind_address'] };

/** The ports that software opens unless told otherwise, by its name. From its documentation, as of 2026-08. */
export const DEFAULT_PORTS: Readonly<Record<string, DefaultPorts | undefined>> = {
  'Apache httpd': { listeners: [{ port: 80 }] },
  Caddy: { listeners: [{ port: 80 }, { port: 2019, isLoopback: true }] },
  Tomcat: { listeners: [{ port: 8080 }] },
  Grafana: { listeners: [{ port: 3000, settings: ['gf_server_http_port'], hosts: ['gf_server_http_addr'] }] },
  Traefik: { listeners: [{ port: 80 }] },
  Keycloak: {
    listeners: [{ port: 8080, settings: ['http-port', 'kc_http_port'], hosts: ['http-host', 'kc_http_host'] }],
  },
  Perses: { listeners: [{ port: 8080, settings: [WEB] }] },
  Jenkins: { listeners: [{ port: 8080, settings: ['httpport', 'jenkins_opts'] }] },
  Elasticsearch: { listeners: [{ port: 9200 }, { port: 9300 }] },
  MinIO: { listeners: [{ port: 9000, settings: ['address', 'minio_address'] }] },
  Redis: REDIS_PORTS,
  Valkey: REDIS_PORTS,
  Memcached: {
    listeners: [{ port: 11211, settings: ['p', 'port'], hosts: ['l', 'listen'] }],
    isComplete: true,
  },
  PostgreSQL: {
    listeners: [
      { port: 5432, settings: ['p', 'port', 'pgport'], hosts: ['h', 'listen_addresses', 'listen-addresses'] },
    ],
    isComplete: true,
  },
  MySQL: { listeners: [MYSQL_PORT] },
  MariaDB: { listeners: [MYSQL_PORT], isComplete: true },
  MongoDB: {
    listeners: [{ port: 27017, settings: ['port', 'configsvr', 'shardsvr'], hosts: ['bind_ip', 'bind_ip_all'] }],
    isComplete: true,
  },
  RabbitMQ: { listeners: [{ port: 5672 }, { port: 15692 }] },
  NATS: { listeners: [{ port: 4222, settings: ['p', 'port'], hosts: ['a', 'addr', 'net'] }] },
  Cassandra: { listeners: [{ port: 9042 }, { port: 7000 }] },
  ZooKeeper: {
    listeners: [{ port: 2181 }, { port: 8080, settings: ['zoo_adminserver_enabled', 'zoo_cfg_extra', 'jvmflags'] }],
  },
  Kong: {
    listeners: [{ port: 8000 }, { port: 8443 }, { port: 8001, isLoopback: true }, { port: 8444, isLoopback: true }],
  },
  'OAuth2 Proxy': {
    listeners: [{ port: 4180, isLoopback: true, settings: ['http-address', 'oauth2_proxy_http_address'] }],
    isComplete: true,
  },
  'Open Policy Agent': { listeners: [{ port: 8181, settings: ['addr', 'a'] }], isByFlags: true },
  Dapr: {
    listeners: [
      { port: 3500, settings: ['dapr-http-port'], hosts: ['dapr-listen-addresses'] },
      { port: 50001, settings: ['dapr-grpc-port'], hosts: ['dapr-listen-addresses'] },
    ],
    isByFlags: true,
  },
  Loki: { listeners: [{ port: 3100, settings: ['server.http-listen-port'] }] },
  Jaeger: { listeners: [{ port: 16686 }, ...JAEGER_OTLP] },
  'Datadog Agent': {
    listeners: [{ port: 8125, protocol: 'UDP', settings: ['dd_dogstatsd_port', 'dd_use_dogstatsd'] }],
  },
  cAdvisor: {
    listeners: [{ port: 8080, settings: ['port'], hosts: ['listen_ip'] }],
    isByFlags: true,
    isComplete: true,
  },
  'Istio proxy': {
    listeners: [{ port: 15000, isLoopback: true }, ...[15001, 15006, 15020, 15021, 15090].map((port) => ({ port }))],
    isByFlags: true,
  },
  'k8s-sidecar': { listeners: [{ port: 8080, settings: ['health_port'], tags: /^v?[2-9]/ }], isByFlags: true },
  'configmap-reload': listWebPort(9533, 'listen-address'),
  'Grafana Alloy': {
    listeners: [{ port: 12345, isLoopback: true, settings: ['server.http.listen-addr'] }],
    isByFlags: true,
  },
  Prometheus: listWebPort(9090),
  Alertmanager: {
    listeners: [
      { port: 9093, settings: [WEB] },
      { port: 9094, settings: ['cluster.listen-address'] },
    ],
    isByFlags: true,
  },
  Pushgateway: listWebPort(9091),
  'kube-state-metrics': {
    listeners: [
      { port: 8080, settings: ['port', 'config'] },
      { port: 8081, settings: ['telemetry-port', 'config'] },
    ],
    isByFlags: true,
  },
  'Node exporter': listWebPort(9100),
  'Blackbox exporter': listWebPort(9115),
  'MySQL exporter': listWebPort(9104),
  'Memcached exporter': listWebPort(9150),
  'MongoDB exporter': listWebPort(9216),
  'Kafka exporter': listWebPort(9308),
  'Elasticsearch exporter': listWebPort(9114),
  'NATS exporter': { listeners: [{ port: 7777, settings: ['p', 'port'] }], isByFlags: true },
  'NGINX Prometheus Exporter': listWebPort(9113, 'listen_address'),
  'Redis exporter': listWebPort(9121, 'redis_exporter_web_listen_address'),
  'PostgreSQL exporter': listWebPort(9187, 'pg_exporter_web_listen_address'),
  'StatsD exporter': {
    listeners: [
      { port: 9102, settings: [WEB] },
      { port: 9125, settings: ['statsd.listen-tcp'] },
      { port: 9125, protocol: 'UDP', settings: ['statsd.listen-udp'] },
    ],
    isByFlags: true,
  },
  Thanos: {
    listeners: [
      { port: 10901, settings: ['grpc-address'] },
      { port: 10902, settings: ['http-address'] },
    ],
    isByFlags: true,
  },
};
