import { Chart, Duration, JsonPatch, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  FluentBit,
  FluentBitOutput,
  type KeepAvailableOptions,
  type MonitorOptions,
  MultiContainerPod,
  PodRules,
  type ScaleOnCpuOptions,
  WebWithLogAgentDeployment,
} from '../../src';
import { schemaProblems } from '../kubernetes-schema';
import { APP, manifests, newChart, newDeployment, podSpec, podTemplate, WORKLOADS } from '../support';

describe('monitoring', () => {
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
});

describe('scaling budget', () => {
  const { absolute, percent } = kplus.PercentOrAbsolute;

  function compose(replicas?: number) {
    const chart = newChart();
    return { chart, pod: MultiContainerPod.of(newDeployment(chart, { replicas })) };
  }

  describe('a disruption budget', () => {
    test('fails with both of its bounds', () => {
      expect(() => compose().pod.keepAvailable({ minAvailable: absolute(1), maxUnavailable: absolute(1) })).toThrow(
        new Error(
          '[shop/web] `minAvailable` and `maxUnavailable` are both given, and Kubernetes takes one of them; pass one',
        ),
      );
    });

    test('fails as the second one of a workload', () => {
      const { pod } = compose();
      pod.keepAvailable();
      expect(() => pod.keepAvailable()).toThrow(
        new Error('[shop/web] the workload already has a disruption budget; call `keepAvailable` once'),
      );
    });

    test.each<[number, KeepAvailableOptions, string]>([
      [2, { minAvailable: absolute(2) }, '2 pods go (`minAvailable` 2)'],
      [1, { minAvailable: absolute(1) }, '1 pod go (`minAvailable` 1)'],
      [2, { minAvailable: percent(51) }, '2 pods go (`minAvailable` 51%)'],
      [1, { minAvailable: percent(1) }, '1 pod go (`minAvailable` 1%)'],
      [4, { minAvailable: percent(76) }, '4 pods go (`minAvailable` 76%)'],
      [4, { minAvailable: percent(100) }, '4 pods go (`minAvailable` 100%)'],
      [4, { maxUnavailable: absolute(0) }, '4 pods go (`maxUnavailable` 0)'],
      [4, { maxUnavailable: percent(0) }, '4 pods go (`maxUnavailable` 0%)'],
    ])('fails where it would block every drain of %d pods: %j', (replicas, options, text) => {
      const { chart, pod } = compose(replicas);
      pod.keepAvailable(options);
      expect(() => Testing.synth(chart)).toThrow(
        new Error(
          `Validation failed with the following errors:\n  [shop/web] the disruption budget lets none of ${text}, so no node with one of them could ever be drained; keep fewer or run more`,
        ),
      );
    });

    test.each<[number, KeepAvailableOptions]>([
      [2, { minAvailable: percent(50) }],
      [4, { minAvailable: percent(75) }],
      [1, { maxUnavailable: percent(1) }],
      [3, { minAvailable: absolute(2) }],
    ])('lets one of %d pods go, because Kubernetes rounds up: %j', (replicas, options) => {
      const { pod } = compose(replicas);
      pod.keepAvailable(options);
      expect(pod.workload.node.validate()).toEqual([]);
    });

    test('fails where the autoscaler may leave no more pods than it keeps', () => {
      const { chart, pod } = compose(5);
      pod.keepAvailable({ minAvailable: absolute(3) });
      pod.scaleOnCpu({ averageUtilization: 60, minReplicas: 3, maxReplicas: 5 });
      expect(() => Testing.synth(chart)).toThrow(
        new Error(
          'Validation failed with the following errors:\n  [shop/web] the disruption budget lets none of 3 pods go (`minAvailable` 3), so no node with one of them could ever be drained; keep fewer or run more',
        ),
      );
    });

    test('selects what the workload selects in the end', () => {
      const chart = newChart();
      const deployment = newDeployment(chart, { replicas: 3, select: false });
      MultiContainerPod.of(deployment).keepAvailable();
      deployment.select(kplus.LabelSelector.of({ labels: { tier: 'web' } }));
      const { spec } = Testing.synth(chart).find(({ kind }) => kind === 'PodDisruptionBudget');
      expect(spec.selector).toEqual({ matchLabels: { tier: 'web' } });
    });

    test('fails where the workload selects nothing', () => {
      const chart = newChart();
      MultiContainerPod.of(newDeployment(chart, { replicas: 3, select: false })).keepAvailable();
      expect(() => Testing.synth(chart)).toThrow(
        new Error(
          'Validation failed with the following errors:\n  [shop/web] the workload selects no labels, so its disruption budget would mean every pod of the namespace; call `select`',
        ),
      );
    });
  });
});

describe('scaling', () => {
  const SCALE: ScaleOnCpuOptions = { maxReplicas: 5, averageUtilization: 60 };
  const { absolute, percent } = kplus.PercentOrAbsolute;
  const SCALABLE = ['Deployment', 'StatefulSet'];

  function compose(kind = 'Deployment', props: { replicas?: number; containers?: kplus.ContainerProps[] } = {}) {
    const chart = newChart();
    const workload = WORKLOADS[kind]!(chart, { containers: [APP], ...props });
    const pod = MultiContainerPod.of(workload);
    pod.addSidecar({ name: 'agent', image: 'acme/agent:1.0.0', user: 2000 });
    return { chart, pod, workload };
  }

  function only(chart: Chart, kind: string) {
    const found = manifests(chart, kind);
    expect(found).toHaveLength(1);
    return found[0];
  }

  describe.each(SCALABLE)('a %s', (kind) => {
    test.each([undefined, 3])('follows the CPU of the main container alone, with %p replicas before', (replicas) => {
      const { chart, pod, workload } = compose(kind, { replicas });
      pod.scaleOnCpu(SCALE);
      const { spec } = only(chart, 'HorizontalPodAutoscaler');
      expect(spec).toMatchObject({
        minReplicas: 1,
        maxReplicas: 5,
        scaleTargetRef: { apiVersion: 'apps/v1', kind, name: workload.name },
      });
      expect(spec.metrics).toEqual([
        {
          type: 'ContainerResource',
          containerResource: { container: 'app', name: 'cpu', target: { type: 'Utilization', averageUtilization: 60 } },
        },
      ]);
      expect(only(chart, kind).spec).not.toHaveProperty('replicas');
      expect(Testing.synth(chart).flatMap(schemaProblems)).toEqual([]);
    });

    test('scales between the bounds and with the speed that the user gives', () => {
      const { chart, pod } = compose(kind);
      const slow = { stabilizationWindow: Duration.minutes(10) };
      pod.scaleOnCpu({ ...SCALE, minReplicas: 5, scaleUp: slow, scaleDown: slow });
      const { spec } = only(chart, 'HorizontalPodAutoscaler');
      expect(spec).toMatchObject({ minReplicas: 5, maxReplicas: 5 });
      expect(spec.behavior.scaleUp.stabilizationWindowSeconds).toBe(600);
      expect(spec.behavior.scaleDown.stabilizationWindowSeconds).toBe(600);
    });

    test('loses one pod at a time to node drains unless the user says otherwise', () => {
      const { chart, pod } = compose(kind, { replicas: 3 });
      const budget = pod.keepAvailable();
      const manifest = only(chart, 'PodDisruptionBudget');
      expect(manifest.spec).toEqual({
        maxUnavailable: 1,
        selector: only(chart, kind).spec.selector,
        unhealthyPodEvictionPolicy: 'AlwaysAllow',
      });
      expect(budget.name).toBe(manifest.metadata.name);
      expect(schemaProblems(manifest)).toEqual([]);
    });

    test.each<[KeepAvailableOptions, object]>([
      [{ minAvailable: absolute(2) }, { minAvailable: 2 }],
      [{ minAvailable: percent(50) }, { minAvailable: '50%' }],
      [{ maxUnavailable: absolute(2) }, { maxUnavailable: 2 }],
      [{ maxUnavailable: percent(30) }, { maxUnavailable: '30%' }],
    ])('keeps as many pods as the user says: %j', (options, expected) => {
      const { chart, pod } = compose(kind, { replicas: 4 });
      pod.keepAvailable(options);
      const { spec } = only(chart, 'PodDisruptionBudget');
      expect(spec).toMatchObject(expected);
      expect(spec).not.toHaveProperty('minAvailable' in expected ? 'maxUnavailable' : 'minAvailable');
    });

    test.each([2, 3])('spreads %d pods over nodes and zones', (replicas) => {
      const { chart, pod } = compose(kind, { replicas });
      pod.spread();
      pod.spread();
      const labelSelector = only(chart, kind).spec.selector;
      expect(podSpec(chart).topologySpreadConstraints).toEqual(
        ['kubernetes.io/hostname', 'topology.kubernetes.io/zone'].map((topologyKey) => ({
          maxSkew: 1,
          topologyKey,
          whenUnsatisfiable: 'ScheduleAnyway',
          labelSelector,
        })),
      );
      expect(labelSelector.matchLabels).toBeDefined();
    });

    test('spreads what may become more than one pod, and not a single one', () => {
      const { chart, pod } = compose(kind, { replicas: 1 });
      pod.spread();
      expect(podSpec(chart)).not.toHaveProperty('topologySpreadConstraints');
      pod.scaleOnCpu(SCALE);
      expect(podSpec(chart).topologySpreadConstraints).toHaveLength(2);
    });

    test('selects its pods by expressions too', () => {
      const { chart, pod, workload } = compose(kind, { replicas: 2 });
      (workload as kplus.Workload).select(
        kplus.LabelSelector.of({ expressions: [kplus.LabelExpression.exists('tier')] }),
      );
      pod.keepAvailable();
      const { selector } = only(chart, 'PodDisruptionBudget').spec;
      expect(selector).toEqual(only(chart, kind).spec.selector);
      expect(selector.matchExpressions).toEqual([{ key: 'tier', operator: 'Exists' }]);
    });
  });

  describe.each(Object.keys(WORKLOADS).filter((kind) => !SCALABLE.includes(kind)))('a %s', (kind) => {
    test.each<[string, (pod: MultiContainerPod) => unknown]>([
      ['scaled', (pod) => pod.scaleOnCpu(SCALE)],
      ['kept available', (pod) => pod.keepAvailable()],
      ['spread', (pod) => pod.spread()],
    ])('fails to be %s', (verb, call) => {
      expect(() => call(compose(kind).pod)).toThrow(
        new Error(
          `[shop/workload] a ${kind} cannot be ${verb}, because nothing sets its number of pods; use a Deployment or StatefulSet`,
        ),
      );
    });
  });

  test.each([
    ['Deployment', 2],
    ['StatefulSet', 0],
  ])('a %s whose number of pods nobody says is spread as what Kubernetes makes of it', (kind, constraints) => {
    const { chart, pod } = compose(kind);
    pod.spread();
    expect(podSpec(chart).topologySpreadConstraints ?? []).toHaveLength(constraints);
  });

  describe('an autoscaler', () => {
    test.each<[string, Partial<ScaleOnCpuOptions>, string]>([
      [
        'no percent',
        { averageUtilization: 0 },
        '`averageUtilization` is 0; pass a whole number of percent, such as 60',
      ],
      [
        'part of a percent',
        { averageUtilization: 0.6 },
        '`averageUtilization` is 0.6; pass a whole number of percent, such as 60',
      ],
      [
        'no pod',
        { minReplicas: 0 },
        '`minReplicas` is 0 and `maxReplicas` 5; pass whole numbers, the first at least 1 and the second no less',
      ],
      [
        'part of a pod',
        { minReplicas: 1.5 },
        '`minReplicas` is 1.5 and `maxReplicas` 5; pass whole numbers, the first at least 1 and the second no less',
      ],
      [
        'no whole number of pods at most',
        { maxReplicas: 2.5 },
        '`minReplicas` is 1 and `maxReplicas` 2.5; pass whole numbers, the first at least 1 and the second no less',
      ],
      [
        'more pods than there may be',
        { minReplicas: 6 },
        '`minReplicas` is 6 and `maxReplicas` 5; pass whole numbers, the first at least 1 and the second no less',
      ],
      [
        'more pods than can be counted',
        { maxReplicas: 2 ** 31 },
        '`maxReplicas` is 2147483648; pass at most 2147483647',
      ],
      [
        'more percent than can be counted',
        { averageUtilization: 2 ** 31 },
        '`averageUtilization` is 2147483648; pass at most 2147483647',
      ],
    ])('fails with %s', (_, options, text) => {
      expect(() => compose().pod.scaleOnCpu({ ...SCALE, ...options })).toThrow(new Error(`[shop/workload] ${text}`));
    });

    test('fails where the main container requests no CPU, of which it would take a percentage', () => {
      const { pod } = compose('Deployment', { containers: [{ ...APP, resources: {} }] });
      expect(() => pod.scaleOnCpu(SCALE)).toThrow(
        new Error(
          '[shop/workload] container "app" has no CPU request, of which the autoscaler would take a percentage; pass `resources` with `cpu.request`',
        ),
      );
    });

    test('fails as the second one of a workload', () => {
      const { pod } = compose();
      pod.scaleOnCpu(SCALE);
      expect(() => pod.scaleOnCpu(SCALE)).toThrow(
        new Error('[shop/workload] the workload already has an autoscaler; keep one of them'),
      );
    });
  });

  test.each([1, 6])('an autoscaler fails with %d replicas, which it would not keep', (replicas) => {
    const { pod } = compose('Deployment', { replicas });
    expect(() => pod.scaleOnCpu({ ...SCALE, minReplicas: 2 })).toThrow(
      new Error(
        `[shop/workload] \`replicas\` ${replicas} is outside of what the autoscaler keeps, 2 to 5; make them agree or leave \`replicas\` out`,
      ),
    );
  });

  test.each([2, 5])('an autoscaler takes over %d replicas, which it keeps', (replicas) => {
    const { chart, pod } = compose('Deployment', { replicas });
    pod.scaleOnCpu({ ...SCALE, minReplicas: 2 });
    expect(only(chart, 'HorizontalPodAutoscaler').spec).toMatchObject({ minReplicas: 2, maxReplicas: 5 });
  });

  test('an autoscaler fails beside one that was made through cdk8s-plus', () => {
    const { chart, pod, workload } = compose();
    new kplus.HorizontalPodAutoscaler(chart, 'own', { target: workload as kplus.Deployment, maxReplicas: 3 });
    expect(() => pod.scaleOnCpu(SCALE)).toThrow(
      new Error('[shop/workload] the workload already has an autoscaler; keep one of them'),
    );
    expect(only(chart, 'HorizontalPodAutoscaler').spec.maxReplicas).toBe(3);
  });

  test('autoscaler and disruption budget are in the namespace of the workload', () => {
    const kinds = ['HorizontalPodAutoscaler', 'PodDisruptionBudget'];
    const namespacesOf = (namespace?: string) => {
      const chart = newChart();
      const pod = MultiContainerPod.of(newDeployment(chart, { replicas: 3, metadata: { namespace } }));
      pod.scaleOnCpu({ ...SCALE, minReplicas: 2 });
      pod.keepAvailable();
      return kinds.map((kind) => only(chart, kind).metadata.namespace);
    };
    expect(namespacesOf('team')).toEqual(['team', 'team']);
    expect(namespacesOf()).toEqual([undefined, undefined]);
  });
});
