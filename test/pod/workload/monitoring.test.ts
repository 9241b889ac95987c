import { Chart, Duration, JsonPatch, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  FluentBit,
  FluentBitOutput,
  type MonitorOptions,
  MultiContainerPod,
  PodRules,
  WebWithLogAgentDeployment,
} from '../../../src/index';
import { schemaProblems } from '../../kubernetes-schema';
import { APP, manifests, newChart, newDeployment, podTemplate, WORKLOADS } from '../../support';

const { seconds } = Duration;

/** A pod that listens on "http", "metrics", "admin" for the pod alone, and "lines" over UDP. */
function compose() {
  const chart = newChart();
  const pod = MultiContainerPod.of(newDeployment(chart));
  pod.addSidecar({ name: 'agent', image: 'a:1', user: 2000, ports: [{ number: 9100, name: 'metrics' }] });
  pod.network.claim({ container: 'agent', port: 9101, name: 'admin', loopback: true });
  pod.network.claim({ container: 'agent', port: 9102, name: 'lines', protocol: kplus.Protocol.UDP });
  pod.network.claim({ container: 'agent', port: 9103 });
  return { chart, pod };
}

const podMonitors = (chart: Chart) => manifests(chart, 'PodMonitor');
const endpoints = (chart: Chart) => podMonitors(chart)[0].spec.podMetricsEndpoints;

describe.each(Object.keys(WORKLOADS))('the PodMonitor of a %s', (kind) => {
  test('finds its pods in their namespace, and is what Kubernetes and the rules take', () => {
    const chart = new Chart(Testing.app(), 'shop', { namespace: 'shop' });
    MultiContainerPod.of(WORKLOADS[kind]!(chart, { containers: [APP] })).monitor('http');
    const [monitor] = podMonitors(chart);
    expect(monitor.metadata.namespace).toBe('shop');
    const { matchLabels } = monitor.spec.selector;
    expect(Object.keys(matchLabels)).toEqual(['cdk8s.io/metadata.addr']);
    expect(podTemplate(chart).metadata?.labels).toMatchObject(matchLabels);
    expect(schemaProblems(monitor)).toEqual([]);
    expect(PodRules.check([monitor]).findings).toEqual([]);
  });
});

describe('a monitored pod', () => {
  test('is scraped at /metrics, as often as Prometheus scrapes', () => {
    const { chart, pod } = compose();
    const monitor = pod.monitor('metrics');
    expect(monitor.kind).toBe('PodMonitor');
    expect(endpoints(chart)).toEqual([{ port: 'metrics', path: '/metrics' }]);
  });

  test.each<[MonitorOptions, object]>([
    [{ path: '/api/v2/metrics/prometheus' }, { path: '/api/v2/metrics/prometheus' }],
    [{ interval: Duration.minutes(1) }, { interval: '60s' }],
    [
      { interval: seconds(30), scrapeTimeout: seconds(30) },
      { interval: '30s', scrapeTimeout: '30s' },
    ],
    [{ scrapeTimeout: Duration.millis(1500) }, { scrapeTimeout: '2s' }],
  ])('is scraped as told: %j', (options, expected) => {
    const { chart, pod } = compose();
    pod.monitor('metrics', options);
    expect(endpoints(chart)).toEqual([{ port: 'metrics', path: '/metrics', ...expected }]);
  });

  test('has one PodMonitor for all its ports, in whichever order they come', () => {
    const [{ chart, pod }, other] = [compose(), compose()];
    expect(pod.monitor('http', { labels: { a: '1' } })).toBe(pod.monitor('metrics', { labels: { release: 'x' } }));
    other.pod.monitor('metrics', { labels: { release: 'x' } });
    other.pod.monitor('http', { labels: { a: '1' } });
    expect(podMonitors(chart)).toEqual(podMonitors(other.chart));
    expect(endpoints(chart).map(({ port }: { port: string }) => port)).toEqual(['http', 'metrics']);
    expect(podMonitors(chart)[0].metadata.labels).toEqual({ a: '1', release: 'x' });
  });

  test('may be told twice, as long as both agree', () => {
    const { chart, pod } = compose();
    pod.monitor('metrics', { interval: seconds(60), labels: { release: 'prometheus' } });
    pod.monitor('metrics', { interval: Duration.minutes(1) });
    expect(endpoints(chart)).toHaveLength(1);
  });

  test('lets the PodMonitor be patched', () => {
    const { chart, pod } = compose();
    pod.monitor('metrics').addJsonPatch(JsonPatch.add('/spec/podTargetLabels', ['app']));
    expect(podMonitors(chart)[0].spec.podTargetLabels).toEqual(['app']);
  });

  test('has no PodMonitor where nobody asks for one', () => {
    expect(podMonitors(compose().chart)).toEqual([]);
  });

  test('keeps what it was told, whatever becomes of the options', () => {
    const { chart, pod } = compose();
    const options = { path: '/a', labels: { release: 'prometheus' } as { [name: string]: string } };
    pod.monitor('metrics', options);
    options.path = '/b';
    options.labels.release = 'other';
    expect(endpoints(chart)).toEqual([{ port: 'metrics', path: '/a' }]);
    expect(podMonitors(chart)[0].metadata.labels).toEqual({ release: 'prometheus' });
  });

  test('of a pattern has it beside its workload', () => {
    const chart = newChart();
    const output = FluentBitOutput.stdout();
    const { pod } = new WebWithLogAgentDeployment(chart, 'site', { logAgent: new FluentBit({ output }) });
    const monitor = pod.monitor('log-agent', { path: '/api/v2/metrics/prometheus' });
    expect(monitor.node.path).toBe('shop/site/pod-monitor');
  });
});

describe('a port cannot be monitored', () => {
  test.each([
    ['other', 'no container of this pod has a port "other" to monitor; pass the name of one (ports: http, metrics)'],
    [
      'admin',
      'port "admin" of container "agent" is open to the containers of the pod alone, out of reach of Prometheus; let it listen on all interfaces, or monitor another port',
    ],
    ['lines', 'port "lines" of container "agent" is UDP, and Prometheus scrapes over TCP; monitor another port'],
  ])('where it is "%s"', (port, text) => {
    expect(() => compose().pod.monitor(port)).toThrow(new Error(`[shop/web] ${text}`));
  });

  test.each<[MonitorOptions, string]>([
    [
      { path: 'metrics' },
      '`path` "metrics" of monitored port "metrics" is not a path; begin it with "/", and use no blanks, "?" or "#"',
    ],
    [
      { path: '/m?a=b' },
      '`path` "/m?a=b" of monitored port "metrics" is not a path; begin it with "/", and use no blanks, "?" or "#"',
    ],
    [
      { interval: seconds(0) },
      '`interval` of monitored port "metrics" is 0 s; pass at least one second, or leave it out',
    ],
    [
      { scrapeTimeout: seconds(0) },
      '`scrapeTimeout` of monitored port "metrics" is 0 s; pass at least one second, or leave it out',
    ],
    [
      { interval: seconds(10), scrapeTimeout: seconds(11) },
      '`scrapeTimeout` of monitored port "metrics" is 11s, longer than its `interval` of 10s, which the operator refuses; pass a shorter one',
    ],
  ])('with %j', (options, text) => {
    expect(() => compose().pod.monitor('metrics', options)).toThrow(new Error(`[shop/web] ${text}`));
  });

  test.each<MonitorOptions>([{ path: '/other' }, { interval: seconds(9) }, { scrapeTimeout: seconds(9) }])(
    'in another way than before: %j',
    (options) => {
      const { pod } = compose();
      pod.monitor('metrics');
      expect(() => pod.monitor('metrics', options)).toThrow(
        new Error(
          '[shop/web] port "metrics" is monitored already with another `path`, `interval` or `scrapeTimeout`; say it once',
        ),
      );
    },
  );

  test('with another value for a label of the PodMonitor', () => {
    const { pod } = compose();
    pod.monitor('metrics', { labels: { release: 'a' } });
    expect(() => pod.monitor('http', { labels: { release: 'b' } })).toThrow(
      new Error(
        '[shop/web] the PodMonitor has label "release" with value "a", not "b", and the ports of a pod share it; pass one value',
      ),
    );
  });
});
