import { readFileSync } from 'node:fs';
import { getObject, kubectl } from './kubectl';
import { CLUSTER_FILE, EXAMPLES, PROGRAMS_NAMESPACE } from './places';
import type { Pod } from './pods';
import { RESTRICTED_CONTAINER, RESTRICTED_POD } from './security';
import { waitFor } from './wait';

/** What an image turned out to be when it was asked for its version. */
export interface KnownImage {
  readonly reference: string;
  /** The software in it, by the name that tests use. */
  readonly software: Software;
  readonly kind: 'as named' | 'other version' | 'stand-in' | 'not to be had';
  readonly answer: string;
}

/** How the software of each image is asked for its version, and what the real one answers. */
const QUESTIONS = {
  'fluent-bit': {
    image: /\/fluent-bit:/,
    ask: ['/fluent-bit/bin/fluent-bit', '--version'],
    answer: /Fluent Bit v(\S+)/,
  },
  // The newest, whose shell treats a trap differently from those before.
  'newest-busybox': { image: /\/busybox:1\.38\./, ask: ['busybox'], answer: /BusyBox v(\S+)/ },
  nginx: { image: /\/nginx-unprivileged:/, ask: ['nginx', '-v'], answer: /nginx\/(\S+)/ },
  busybox: { image: /\/busybox:/, ask: ['busybox'], answer: /BusyBox v(\S+)/ },
  vector: { image: /\/vector:/, ask: ['/usr/local/bin/vector', '--version'], answer: /^vector (\S+)/ },
  otelcol: { image: /\/opentelemetry-collector/, ask: ['/otelcol-contrib', '--version'], answer: /version v?(\S+)/ },
  fluentd: { image: /\/fluentd:/, ask: ['fluentd', '--version'], answer: /fluentd (\S+)/ },
  filebeat: {
    image: /\/filebeat:/,
    ask: ['/usr/share/filebeat/filebeat', 'version'],
    answer: /filebeat version (\S+)/,
  },
  alloy: { image: /\/alloy:/, ask: ['/bin/alloy', '--version'], answer: /alloy, version v?(\S+)/ },
  'cloud-sql-proxy': { image: /\/cloud-sql-proxy:/, ask: ['/cloud-sql-proxy', '--version'], answer: /version (\S+)/ },
  pgbouncer: { image: /\/pgbouncer:/, ask: ['pgbouncer', '--version'], answer: /PgBouncer (\S+)/i },
  envoy: { image: /\/envoy:/, ask: ['/usr/local/bin/envoy', '--version'], answer: /\/(\d+\.\d+\.\d+)\// },
  haproxy: { image: /\/haproxy:/, ask: ['haproxy', '-v'], answer: /HAProxy version (\S+)/ },
  'oauth2-proxy': { image: /\/oauth2-proxy:/, ask: ['/bin/oauth2-proxy', '--version'], answer: /oauth2-proxy v?(\S+)/ },
  'nginx-exporter': {
    image: /\/nginx-prometheus-exporter:/,
    ask: ['/usr/bin/nginx-prometheus-exporter', '--version'],
    answer: /version (\S+)/,
  },
  'redis-exporter': { image: /\/redis_exporter:/, ask: ['/redis_exporter', '--version'], answer: /v(\d+\.\S+)/ },
  'postgres-exporter': {
    image: /\/postgres-exporter:/,
    ask: ['/bin/postgres_exporter', '--version'],
    answer: /version (\d\S+)/,
  },
  'statsd-exporter': {
    image: /\/statsd-exporter:/,
    ask: ['/bin/statsd_exporter', '--version'],
    answer: /version (\S+)/,
  },
  'git-sync': { image: /\/git-sync:/, ask: ['/git-sync', '--version'], answer: /v(\d\S+)/ },
  // It tells no version: its own flags are all that shows what it is.
  'configmap-reload': { image: /\/configmap-reload:/, ask: ['/configmap-reload', '--help'], answer: /(-webhook-url)/ },
  vault: { image: /\/vault:/, ask: ['vault', 'version'], answer: /Vault v(\S+)/ },
  redis: { image: /\/redis:/, ask: ['redis-server', '--version'], answer: /v=(\S+)/ },
  postgres: { image: /\/postgres:/, ask: ['postgres', '--version'], answer: /PostgreSQL\) (\S+)/ },
} as const;

export type Software = keyof typeof QUESTIONS;

/** A node may have to pull the image first. */
const SECONDS_TO_ANSWER = 600;
/** A registry may fail once. */
const SECONDS_TO_PULL = 60;

/** The image of `newest-busybox`, which no example runs. */
export const NEWEST_BUSYBOX = 'docker.io/library/busybox:1.38.0';

/** The images of published software that the examples, the sample app and the tests run, each once. */
export function listSoftwareImages(): readonly { readonly reference: string; readonly software: Software }[] {
  const references = new Set([NEWEST_BUSYBOX]);
  for (const file of EXAMPLES) {
    for (const [, reference] of readFileSync(file, 'utf8').matchAll(/^ +(?:- )?image: (\S+)$/gm)) {
      references.add(reference!);
    }
  }
  return [...references].sort().flatMap((reference) => {
    const software = (Object.keys(QUESTIONS) as Software[]).find((name) => QUESTIONS[name].image.test(reference));
    return software === undefined ? [] : [{ reference, software }];
  });
}

/** Asks each image for its version, in a pod of its own. */
export async function askImages(): Promise<readonly KnownImage[]> {
  const images = listSoftwareImages();
  const pods = images.map(({ reference, software }, index) =>
    toQuestion(`asks-${index}-${software}`, reference, software),
  );
  await kubectl(['delete', 'pods', '--namespace', PROGRAMS_NAMESPACE, '--selector', 'asks=version', '--wait=true']);
  await kubectl(['apply', '--filename', '-'], {
    input: JSON.stringify({ apiVersion: 'v1', kind: 'List', items: pods }),
  });
  const ended = await waitFor(
    'answers of all images',
    async () => {
      const list = await getObject<{ items: Pod[] }>(['pods', '-n', PROGRAMS_NAMESPACE, '-l', 'asks=version']);
      return list.items.every((pod) => /Succeeded|Failed/.test(pod.status.phase) || isMissing(pod)) && list.items;
    },
    SECONDS_TO_ANSWER + 60,
  );
  return Promise.all(
    images.map(async ({ reference, software }, index) => {
      const pod = ended.find(({ metadata }) => metadata.name === `asks-${index}-${software}`)!;
      return isMissing(pod)
        ? { reference, software, kind: 'not to be had' as const, answer: '' }
        : toKnownImage(reference, software, await readAnswer(pod.metadata.name));
    }),
  );
}

/** What the setup found out about the cluster. */
export interface KnownCluster {
  /** `34` of Kubernetes 1.34. */
  readonly minorVersion: number;
  readonly images: readonly KnownImage[];
}

export function readMinorVersion(): number {
  return readKnownCluster().minorVersion;
}

/** Of some software those that are not real here, so that nothing can be proved about them. */
export function listUnproved(software: readonly Software[]): readonly Software[] {
  const known = readKnownCluster().images;
  return software.filter((name) => known.some((image) => image.software === name && isStandIn(image)));
}

/** The version that some software told when it was asked. */
export function findVersion(software: Software): string {
  return readKnownCluster().images.find((image) => image.software === software)?.answer ?? '';
}

export function isStandIn({ kind }: KnownImage): boolean {
  return kind === 'stand-in' || kind === 'not to be had';
}

/** The table that a run begins with. */
export function describeImages(images: readonly KnownImage[]): string {
  return images.map(({ reference, kind, answer }) => `  ${kind.padEnd(13)}  ${reference}  (${answer})`).join('\n');
}

function toQuestion(name: string, image: string, software: Software): object {
  const securityContext = { ...RESTRICTED_POD, ...RESTRICTED_CONTAINER, runAsUser: 10001 };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: PROGRAMS_NAMESPACE, labels: { asks: 'version' } },
    spec: {
      restartPolicy: 'Never',
      activeDeadlineSeconds: SECONDS_TO_ANSWER,
      automountServiceAccountToken: false,
      terminationGracePeriodSeconds: 1,
      containers: [{ name: 'software', image, command: QUESTIONS[software].ask, securityContext }],
    },
  };
}

function isMissing(pod: Pod): boolean {
  const age = (Date.now() - Date.parse(pod.metadata.creationTimestamp)) / 1000;
  return (
    age > SECONDS_TO_PULL &&
    (pod.status.containerStatuses ?? []).some(({ state }) => /Image/.test(state.waiting?.reason ?? ''))
  );
}

async function readAnswer(pod: string): Promise<string> {
  const { stdout } = await kubectl(['logs', '-n', PROGRAMS_NAMESPACE, pod], { mayFail: true });
  return stdout;
}

function toKnownImage(reference: string, software: Software, printed: string): KnownImage {
  const version = QUESTIONS[software].answer.exec(printed)?.[1];
  if (version === undefined) {
    return { reference, software, kind: 'stand-in', answer: printed.split('\n')[0]!.slice(0, 60) };
  }
  const named = software === 'configmap-reload' || reference.split(':')[1]!.includes(toNumbers(version));
  return { reference, software, kind: named ? 'as named' : 'other version', answer: version };
}

/** `1.26.0` of `1.26.0-debian+abc`. */
function toNumbers(version: string): string {
  return /\d+(?:\.\d+)*/.exec(version)?.[0] ?? version;
}

function readKnownCluster(): KnownCluster {
  return JSON.parse(readFileSync(CLUSTER_FILE, 'utf8'));
}
