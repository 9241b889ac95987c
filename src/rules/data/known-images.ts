import { memoizeByText } from '../../private/memo';

/** Facts from the documentation of an image about a container that runs it unchanged. */
export interface KnownImage {
  /** The software, as people call it. */
  readonly software: string;
  /** Names of the image without registry, `library/` and tag. */
  readonly repositories: readonly string[];
  /** Purpose of the container. A log agent or exporter only looks on; a proxy or server takes requests. */
  readonly role: 'log agent' | 'proxy' | 'exporter' | 'web server' | 'helper';
  /** User that the image says it runs as: a UID, or a name, which the kubelet cannot tell from root. */
  readonly user: number | string;
  /** The tags that have a shell, `sleep` and the like. */
  readonly tagsWithShell: RegExp;
  /** Directories that it writes to. */
  readonly writableDirectories?: readonly string[];
  /** Ports that it opens unless told otherwise. */
  readonly listeners?: readonly KnownListener[];
  /** Pattern of the arguments or variables that may let a helper end by itself; nothing where its configuration may. */
  readonly endsBy?: RegExp;
  /** Seconds that it takes to end after SIGTERM at most, where its documentation says. */
  readonly stopSeconds?: number;
}

/** A port that software opens unless told otherwise. */
export interface KnownListener {
  readonly port: number;
  /** Whether only the containers of the pod reach it. */
  readonly isLoopback?: boolean;
  readonly protocol?: 'UDP';
  /** Flags without their dashes and variables, in lower case, that move it; nothing where it is not known which do. */
  readonly settings?: readonly string[];
}

const EVERY = /(?:)/;
const NONE = /(?!)/;

/** From the documentation and image definitions of each, as of 2026-08. */
export const KNOWN_IMAGES: readonly KnownImage[] = [
  {
    software: 'nginx',
    repositories: ['nginx'],
    role: 'web server',
    user: 'root',
    tagsWithShell: EVERY,
    writableDirectories: ['/var/cache/nginx', '/run'],
    listeners: [{ port: 80 }],
  },
  {
    software: 'nginx',
    repositories: ['nginxinc/nginx-unprivileged', 'nginx/nginx-unprivileged'],
    role: 'web server',
    user: 101,
    tagsWithShell: EVERY,
    writableDirectories: ['/tmp'],
    listeners: [{ port: 8080 }],
  },
  {
    software: 'Fluent Bit',
    repositories: ['fluent/fluent-bit'],
    role: 'log agent',
    user: 'root',
    tagsWithShell: /-debug$/,
    stopSeconds: 5,
  },
  {
    software: 'Fluentd',
    repositories: ['fluent/fluentd', 'fluentd'],
    role: 'log agent',
    user: 'fluent',
    tagsWithShell: EVERY,
    writableDirectories: ['/tmp'],
  },
  {
    software: 'Vector',
    repositories: ['timberio/vector'],
    role: 'log agent',
    user: 'root',
    tagsWithShell: /-(alpine|debian)$/,
    writableDirectories: ['/var/lib/vector'],
    stopSeconds: 60,
  },
  {
    software: 'OpenTelemetry Collector',
    repositories: [
      'otel/opentelemetry-collector',
      'otel/opentelemetry-collector-contrib',
      'open-telemetry/opentelemetry-collector-releases/opentelemetry-collector',
      'open-telemetry/opentelemetry-collector-releases/opentelemetry-collector-contrib',
    ],
    role: 'log agent',
    user: 10001,
    tagsWithShell: NONE,
  },
  {
    software: 'Filebeat',
    repositories: ['beats/filebeat', 'elastic/filebeat'],
    role: 'log agent',
    user: 'filebeat',
    tagsWithShell: EVERY,
    writableDirectories: ['/usr/share/filebeat/data', '/usr/share/filebeat/logs'],
  },
  {
    software: 'Grafana Alloy',
    repositories: ['grafana/alloy'],
    role: 'log agent',
    user: 'root',
    tagsWithShell: EVERY,
    writableDirectories: ['/var/lib/alloy/data'],
    listeners: [{ port: 12345, isLoopback: true }],
  },
  {
    software: 'Envoy',
    repositories: ['envoyproxy/envoy'],
    role: 'proxy',
    user: 'root',
    tagsWithShell: /^(?!.*distroless)/,
    listeners: [{ port: 10000 }],
  },
  {
    software: 'HAProxy',
    repositories: ['haproxy'],
    role: 'proxy',
    user: 'haproxy',
    tagsWithShell: EVERY,
  },
  {
    software: 'OAuth2 Proxy',
    repositories: ['oauth2-proxy/oauth2-proxy'],
    role: 'proxy',
    user: 65532,
    tagsWithShell: /-alpine$/,
    listeners: [{ port: 4180, isLoopback: true }],
  },
  {
    software: 'Cloud SQL Auth Proxy',
    repositories: ['cloud-sql-connectors/cloud-sql-proxy'],
    role: 'proxy',
    user: 65532,
    tagsWithShell: /-(alpine|bullseye|bookworm)$/,
  },
  {
    software: 'PgBouncer',
    repositories: ['edoburu/pgbouncer'],
    role: 'proxy',
    user: 'postgres',
    tagsWithShell: EVERY,
    writableDirectories: ['/etc/pgbouncer'],
    listeners: [{ port: 5432 }],
  },
  {
    software: 'NGINX Prometheus Exporter',
    repositories: ['nginx/nginx-prometheus-exporter', 'nginxinc/nginx-prometheus-exporter'],
    role: 'exporter',
    user: 1001,
    tagsWithShell: NONE,
    listeners: [{ port: 9113 }],
  },
  {
    software: 'Redis exporter',
    repositories: ['oliver006/redis_exporter'],
    role: 'exporter',
    user: 59000,
    tagsWithShell: /-alpine$/,
    listeners: [{ port: 9121 }],
  },
  {
    software: 'PostgreSQL exporter',
    repositories: ['prometheuscommunity/postgres-exporter'],
    role: 'exporter',
    user: 'nobody',
    tagsWithShell: EVERY,
    listeners: [{ port: 9187 }],
  },
  {
    software: 'StatsD exporter',
    repositories: ['prometheus/statsd-exporter', 'prom/statsd-exporter'],
    role: 'exporter',
    user: 65534,
    tagsWithShell: EVERY,
    listeners: [{ port: 9102 }, { port: 9125 }, { port: 9125, protocol: 'UDP' }],
  },
  {
    software: 'git-sync',
    repositories: ['git-sync/git-sync'],
    role: 'helper',
    endsBy: /one[-_]time/i,
    user: 65533,
    tagsWithShell: EVERY,
    writableDirectories: ['/tmp'],
  },
  {
    software: 'Vault',
    repositories: ['hashicorp/vault'],
    role: 'helper',
    user: 'root',
    tagsWithShell: EVERY,
  },
  {
    software: 'configmap-reload',
    repositories: ['jimmidyson/configmap-reload'],
    role: 'helper',
    endsBy: NONE,
    user: 65534,
    tagsWithShell: NONE,
    listeners: [{ port: 9533 }],
  },
  {
    software: 'Prometheus config reloader',
    repositories: ['prometheus-operator/prometheus-config-reloader'],
    role: 'helper',
    endsBy: /watch-interval/,
    user: 'nobody',
    tagsWithShell: EVERY,
  },
];

const BY_REPOSITORY = new Map(KNOWN_IMAGES.flatMap((image) => image.repositories.map((name) => [name, image])));

/** As many names are remembered as any app has images. */
const MAX_IMAGES = 1_000;

/** The documented facts about the image of this name; nothing where it is not known. */
export const findKnownImage = memoizeByText(
  (image): KnownImage | undefined => BY_REPOSITORY.get(toRepository(image)),
  MAX_IMAGES,
);

/** Whether containers of this image have a shell, as far as is known. */
export function hasShell(image: string): boolean | undefined {
  return findKnownImage(image)?.tagsWithShell.test(toTag(image));
}

/** The name without registry and tag. A name of one part is that of an official image on Docker Hub alone. */
function toRepository(image: string): string {
  const [first = '', ...rest] = image
    .replace(/@.*$/, '')
    .replace(/:[^/:]*$/, '')
    .split('/');
  const isRegistry = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost');
  const isDockerHub = !isRegistry || /^(index\.)?docker\.io$/.test(first);
  const name = (isRegistry ? rest : [first, ...rest]).join('/');
  return isDockerHub ? name.replace(/^library\//, '') : name.includes('/') ? name : image;
}

function toTag(image: string): string {
  return /:([^/:@]*)(?:@.*)?$/.exec(image)?.[1] ?? '';
}
