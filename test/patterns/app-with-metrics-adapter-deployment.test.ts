import { Duration } from 'cdk8s';
import {
  AppWithMetricsAdapterDeployment,
  type ICompanion,
  NginxExporter,
  RedisExporter,
  Sidecar,
  StatsdExporter,
} from '../../src';
import { describePattern } from '../pattern-contract';
import { container, deepFreeze, manifests, newChart, podTemplate } from '../support';

const APP = deepFreeze({ name: 'checkout', image: 'acme/checkout:1.0.0', user: 1000, port: 8080 });

describePattern('AppWithMetricsAdapterDeployment', {
  build: (scope, props) =>
    new AppWithMetricsAdapterDeployment(scope, 'web', { app: APP, adapter: new StatsdExporter(), ...props }),
  prop: ['app', 'application'],
  main: 'checkout',
  companions: ['statsd-exporter'],
  parts: ['app', 'adapter'],
  servedPort: 8080,
  scales: true,
});

/** A Deployment "shop/web" of the application with this adapter. */
function observe(adapter: ICompanion) {
  const chart = newChart();
  return { chart, pattern: new AppWithMetricsAdapterDeployment(chart, 'web', { app: APP, adapter }) };
}

const sidecar = (...names: (string | undefined)[]) =>
  new Sidecar({
    name: 'adapter',
    image: 'acme/adapter:1.0.0',
    user: 2000,
    ports: names.map((name, index) => ({ number: 9000 + index, name })),
  });

test('the application finds its adapter', () => {
  const { chart } = observe(new StatsdExporter());
  expect(container(chart, 'checkout').env).toEqual([
    { name: 'STATSD_HOST', value: '127.0.0.1' },
    { name: 'STATSD_PORT', value: '9125' },
  ]);
});

test('nothing is said to Prometheus that was not asked for', () => {
  expect(manifests(observe(new StatsdExporter()).chart, 'PodMonitor')).toEqual([]);
});

test.each<[string, string, () => ICompanion]>([
  ['a StatsdExporter', 'metrics', () => new StatsdExporter()],
  ['a RedisExporter', 'metrics', () => new RedisExporter()],
  [
    'an NginxExporter with a port of another name',
    'nginx-metrics',
    () => new NginxExporter({ scrapeUrl: 'http://localhost:8080/status', portName: 'nginx-metrics' }),
  ],
  ['one named port of an adapter of your own', 'telemetry', () => sidecar('telemetry', undefined)],
  ['the port for metrics among others', 'metrics', () => sidecar('admin', 'metrics')],
])('the Prometheus operator scrapes %s', (_, port, adapter) => {
  const { chart, pattern } = observe(adapter());
  const monitor = pattern.monitor({ interval: Duration.seconds(30), labels: { release: 'prometheus' } });
  expect(pattern.monitor({ interval: Duration.seconds(30) })).toBe(monitor);
  const [{ spec, metadata }] = manifests(chart, 'PodMonitor');
  expect(metadata.labels).toEqual({ release: 'prometheus' });
  expect(spec.podMetricsEndpoints).toEqual([{ port, path: '/metrics', interval: '30s' }]);
  expect(podTemplate(chart).metadata?.labels).toMatchObject(spec.selector.matchLabels);
});

test.each<[string, string, () => ICompanion]>([
  ['without a named port', 'no named port', () => sidecar(undefined)],
  ['of several ports', 'several ports', () => sidecar('admin', 'telemetry')],
])('fails to monitor an adapter %s', (_, what, adapter) => {
  const { pattern } = observe(adapter());
  const ports = what === 'several ports' ? ' (ports: admin, telemetry)' : '';
  expect(() => pattern.monitor()).toThrow(
    new Error(
      `[shop/web] the adapter has ${what} that Prometheus could scrape; name one "metrics", or call \`pod.monitor\`${ports}`,
    ),
  );
});
