/**
 * An image that this library runs unless told otherwise, with what its own documentation says of it. The comments are read by
 * Renovate, as `renovate.json` tells it.
 */
export interface Image {
  /** Name with registry and exact tag. */
  readonly image: string;
  /** Numeric UID that it runs as. */
  readonly user: number;
  /** Numeric GID that it runs as, where it is not the primary group of the user in the image. */
  readonly group?: number;
  /** Port it listens on, where it has one. */
  readonly port?: number;
  /** Directories that it must be able to write to. */
  readonly writableDirectories?: readonly string[];
}

/** The unprivileged build of nginx: UID 101, port 8080, PID file and temporary files in /tmp. */
export const NGINX: Image = {
  // renovate: datasource=docker
  image: 'docker.io/nginxinc/nginx-unprivileged:1.30.5',
  user: 101,
  port: 8080,
  writableDirectories: ['/tmp'],
};

/** Distroless and without a user of its own: any UID will do. */
export const FLUENT_BIT: Image = {
  // renovate: datasource=docker
  image: 'cr.fluentbit.io/fluent/fluent-bit:5.1.2',
  user: 10001,
  port: 2020,
};

/** The same release on Debian, with a shell and `sleep`. */
export const FLUENT_BIT_DEBUG: Image = { ...FLUENT_BIT, image: `${FLUENT_BIT.image}-debug` };

/** A shell and the tools to rotate files, for any UID. */
export const BUSYBOX: Image = {
  // renovate: datasource=docker
  image: 'docker.io/library/busybox:1.37.0',
  user: 10001,
};

/** Distroless, without a user of its own; the port is that of its API. */
export const VECTOR: Image = {
  // renovate: datasource=docker versioning=regex:^(?<major>\d+)\.(?<minor>\d+)\.(?<patch>\d+)-distroless-static$
  image: 'docker.io/timberio/vector:0.58.0-distroless-static',
  user: 10001,
  port: 8686,
};

/** The same release on Alpine, with a shell and `sleep`. */
export const VECTOR_ALPINE: Image = { ...VECTOR, image: VECTOR.image.replace('distroless-static', 'alpine') };

/** From scratch; the port is that of the health_check extension. */
export const OTEL_COLLECTOR: Image = {
  // renovate: datasource=docker
  image: 'docker.io/otel/opentelemetry-collector-contrib:0.165.0',
  user: 10001,
  port: 13133,
};

/** On Debian; the port is that of monitor_agent. */
export const FLUENTD: Image = {
  // renovate: datasource=docker versioning=regex:^v(?<major>\d+)\.(?<minor>\d+)\.(?<patch>\d+)-debian-(?<build>\d+)\.\d+$
  image: 'docker.io/fluent/fluentd:v1.19.3-debian-2.2',
  user: 999,
  port: 24220,
  writableDirectories: ['/tmp'],
};

/** The port is that of its HTTP endpoint, which is off unless asked for. */
export const FILEBEAT: Image = {
  // renovate: datasource=docker
  image: 'docker.elastic.co/beats/filebeat:9.5.4',
  user: 1000,
  port: 5066,
};

/** The image starts as root; it brings the user `alloy` for those who do not want that. */
export const ALLOY: Image = {
  // renovate: datasource=docker
  image: 'docker.io/grafana/alloy:v1.18.1',
  user: 473,
  group: 473,
  port: 12345,
};

/** Distroless; the port is that of its health checks. */
export const CLOUD_SQL_PROXY: Image = {
  // renovate: datasource=docker
  image: 'gcr.io/cloud-sql-connectors/cloud-sql-proxy:2.28.0',
  user: 65532,
  port: 9090,
};

/** On Alpine, with a shell and `pg_isready`; its user is the name `postgres`. */
export const PGBOUNCER: Image = {
  // renovate: datasource=docker versioning=regex:^v(?<major>\d+)\.(?<minor>\d+)\.(?<patch>\d+)-p(?<build>\d+)$
  image: 'docker.io/edoburu/pgbouncer:v1.26.0-p0',
  user: 70,
  port: 5432,
};

/** Distroless, on the base image of the user 65532; the port is the one that the image exposes. */
export const ENVOY: Image = {
  // renovate: datasource=docker versioning=regex:^distroless-v(?<major>\d+)\.(?<minor>\d+)\.(?<patch>\d+)$
  image: 'docker.io/envoyproxy/envoy:distroless-v1.38.4',
  user: 65532,
  port: 10000,
};

/** Its user is the name `haproxy`; the port is the usual one of its own pages, and taken for health checks. */
export const HAPROXY: Image = {
  // renovate: datasource=docker
  image: 'docker.io/library/haproxy:3.4.6',
  user: 99,
  port: 8404,
};

/** Distroless, on the base image of the user 65532. */
export const OAUTH2_PROXY: Image = {
  // renovate: datasource=docker
  image: 'quay.io/oauth2-proxy/oauth2-proxy:v7.15.6',
  user: 65532,
  port: 4180,
};

/** The same release on Alpine, with a shell and `sleep`, and without a user of its own. */
export const OAUTH2_PROXY_ALPINE: Image = { ...OAUTH2_PROXY, image: `${OAUTH2_PROXY.image}-alpine` };

/** From scratch; its user and group are numbers. */
export const NGINX_EXPORTER: Image = {
  // renovate: datasource=docker
  image: 'docker.io/nginx/nginx-prometheus-exporter:1.5.3',
  user: 1001,
  port: 9113,
};

/** From scratch; its user and group are numbers. */
export const REDIS_EXPORTER: Image = {
  // renovate: datasource=docker
  image: 'docker.io/oliver006/redis_exporter:v1.88.0',
  user: 59000,
  port: 9121,
};

/** Its user is the name `nobody`. */
export const POSTGRES_EXPORTER: Image = {
  // renovate: datasource=docker
  image: 'quay.io/prometheuscommunity/postgres-exporter:v0.20.1',
  user: 65534,
  port: 9187,
};

/** On busybox; the port is that of its metrics. It takes StatsD on 9125, over UDP and TCP. */
export const STATSD_EXPORTER: Image = {
  // renovate: datasource=docker
  image: 'quay.io/prometheus/statsd-exporter:v0.31.0',
  user: 65534,
  port: 9102,
};

/** With a home directory in /tmp. */
export const GIT_SYNC: Image = {
  // renovate: datasource=docker
  image: 'registry.k8s.io/git-sync/git-sync:v4.7.1',
  user: 65533,
  group: 65533,
  writableDirectories: ['/tmp'],
};

/** From scratch; the port is that of its metrics. */
export const CONFIGMAP_RELOAD: Image = {
  // renovate: datasource=docker
  image: 'ghcr.io/jimmidyson/configmap-reload:v0.15.0',
  user: 65534,
  port: 9533,
};

/** The UID and GID are those of the user `vault` of the image. */
export const VAULT: Image = {
  // renovate: datasource=docker
  image: 'docker.io/hashicorp/vault:2.0.4',
  user: 100,
  group: 1000,
};
