import { Field } from '../../../src/rules/model/field';
import { ObjectView, objectsIn } from '../../../src/rules/model/object-view';

const POD = { spec: { containers: [{ name: 'app' }] } };
const viewOf = (data: unknown) => new ObjectView(Field.root(data), {});

test.each([
  ['v1', 'Pod', POD, ''],
  ['v1', 'PodTemplate', { template: POD }, 'template'],
  ['v1', 'ReplicationController', { spec: { template: POD } }, 'spec.template'],
  ['apps/v1', 'ReplicaSet', { spec: { template: POD } }, 'spec.template'],
  ['apps/v1', 'Deployment', { spec: { template: POD } }, 'spec.template'],
  ['apps/v1beta2', 'Deployment', { spec: { template: POD } }, 'spec.template'],
  ['apps/v1', 'StatefulSet', { spec: { template: POD } }, 'spec.template'],
  ['apps/v1', 'DaemonSet', { spec: { template: POD } }, 'spec.template'],
  ['batch/v1', 'Job', { spec: { template: POD } }, 'spec.template'],
  ['batch/v1', 'CronJob', { spec: { jobTemplate: { spec: { template: POD } } } }, 'spec.jobTemplate.spec.template'],
])('the pod of a %s %s is found', (apiVersion, kind, data, path) => {
  const object = viewOf({ apiVersion, kind, ...data });
  expect(object.pod?.template.path).toBe(path);
  expect(object.pod?.main?.name).toBe('app');
  expect(object.pod?.owner).toBe(object);
});

test.each([
  ['v1', 'Service'],
  ['serving.knative.dev/v1', 'Deployment'],
  ['apps.acme.com/v1', 'Deployment'],
  ['batch.volcano.sh/v1alpha1', 'Job'],
  ['apps', 'Deployment'],
  ['', 'Pod'],
  ['apps/v1', 'deployment'],
  ['v1', 'constructor'],
])('an object of "%s" "%s" has no pod', (apiVersion, kind) => {
  expect(viewOf({ apiVersion, kind, ...POD, spec: { ...POD.spec, template: POD } }).pod).toBeUndefined();
});

test('a workload without a template has an empty pod', () => {
  const { pod } = viewOf({ apiVersion: 'apps/v1', kind: 'Deployment' });
  expect([pod?.template.path, pod?.all]).toEqual(['spec.template', []]);
});

test('an object tells kind, name, namespace and title', () => {
  const object = viewOf({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web', namespace: 'shop' },
    spec: { a: 1 },
  });
  expect([object.kind, object.name, object.namespace, object.apiVersion]).toEqual(['Pod', 'web', 'shop', 'v1']);
  expect([object.title, object.spec.path]).toEqual(['Pod/web', 'spec']);
});

test('an object without a name has that which Kubernetes will make one of, or none', () => {
  expect(viewOf({ kind: 'Job', metadata: { generateName: 'import-' } }).title).toBe('Job/import-');
  expect(viewOf({ kind: 'Job', metadata: { name: 7 } }).title).toBe('Job/(no name)');
});

test('only Jobs and CronJobs are meant to end', () => {
  const kinds = ['Pod', 'Job', 'CronJob', 'Deployment'];
  expect(kinds.filter((kind) => viewOf({ kind }).isJob)).toEqual(['Job', 'CronJob']);
});

test.each([undefined, null, 'text', 7, true, [], [POD], {}, { kind: 7, apiVersion: [], metadata: 'x' }])(
  'data that is %j is an object without kind, name and pod',
  (data) => {
    const { kind, name, namespace, apiVersion, pod } = viewOf(data);
    expect([kind, name, namespace, apiVersion, pod]).toEqual(['', undefined, undefined, '', undefined]);
  },
);

describe('the objects in a document', () => {
  const named = (name: string) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name } });
  const pathsAndNames = (data: unknown) => objectsIn(data, {}).map(({ root, name }) => [root.path, name]);

  test('are the document itself, with where it came from', () => {
    const source = { file: 'web.yaml' };
    const [object, ...others] = objectsIn(named('a'), source);
    expect([object!.root.path, object!.name, others]).toEqual(['', 'a', []]);
    expect(object!.source).toBe(source);
  });

  test.each(['List', 'PodList', 'DeploymentList'])('are the items of a %s', (kind) => {
    expect(pathsAndNames({ apiVersion: 'v1', kind, items: [named('a'), null, named('b')] })).toEqual([
      ['items[0]', 'a'],
      ['items[1]', undefined],
      ['items[2]', 'b'],
    ]);
  });

  test('are the items of lists in lists', () => {
    const inner = { kind: 'List', items: [named('a')] };
    expect(pathsAndNames({ kind: 'List', items: [inner, named('b')] })).toEqual([
      ['items[0].items[0]', 'a'],
      ['items[1]', 'b'],
    ]);
  });

  test('are none where a list is empty', () => {
    expect(objectsIn({ kind: 'List', items: [] }, {})).toEqual([]);
  });

  test.each([
    ['a List without items', { kind: 'List' }],
    ['a List whose items are no list', { kind: 'List', items: { a: 1 } }],
    ['a kind that only has items', { kind: 'Menu', items: [named('a')] }],
    ['a list of objects', [named('a')]],
  ])('are the document itself where that is %s', (_, data) => {
    expect(objectsIn(data, {}).map(({ root }) => root.value)).toEqual([data]);
  });

  test('end somewhere, even where a list holds itself', () => {
    const list: { kind: string; items: unknown[] } = { kind: 'List', items: [] };
    list.items.push(list, named('a'));
    expect(objectsIn(list, {}).filter(({ name }) => name === 'a')).toHaveLength(3);
  });
});
