import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { kubectl } from './kubectl';
import { Namespace } from './namespace';
import { METADATA_ADDRESS } from './node';
import { PROGRAMS_IMAGE, PROGRAMS_NAMESPACE, STATE } from './places';
import { PROGRAMS_USER, RESTRICTED_CONTAINER, RESTRICTED_POD } from './security';

/** A program of the suite that other pods talk to. */
export interface Server {
  readonly name: string;
  readonly args: readonly string[];
  /** The Services that lead to it: of each the ports, and what they lead to. */
  readonly services: Readonly<Record<string, Readonly<Record<number, number>>>>;
  /** Whether its Services are names of its pods. */
  readonly headless?: boolean;
  readonly image?: string;
  readonly command?: readonly string[];
  /** Files by path, that it finds below `/config`. */
  readonly files?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  /** The program of the suite in a volume, for an image that has other programs: at `/programs/programs`. */
  readonly withPrograms?: boolean;
  readonly user?: number;
  /** Directories that it writes besides `/tmp`. */
  readonly writableDirectories?: readonly string[];
}

const CERTIFICATE = ['--cert', '/tls/tls.crt', '--key', '/tls/tls.key'];

/** Takes what log agents send, and counts it. */
export const RECEIVER_SERVER: Server = {
  name: 'receiver',
  args: ['receive', '--listen', ':8080', '--tls-listen', ':8443', ...CERTIFICATE],
  services: {},
};

/** What a namespace of the servers holds; the names are those that the examples talk to. */
const SERVERS: Readonly<Record<string, readonly Server[]>> = {
  logging: [
    {
      ...RECEIVER_SERVER,
      services: {
        receiver: { 8080: 8080 },
        loki: { 3100: 8080 },
        elastic: { 9200: 8443 },
        elasticsearch: { 9200: 8443 },
      },
    },
    {
      name: 'fluentd',
      image: 'cr.fluentbit.io/fluent/fluent-bit:5.1.2',
      command: ['/fluent-bit/bin/fluent-bit'],
      args: ['-c', '/config/fluent-bit.yaml'],
      services: { fluentd: { 24224: 24224 } },
      files: {
        'fluent-bit.yaml': `service: { flush: 0.2 }
pipeline:
  inputs:
    - name: forward
      listen: 0.0.0.0
      port: 24224
      shared_key: forward-key
      self_hostname: fluentd.logging
      tls: on
      tls.crt_file: /tls/tls.crt
      tls.key_file: /tls/tls.key
  outputs:
    - { name: http, match: '*', host: receiver.logging, port: 8080, uri: /forwarded, format: json }
`,
      },
    },
  ],
  observability: [
    {
      name: 'collector',
      image: 'docker.io/otel/opentelemetry-collector-contrib:0.165.0',
      args: ['--config', '/config/config.yaml'],
      services: { collector: { 4317: 4317 } },
      files: {
        'config.yaml': `receivers: { otlp: { protocols: { grpc: { endpoint: 0.0.0.0:4317 } } } }
exporters: { otlp_http: { endpoint: 'http://receiver.logging:8080', compression: none } }
service:
  pipelines:
    logs: { receivers: [otlp], exporters: [otlp_http] }
    traces: { receivers: [otlp], exporters: [otlp_http] }
`,
      },
    },
  ],
  // What the examples find outside of the cluster.
  internet: [
    { ...RECEIVER_SERVER, services: { receiver: { 8080: 8080 }, loki: { 443: 8443 } } },
    {
      name: 'issuer',
      args: ['issuer', '--listen', ':8443', ...CERTIFICATE],
      services: { id: { 443: 8443 }, login: { 443: 8443 } },
    },
    {
      name: 'git',
      image: 'registry.k8s.io/git-sync/git-sync:v4.7.1',
      command: ['/programs/programs'],
      args: [
        'git',
        '--listen',
        ':8443',
        ...CERTIFICATE,
        '--root',
        '/tmp/repositories',
        '--user',
        'reader',
        '--password',
        'git-password',
      ],
      services: { git: { 443: 8443 } },
      env: { HOME: '/tmp' },
      withPrograms: true,
    },
    { name: 'vault', args: ['vault', '--listen', ':8443', ...CERTIFICATE], services: { vault: { 8200: 8443 } } },
    {
      name: 'payments',
      args: ['receive', '--tls-listen', ':8443', ...CERTIFICATE],
      services: { payments: { 443: 8443 } },
    },
  ],
  warehouse: [{ name: 'stock', args: ['app', '--listen', ':9000'], services: { stock: { 9000: 9000 } } }],
};

/** Names outside of the cluster, and the Service that answers to each. */
const OUTSIDE: Readonly<Record<string, string>> = {
  'loki.example.com': 'loki',
  'id.example.com': 'id',
  'login.example.com': 'login',
  'git.example.com': 'git',
  'vault.example.com': 'vault',
  'api.payments.example.com': 'payments',
};

/** Starts all servers anew, so that none remembers an earlier run, and waits until they answer. */
export async function startServers(): Promise<void> {
  await Promise.all(
    Object.entries(SERVERS).map(async ([name, servers]) => {
      const namespace = await Namespace.create(name);
      await startServer(namespace, ...servers);
    }),
  );
}

/** Starts servers in a namespace. */
export async function startServer(namespace: Namespace, ...servers: readonly Server[]): Promise<void> {
  const read = (file: string) => readFileSync(join(STATE, 'pki', file), 'utf8');
  const files = ['ca.crt', 'tls.crt', 'tls.key'];
  await namespace.applySecret('server-tls', Object.fromEntries(files.map((file) => [file, read(file)])));
  await namespace.applyObjects(...servers.flatMap(toObjects));
  await Promise.all(servers.map(({ name }) => namespace.waitForRollout(`deployment/${name}`)));
}

/** Lines of `/etc/hosts` for the names outside of the cluster. */
export async function listOutsideNames(): Promise<readonly string[]> {
  const internet = new Namespace('internet');
  const lines = await Promise.all(
    Object.entries(OUTSIDE).map(async ([name, service]) => {
      const { spec } = await internet.get<{ spec: { clusterIP: string } }>('service', service);
      return `${spec.clusterIP} ${name}`;
    }),
  );
  return [...lines, `${METADATA_ADDRESS} metadata.google.internal`];
}

/** Starts the pod from which tests send requests, as a client in the cluster does. */
export async function startClient(): Promise<void> {
  const namespace = await Namespace.create(PROGRAMS_NAMESPACE);
  await startServer(namespace, { name: 'client', args: ['wait'], services: {}, env: { SSL_CERT_FILE: '/tls/ca.crt' } });
}

/** What an address in the cluster answers: its body, or nothing where it answers with an error. */
export async function requestInCluster(url: string): Promise<string | undefined> {
  const { stdout, code } = await runClient('get', url);
  return code === 0 ? stdout : undefined;
}

/** Runs a program of the suite in the cluster, beside all tests. */
export function runClient(...args: readonly string[]) {
  return kubectl(['exec', '-n', PROGRAMS_NAMESPACE, 'deployment/client', '--', '/programs', ...args], {
    mayFail: true,
  });
}

function toObjects(server: Server): object[] {
  const labels = { server: server.name };
  const config = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: server.name }, data: server.files ?? {} };
  const services = Object.entries(server.services).map(([name, ports]) => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name },
    spec: {
      selector: labels,
      ...(server.headless ? { clusterIP: 'None' } : {}),
      ports: Object.entries(ports).map(([port, targetPort]) => ({ name: `p${port}`, port: Number(port), targetPort })),
    },
  }));
  return [config, ...services, toDeployment(server, labels)];
}

function toSubPath(directory: string): string {
  return directory.slice(1).replaceAll('/', '-');
}

function toDeployment(server: Server, labels: Record<string, string>): object {
  const { user = PROGRAMS_USER } = server;
  const securityContext = { ...RESTRICTED_CONTAINER, readOnlyRootFilesystem: true };
  const programs = { name: 'programs', mountPath: '/programs' };
  const container = {
    name: server.name,
    image: server.image ?? PROGRAMS_IMAGE,
    imagePullPolicy: 'IfNotPresent',
    ...(server.command ? { command: server.command } : {}),
    args: server.args,
    env: Object.entries(server.env ?? {}).map(([name, value]) => ({ name, value })),
    resources: { requests: { cpu: '10m', memory: '32Mi' }, limits: { memory: '512Mi' } },
    securityContext,
    volumeMounts: [
      ...['/tmp', ...(server.writableDirectories ?? [])].map((mountPath) => ({
        name: 'tmp',
        mountPath,
        subPath: toSubPath(mountPath),
      })),
      { name: 'tls', mountPath: '/tls', readOnly: true },
      { name: 'config', mountPath: '/config', readOnly: true },
      ...(server.withPrograms ? [programs] : []),
    ],
  };
  const copy = {
    name: 'copy-programs',
    image: PROGRAMS_IMAGE,
    imagePullPolicy: 'IfNotPresent',
    args: ['copy', '/programs', '/copied/programs'],
    securityContext,
    volumeMounts: [{ name: 'programs', mountPath: '/copied' }],
  };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: server.name, labels },
    spec: {
      replicas: 1,
      selector: { matchLabels: labels },
      strategy: { type: 'Recreate' },
      template: {
        metadata: { labels },
        spec: {
          automountServiceAccountToken: false,
          terminationGracePeriodSeconds: 5,
          securityContext: { ...RESTRICTED_POD, runAsUser: user, runAsGroup: user, fsGroup: user },
          ...(server.withPrograms ? { initContainers: [copy] } : {}),
          containers: [container],
          volumes: [
            { name: 'tmp', emptyDir: {} },
            { name: 'tls', secret: { secretName: 'server-tls', defaultMode: 0o440 } },
            { name: 'config', configMap: { name: server.name } },
            ...(server.withPrograms ? [{ name: 'programs', emptyDir: {} }] : []),
          ],
        },
      },
    },
  };
}
