import type { ImageFacts } from './known-images';

const EVERY = /(?:)/;

/** An image that starts as root and has a shell, and that runs what its arguments name. */
const ROOT = { user: 'root', tagsWithShell: EVERY, runsArguments: true } as const;

/** The official images of Docker Hub. From their image definitions. */
export const OFFICIAL_IMAGES: readonly ImageFacts[] = [
  {
    ...ROOT,
    repositories: [
      ...['almalinux', 'alpine', 'amazonlinux', 'archlinux', 'busybox', 'centos', 'debian', 'fedora', 'oraclelinux'],
      ...['rockylinux', 'ubuntu', 'bash', 'buildpack-deps', 'docker', 'amazoncorretto', 'composer', 'eclipse-temurin'],
      ...['gcc', 'golang', 'maven', 'node', 'openjdk', 'perl', 'python', 'ruby', 'rust', 'clojure', 'elixir', 'erlang'],
      ...['gradle', 'haskell', 'swift', 'ghost', 'couchdb', 'neo4j', 'mongo-express', 'registry'],
    ],
  },
  {
    ...ROOT,
    repositories: ['php'],
    listeners: [
      { port: 80, tags: /apache/ },
      { port: 9000, tags: /fpm/ },
    ],
  },
  {
    ...ROOT,
    repositories: ['wordpress', 'drupal', 'joomla', 'nextcloud', 'phpmyadmin', 'phpmyadmin/phpmyadmin'],
    listeners: [
      { port: 80, tags: /^(?!.*(fpm|cli))/ },
      { port: 9000, tags: /fpm/ },
    ],
  },
  { ...ROOT, software: 'tomcat', repositories: ['tomcat'] },
  {
    ...ROOT,
    software: 'nginx',
    repositories: ['nginx'],
    writableDirectories: ['/var/cache/nginx', '/run'],
    listeners: [{ port: 80 }],
  },
  { ...ROOT, software: 'httpd', repositories: ['httpd'] },
  { ...ROOT, software: 'caddy', repositories: ['caddy'] },
  { software: 'traefik', repositories: ['traefik'], user: 'root', runsArguments: true },
  { ...ROOT, software: 'haProxy', repositories: ['haproxy'], user: 'haproxy' },
  { ...ROOT, software: 'fluentd', repositories: ['fluentd'], user: 'fluent', writableDirectories: ['/tmp'] },
  { software: 'telegraf', repositories: ['telegraf'], user: 'root', tagsWithShell: EVERY, runsArguments: true },
  { ...ROOT, software: 'redis', repositories: ['redis'] },
  { ...ROOT, software: 'postgres', repositories: ['postgres'] },
  { ...ROOT, software: 'mysql', repositories: ['mysql'] },
  { ...ROOT, software: 'mariaDb', repositories: ['mariadb'] },
  { ...ROOT, software: 'mongo', repositories: ['mongo'] },
  { ...ROOT, software: 'rabbitMq', repositories: ['rabbitmq'] },
  { ...ROOT, software: 'memcached', repositories: ['memcached'], user: 'memcache' },
  { ...ROOT, software: 'cassandra', repositories: ['cassandra'] },
  { ...ROOT, software: 'zookeeper', repositories: ['zookeeper'] },
  { ...ROOT, software: 'kong', repositories: ['kong'], user: 'kong' },
  { software: 'nats', repositories: ['nats'], user: 'root', tagsWithShell: /alpine/, runsArguments: true },
];
