import { EnvValue, Protocol } from 'cdk8s-plus-28';
import {
  addExporter,
  assertAddress,
  type ExporterDefaults,
  type ExporterOptions,
  exporterContainer,
  observed,
} from '../../../src/companions/kit/exporter';
import { MultiContainerPod, SidecarMode } from '../../../src/index';
import { APP, container, manifests, newChart, newDeployment } from '../../support';

const DEFAULTS: ExporterDefaults = {
  kind: 'AppExporter',
  name: 'app-exporter',
  image: { image: 'acme/exporter:1.0.0', user: 2000, port: 9100 },
  cpuMillis: 10,
  memoryMebibytes: 32,
  livenessPath: '/health',
};

const of = (options: ExporterOptions = {}) => exporterContainer(options, DEFAULTS, ['--app=here', '--no-noise']);

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
    ['--app=there', 'argument "--app" of "app-exporter" is set by the companion itself; leave it out, or use its prop'],
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
    expect(() => of({ args: [arg!] })).toThrow(new Error(`[AppExporter] ${text}`));
  });
});

describe('what an exporter observes', () => {
  test('is the one TCP port of the main container', () => {
    const { pod } = podOf([6379, 'redis']);
    pod.network.claim({ container: 'app', port: 53, protocol: Protocol.UDP });
    pod.addSidecar({ name: 'other', image: 'a:1', user: 1, ports: [{ number: 9000 }] });
    expect(observed(pod, 'exporter', 'address').address).toBe('localhost:6379');
  });

  test('is the port of a name, of any container and on any interface', () => {
    const { pod } = podOf([8080], [8443]);
    pod.network.claim({ container: 'app', port: 8081, name: 'status', loopback: true });
    expect(observed(pod, 'exporter', 'address', 'status').url).toBe('http://127.0.0.1:8081');
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
    expect(() => observed(podOf(...ports).pod, 'exporter', 'address', targetPort)).toThrow(
      new Error(`[shop/web] ${text}`),
    );
  });
});

test.each(['localhost:5432', 'db.shop:1', '[::1]:6379'])('"%s" is an address', (address) => {
  expect(() => assertAddress('AppExporter', 'exporter', { address })).not.toThrow();
});

test.each(['localhost', ':5432', 'redis://localhost:6379', 'me:x@db:5432', 'db:5432/shop', 'a b:1'])(
  'fails with "%s", which is no address',
  (address) => {
    expect(() => assertAddress('AppExporter', 'exporter', { address })).toThrow(
      new Error(
        `[AppExporter] \`address\` "${address}" of "exporter" is not a host and a port; write them as in "localhost:5432"`,
      ),
    );
  },
);

test('fails with both an address and a port of the pod', () => {
  expect(() => assertAddress('AppExporter', 'exporter', { address: 'db:1', targetPort: 'db' })).toThrow(
    new Error('[AppExporter] `address` and `targetPort` of "exporter" are both given; pass one of them'),
  );
});
