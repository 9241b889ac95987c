import { type Chart, Duration, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { type KeepAvailableOptions, MultiContainerPod, type ScaleOnCpuOptions } from '../../../src/index';
import { schemaProblems } from '../../kubernetes-schema';
import { APP, manifests, newChart, newDeployment, podSpec, WORKLOADS } from '../../support';

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
    ['no percent', { averageUtilization: 0 }, '`averageUtilization` is 0; pass a whole number of percent, such as 60'],
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
