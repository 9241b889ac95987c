import { budgetOf, containerOf } from './support';

const TEMPLATE = { metadata: { labels: { app: 'web' } }, spec: { containers: [containerOf('app', '100m/64Mi')] } };

/** An object with such a pod, and `spec` besides. */
function workloadOf(type: string, spec: object = {}, metadata: object = {}): object {
  const [apiVersion, kind] = type.split(' ');
  return { apiVersion, kind, metadata: { name: 'web', ...metadata }, spec: { template: TEMPLATE, ...spec } };
}

/** The number of pods at the least, at the most and during a rollout. */
function count(...objects: readonly object[]): string {
  const { least, most, rollout } = budgetOf(objects).pods[0]!.count;
  return `${least} ${most} ${rollout}`;
}

const rolling = (maxSurge: unknown) => ({ replicas: 10, strategy: { rollingUpdate: { maxSurge } } });

test.each([
  ['v1 Pod', {}, '1 1 1'],
  ['apps/v1 Deployment', {}, '1 1 2'],
  ['apps/v1 Deployment', { replicas: 10 }, '10 10 13'],
  ['apps/v1 Deployment', { replicas: 0 }, '0 0 0'],
  ['apps/v1 Deployment', rolling('0%'), '10 10 10'],
  ['apps/v1 Deployment', rolling(2), '10 10 12'],
  ['apps/v1 Deployment', rolling('1%'), '10 10 11'],
  ['apps/v1 Deployment', rolling(50), '10 10 20'],
  ['apps/v1 Deployment', rolling('nonsense'), '10 10 10'],
  ['apps/v1 Deployment', { replicas: 10, strategy: { type: 'Recreate' } }, '10 10 10'],
  ['apps/v1 StatefulSet', { replicas: 3 }, '3 3 3'],
  ['apps/v1 ReplicaSet', { replicas: 3 }, '3 3 3'],
  ['apps/v1 DaemonSet', {}, '3 3 3'],
  ['apps/v1 DaemonSet', { updateStrategy: { rollingUpdate: { maxSurge: '34%' } } }, '3 3 5'],
  ['apps/v1 DaemonSet', { updateStrategy: { type: 'OnDelete', rollingUpdate: { maxSurge: 1 } } }, '3 3 3'],
  ['batch/v1 Job', { parallelism: 4 }, '4 4 4'],
  ['batch/v1 Job', { parallelism: 4, completions: 2 }, '2 2 2'],
  ['batch/v1 Job', { parallelism: 4, suspend: true }, '0 4 4'],
  ['argoproj.io/v1alpha1 Rollout', { replicas: 4, strategy: { canary: {} } }, '4 4 5'],
  ['argoproj.io/v1alpha1 Rollout', { replicas: 4, strategy: { blueGreen: {} } }, '4 4 8'],
  ['argoproj.io/v1alpha1 Rollout', { replicas: 4, strategy: { canary: { trafficRouting: {} } } }, '4 4 8'],
  [
    'argoproj.io/v1alpha1 Rollout',
    { replicas: 4, strategy: { canary: { trafficRouting: {}, dynamicStableScale: true, maxSurge: 2 } } },
    '4 4 6',
  ],
  ['apps.openshift.io/v1 DeploymentConfig', { replicas: 4 }, '4 4 5'],
  ['apps.openshift.io/v1 DeploymentConfig', { replicas: 4, strategy: { type: 'Recreate' } }, '4 4 4'],
  ['apps.kruise.io/v1alpha1 CloneSet', { replicas: 4, updateStrategy: { maxSurge: 1 } }, '4 4 5'],
  ['serving.knative.dev/v1 Service', {}, '0 1 2'],
  ['acme.example/v1 Shop', { replicas: 2 }, '2 2 2'],
])('%s with %j has so many pods', (type, spec, expected) => {
  expect(count(workloadOf(type, spec))).toBe(expected);
});

test('a PodTemplate makes no pods', () => {
  const object = { apiVersion: 'v1', kind: 'PodTemplate', metadata: { name: 'web' }, template: TEMPLATE };
  expect(count(object)).toBe('0 0 0');
});

test('Knative says how many in annotations', () => {
  const annotations = { 'autoscaling.knative.dev/min-scale': '2', 'autoscaling.knative.dev/max-scale': '9' };
  const template = { ...TEMPLATE, metadata: { annotations } };
  expect(count(workloadOf('serving.knative.dev/v1 Service', { template }))).toBe('2 9 18');
});

test('a LeaderWorkerSet has groups', () => {
  const leaderWorkerTemplate = { size: 4, workerTemplate: TEMPLATE };
  const object = workloadOf('leaderworkerset.x-k8s.io/v1 LeaderWorkerSet', { replicas: 3, leaderWorkerTemplate });
  expect(count(object)).toBe('12 12 12');
});

test.each([
  [
    { parallelism: 2 },
    {},
    '0 2 2',
    ['counted as one run at a time; `concurrencyPolicy: Allow` lets slow runs overlap'],
  ],
  [{}, { concurrencyPolicy: 'Forbid' }, '0 1 1', []],
  [{}, { suspend: true }, '0 0 0', ['suspended: it starts no runs']],
])('a CronJob of jobs with %j and %j has so many', (job, spec, expected, notes) => {
  const jobTemplate = { spec: { template: TEMPLATE, ...job } };
  const object = { apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'web' }, spec: { jobTemplate, ...spec } };
  expect(count(object)).toBe(expected);
  expect(budgetOf([object]).notes.map(({ message }) => message)).toEqual(notes);
});

describe('an autoscaler', () => {
  const deployment = workloadOf('apps/v1 Deployment', { replicas: 2 });
  const scalerOf = (apiVersion: string, kind: string, spec: object) => ({
    apiVersion,
    kind,
    metadata: { name: 'web' },
    spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }, ...spec },
  });

  test('sets the bounds, from which a rollout starts', () => {
    const hpa = scalerOf('autoscaling/v2', 'HorizontalPodAutoscaler', { minReplicas: 3, maxReplicas: 12 });
    expect(count(deployment, hpa)).toBe('3 12 15');
    expect(count(deployment, scalerOf('autoscaling/v2', 'HorizontalPodAutoscaler', { maxReplicas: 4 }))).toBe('1 4 5');
  });

  test('of KEDA scales from none to a hundred unless it says otherwise', () => {
    expect(count(deployment, scalerOf('keda.sh/v1alpha1', 'ScaledObject', {}))).toBe('0 100 125');
    expect(count(deployment, scalerOf('keda.sh/v1alpha1', 'ScaledObject', { maxReplicaCount: 8 }))).toBe('0 8 10');
  });

  test('of another workload says nothing', () => {
    const hpa = scalerOf('autoscaling/v2', 'HorizontalPodAutoscaler', { maxReplicas: 12 });
    const other = { ...hpa, spec: { ...hpa.spec, scaleTargetRef: { kind: 'Deployment', name: 'other' } } };
    expect(count(deployment, other)).toBe('2 2 3');
  });
});

test.each([
  [undefined, ['VerticalPodAutoscaler/web gives its pods other requests than are counted here']],
  ['Initial', ['VerticalPodAutoscaler/web gives its pods other requests than are counted here']],
  ['Off', []],
])('a VerticalPodAutoscaler of mode %s is told', (updateMode, messages) => {
  const scaler = {
    apiVersion: 'autoscaling.k8s.io/v1',
    kind: 'VerticalPodAutoscaler',
    metadata: { name: 'web' },
    spec: { targetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }, updatePolicy: { updateMode } },
  };
  const { notes } = budgetOf([workloadOf('apps/v1 Deployment'), scaler]);
  expect(notes.map(({ message }) => message)).toEqual(messages);
});
