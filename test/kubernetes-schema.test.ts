import { JsonPatch, Testing } from 'cdk8s';
import { MultiContainerPod } from '../src';
import { schemaProblems } from './kubernetes-schema';
import { APP, newChart, newDeployment, WORKLOADS } from './support';

const POD = '/spec/template/spec';
const APP_CONTAINER = `${POD}/containers/0`;

/** The problems of a good Deployment in which these things are changed. */
function problemsOf(...changes: [path: string, value: unknown][]): string[] {
  const chart = newChart();
  MultiContainerPod.of(newDeployment(chart)).addSidecar({ name: 'agent', image: 'acme/agent:1.0.0', user: 2000 });
  const patches = changes.map(([path, value]) => JsonPatch.add(path, value));
  return schemaProblems(JsonPatch.apply(Testing.synth(chart)[0], ...patches));
}

test.each(Object.keys(WORKLOADS))('a good %s has no problem', (kind) => {
  const chart = newChart();
  WORKLOADS[kind]!(chart, { containers: [APP] });
  expect(Testing.synth(chart).flatMap(schemaProblems)).toEqual([]);
});

test.each<[string, unknown]>([
  ['/metadata/labels', { 'acme.io/team': 'shop' }],
  [`${POD}/nodeSelector`, { disk: 'fast' }],
  [`${APP_CONTAINER}/resources`, { limits: { 'acme.io/gpu': '1' } }],
])('names that users choose in %s are no unknown fields', (path, value) => {
  expect(problemsOf([path, value])).toEqual([]);
});

test('fields that are newer than cdk8s-plus are known', () => {
  expect(problemsOf([`${APP_CONTAINER}/lifecycle`, { preStop: { sleep: { seconds: 5 } } }])).toEqual([]);
});

test.each([
  '/specs',
  '/metadata/lables',
  '/spec/replica',
  '/spec/template/metadata/annotation',
  `${POD}/gracePeriod`,
  `${POD}/initContainers/0/restart`,
  `${APP_CONTAINER}/volumeMount`,
  `${APP_CONTAINER}/ports/0/hostIp`,
  `${APP_CONTAINER}/securityContext/seccompProfile/kind`,
])('fails on the typo %s, whatever its value', (path) => {
  for (const value of ['text', 1, null, {}, []]) {
    expect(problemsOf([path, value])).toContain(`unknown field ${path}`);
  }
});

test('fails on a typo in something that was added', () => {
  expect(problemsOf([`${POD}/volumes`, [{ name: 'data', emptyDir: { sizelimit: '1Mi' } }]])).toEqual([
    `unknown field ${POD}/volumes/0/emptyDir/sizelimit`,
  ]);
});

test.each<[string, unknown, string]>([
  ['/spec/replicas', 'two', 'must be integer'],
  ['/metadata/labels', { team: 1 }, '/team must be string'],
  [`${POD}/shareProcessNamespace`, 'true', 'must be boolean'],
  [`${POD}/volumes`, {}, 'must be array'],
  [`${APP_CONTAINER}/ports/0/containerPort`, '8080', 'must be integer'],
  [`${APP_CONTAINER}/imagePullPolicy`, 'Sometimes', 'must be equal to one of the allowed values'],
  [`${APP_CONTAINER}/ports/0`, { name: 'http' }, 'must have required property containerPort'],
  [POD, { restartPolicy: 'Always' }, 'must have required property containers'],
])('fails on %s of %j', (path, value, text) => {
  expect(problemsOf([path, value])).toEqual([`data${path}${text.startsWith('/') ? '' : ' '}${text}`]);
});

test('fails on all typos at once, beside a wrong type', () => {
  expect(
    problemsOf(['/spec/replicas', 'two'], [`${POD}/hostNet`, true], [`${APP_CONTAINER}/picture`, 'acme/app']),
  ).toEqual([
    'data/spec/replicas must be integer',
    `unknown field ${POD}/hostNet`,
    `unknown field ${APP_CONTAINER}/picture`,
  ]);
});

test('fails on a kind that Kubernetes does not have', () => {
  expect(() => problemsOf(['/kind', 'Deploy'])).toThrow('kubernetes-models/apps/v1/Deploy');
});

test.each(['/spec/endpoints', '/spec/podMetricsEndpoints/0/timeout'])(
  'the field %s of a PodMonitor is unknown',
  (path) => {
    const chart = newChart();
    MultiContainerPod.of(newDeployment(chart)).monitor('http');
    const monitor = Testing.synth(chart).find(({ kind }) => kind === 'PodMonitor');
    expect(schemaProblems(monitor)).toEqual([]);
    expect(schemaProblems(JsonPatch.apply(monitor, JsonPatch.add(path, [])))).toHaveLength(1);
  },
);
