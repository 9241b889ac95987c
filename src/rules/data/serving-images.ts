import type { ImageFacts } from './known-images';

const EVERY = /(?:)/;
const NONE = /(?!)/;
/** Variants without a shell, of images that have one. */
const NOT_DISTROLESS = /^(?!.*distroless)/;

/** Images of servers, and of what applications are made of, that are no official images of Docker Hub. From the image definitions of each. */
export const SERVING_IMAGES: readonly ImageFacts[] = [
  { software: 'thanos', repositories: ['thanosio/thanos', 'thanos/thanos'], tagsWithShell: EVERY },
  {
    software: 'prometheus',
    repositories: ['prometheus/prometheus', 'prom/prometheus'],
    user: 'nobody',
    tagsWithShell: NOT_DISTROLESS,
  },
  {
    software: 'alertmanager',
    repositories: ['prometheus/alertmanager', 'prom/alertmanager'],
    user: 'nobody',
    tagsWithShell: NOT_DISTROLESS,
  },
  {
    software: 'pushgateway',
    repositories: ['prometheus/pushgateway', 'prom/pushgateway'],
    tagsWithShell: NOT_DISTROLESS,
  },
  { software: 'coreDns', repositories: ['coredns/coredns'], tagsWithShell: NONE },
  { software: 'metricsServer', repositories: ['metrics-server/metrics-server'], tagsWithShell: NONE },
  { software: 'grafana', repositories: ['grafana/grafana', 'grafana/grafana-oss'], user: 472, tagsWithShell: EVERY },
  { software: 'keycloak', repositories: ['keycloak/keycloak'], user: 1000 },
  { software: 'perses', repositories: ['persesdev/perses'] },
  { software: 'jenkins', repositories: ['jenkins/jenkins'], tagsWithShell: EVERY },
  { software: 'elasticsearch', repositories: ['elasticsearch/elasticsearch'], tagsWithShell: EVERY },
  { software: 'minio', repositories: ['minio/minio'] },
  { software: 'loki', repositories: ['grafana/loki'] },
  { software: 'jaeger', repositories: ['jaegertracing/all-in-one'] },
  { software: 'cAdvisor', repositories: ['cadvisor/cadvisor', 'google/cadvisor'], tagsWithShell: EVERY },
  {
    software: 'valkey',
    repositories: ['valkey/valkey'],
    user: 'root',
    tagsWithShell: EVERY,
    runsArguments: true,
  },
  {
    software: 'redis',
    repositories: ['bitnami/redis', 'bitnamilegacy/redis'],
    user: 1001,
    tagsWithShell: EVERY,
    runsArguments: true,
  },
  {
    software: 'valkey',
    repositories: ['bitnami/valkey', 'bitnamilegacy/valkey'],
    user: 1001,
    tagsWithShell: EVERY,
    runsArguments: true,
  },
  { repositories: ['hashicorp/consul'], user: 'root', tagsWithShell: EVERY },
  {
    repositories: ['dotnet/aspnet', 'dotnet/runtime', 'dotnet/runtime-deps', 'dotnet/sdk'],
    user: 'root',
    tagsWithShell: /^(?!.*(chiseled|distroless))/,
    runsArguments: true,
  },
  {
    repositories: ['ubi8/ubi', 'ubi9/ubi', 'ubi8/ubi-minimal', 'ubi9/ubi-minimal', 'redhat/ubi8', 'redhat/ubi9'],
    user: 'root',
    tagsWithShell: EVERY,
    runsArguments: true,
  },
];
