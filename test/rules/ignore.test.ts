import { IGNORE_ANNOTATION, suppressionOf, suppressionsOf } from '../../src/rules/ignore';
import { objectsIn } from '../../src/rules/model/object-view';

const annotated = (text: unknown) => ({ annotations: { [IGNORE_ANNOTATION]: text } });
const podOf = (text: unknown) => objectsIn({ apiVersion: 'v1', kind: 'Pod', metadata: annotated(text) }, {})[0]!;

/** A Deployment with these texts in its own annotation and in that of its pods. */
function deploymentOf(own: unknown, pods: unknown) {
  const template = { metadata: annotated(pods), spec: { containers: [{ name: 'app' }] } };
  const data = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: annotated(own), spec: { template } };
  return objectsIn(data, {})[0]!;
}

test('the annotation is named as the documentation says', () => {
  expect(IGNORE_ANNOTATION).toBe('cdk8s-pod-patterns/ignore');
});

test.each([
  ['image-tag: built on this node', [['image-tag', 'built on this node']]],
  ['image-tag: see https://acme.example/z; and ask', [['image-tag', 'see https://acme.example/z; and ask']]],
  [
    'image-tag: a; host-port: b',
    [
      ['image-tag', 'a'],
      ['host-port', 'b'],
    ],
  ],
  [
    '  image-tag :a \n;\n host-port:b ; ',
    [
      ['image-tag', 'a'],
      ['host-port', 'b'],
    ],
  ],
  ['image-tag: see https://acme.com:8080/x', [['image-tag', 'see https://acme.com:8080/x']]],
  ['image-tag', [['image-tag', '']]],
  ['image-tag:', [['image-tag', '']]],
  ['image-tag:  ', [['image-tag', '']]],
  [': because', [['', 'because']]],
  [';;', []],
  ['', []],
  [7, []],
  [null, []],
  [['image-tag: a'], []],
])('the annotation %j says %j', (text, entries) => {
  expect(suppressionsOf(podOf(text)).map(({ rule, reason }) => [rule, reason])).toEqual(entries);
});

test('an entry knows its annotation', () => {
  expect(suppressionsOf(podOf('a: b'))[0]!.at.path).toBe('metadata.annotations["cdk8s-pod-patterns/ignore"]');
});

test('a pod has one annotation, though it is its own template', () => {
  expect(suppressionsOf(podOf('a: b'))).toHaveLength(1);
});

test('a workload has its own annotation and that of its pod template', () => {
  expect(
    suppressionsOf(deploymentOf('a: b', 'c: d')).map(({ rule, scope, at }) => [rule, scope.path, at.path]),
  ).toEqual([
    ['a', '', 'metadata.annotations["cdk8s-pod-patterns/ignore"]'],
    ['c', 'spec.template', 'spec.template.metadata.annotations["cdk8s-pod-patterns/ignore"]'],
  ]);
});

test('an item of a List has the annotations of itself and its template, each once', () => {
  const items = [deploymentOf('a: b', 'c: d').root.value, podOf('e: f').root.value];
  const objects = objectsIn({ kind: 'List', metadata: annotated('g: h'), items }, {});
  expect(objects.map((object) => suppressionsOf(object).map(({ rule, scope }) => [rule, scope.path]))).toEqual([
    [
      ['a', 'items[0]'],
      ['c', 'items[0].spec.template'],
    ],
    [['e', 'items[1]']],
  ]);
});

describe('a suppression covers', () => {
  const object = deploymentOf('on-object: a; twice:; twice: b', 'on-pods: c; twice: d');
  const suppressions = suppressionsOf(object);
  const container = object.pod!.containers[0]!.field;
  const reasonFor = (rule: string, field = container) => suppressionOf(rule, field, suppressions)?.reason;

  test('all fields of its object, where it is an annotation of the object', () => {
    expect([object.root, object.spec.at('replicas'), container].map((at) => reasonFor('on-object', at))).toEqual([
      'a',
      'a',
      'a',
    ]);
  });

  test('only the fields of the pod template, where it is an annotation of that', () => {
    const fields = [object.root, object.spec, object.spec.at('templates'), object.pod!.template, container];
    expect(fields.map((at) => reasonFor('on-pods', at))).toEqual([undefined, undefined, undefined, 'c', 'c']);
  });

  test('nothing of another rule', () => {
    expect(reasonFor('On-Object')).toBeUndefined();
    expect(reasonFor('')).toBeUndefined();
  });

  test('nothing where it gives no reason, but another one may', () => {
    expect(suppressionOf('a', container, suppressionsOf(podOf('a:')))).toBeUndefined();
    expect(reasonFor('twice')).toBe('b');
  });
});
