import { ApiObject, App, Chart, JsonPatch, Lazy } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import fc from 'fast-check';
import { PodMonitor } from '../../../imports/monitoring.coreos.com';
import { findGeneratedClass } from '../../../src/private/rendering/generated-class';
import { renderObject } from '../../../src/private/rendering/render-object';
import { assertAlways } from '../../runs';

const { k8s } = kplus;

/** Values that a user may give to any field, whether it takes them or not. */
const VALUE = fc.oneof(
  fc.constantFrom<unknown>('text', '', 1, true, false, undefined, null, [], {}, ['a', 'b'], [null], {
    value: 'wrapped',
  }),
  fc.constantFrom('25%', '1').map((text) => k8s.IntOrString.fromString(text)),
  fc.nat({ max: 9 }).map((number) => k8s.IntOrString.fromNumber(number)),
  fc.constantFrom('1Gi', '500m').map((text) => k8s.Quantity.fromString(text)),
  fc.constant({ a: k8s.Quantity.fromNumber(1), 'b.c/d': k8s.Quantity.fromString('1') }),
  fc.constant({ matchLabels: { app: 'shop' }, matchExpressions: [{ operator: 'In', key: 'a', values: ['b'] }] }),
  fc.constant([
    { name: 'a', containerPort: 1 },
    { containerPort: 2, unknown: { deep: 1 } },
  ]),
  fc.constant(Lazy.any({ produce: () => ({ z: 1, a: 'late' }) })),
  fc.constant(new Date(0)),
);

/** Fields of pods and of what is around them, of which the names in a manifest differ, and one of a newer Kubernetes. */
const CONTAINER = fc.dictionary(
  fc.constantFrom('name', 'image', 'args', 'env', 'ports', 'resources', 'lifecycle', 'restartPolicy', 'tty', 'newer'),
  VALUE,
  { maxKeys: 5 },
);
const POD = fc.record(
  {
    containers: fc.array(CONTAINER, { maxLength: 2 }),
    hostIpc: VALUE,
    hostNetwork: VALUE,
    nodeSelector: VALUE,
    overhead: VALUE,
    volumes: fc.array(fc.record({ name: VALUE, emptyDir: VALUE, configMap: VALUE }, { requiredKeys: [] }), {
      maxLength: 2,
    }),
    newer: VALUE,
  },
  { requiredKeys: [] },
);
const OF_KIND = {
  KubePod: fc.record({ spec: fc.oneof(POD, VALUE) }, { requiredKeys: [] }),
  KubeDeployment: fc.record({
    spec: fc.record(
      { replicas: VALUE, selector: VALUE, template: fc.record({ metadata: VALUE, spec: POD }) },
      { requiredKeys: [] },
    ),
  }),
  KubeService: fc.record({
    spec: fc.record(
      { clusterIp: VALUE, clusterIPs: VALUE, externalIPs: VALUE, ports: VALUE, selector: VALUE },
      { requiredKeys: [] },
    ),
  }),
  KubePodDisruptionBudget: fc.record({
    spec: fc.record({ maxUnavailable: VALUE, minAvailable: VALUE }, { requiredKeys: [] }),
  }),
  KubeResourceQuota: fc.record({ spec: fc.record({ hard: VALUE, scopes: VALUE }, { requiredKeys: [] }) }),
  KubeConfigMap: fc.record(
    { data: fc.oneof(fc.dictionary(fc.string(), fc.string()), VALUE), immutable: VALUE },
    { requiredKeys: [] },
  ),
  KubeLease: fc.record({ spec: fc.record({ acquireTime: VALUE, holderIdentity: VALUE }, { requiredKeys: [] }) }),
};

const PATCH = fc.constantFrom(
  JsonPatch.add('/metadata/labels', { added: 'label' }),
  JsonPatch.add('/spec', { replicas: 2, newer: true }),
  JsonPatch.add('/spec/clusterIP', 'None'),
  JsonPatch.add('/data', null),
  JsonPatch.replace('/kind', 'Other'),
  JsonPatch.remove('/spec/externalIPs'),
);

function attempt(render: () => unknown): string {
  try {
    return JSON.stringify(render());
  } catch (error) {
    return String(error);
  }
}

describe('an object of a generated class', () => {
  test.each(Object.entries(OF_KIND))('is rendered as by its class: %s', (type, props) => {
    const Type = k8s[type as keyof typeof OF_KIND] as unknown as new (
      scope: Chart,
      id: string,
      props: object,
    ) => ApiObject;
    let isFound = false;
    assertAlways(
      fc.property(props, fc.array(PATCH, { maxLength: 1 }), (given, patches) => {
        const object = new Type(new Chart(new App(), 'chart'), 'object', given);
        object.addJsonPatch(...patches);
        expect(attempt(() => renderObject(object))).toBe(attempt(() => object.toJson()));
        isFound ||= findGeneratedClass(object) !== undefined;
      }),
      500,
    );
    expect(isFound).toBe(true);
  });

  test('is rendered by its code as long as there is something to learn, and without it from then on', () => {
    findGeneratedClass(new k8s.KubePodTemplate(new Chart(new App(), 'chart'), 'object'));
    const manifest = jest.spyOn(k8s.KubePodTemplate, 'manifest');
    for (const name of ['a', 'b', 'c']) {
      const chart = new Chart(new App(), 'chart');
      const spec = { containers: [{ name, image: `${name}:1` }], hostIpc: name === 'a' };
      const object = new k8s.KubePodTemplate(chart, 'object', { template: { spec } });
      expect(renderObject(object)).toEqual(object.toJson());
    }
    expect(manifest).toHaveBeenCalledTimes(1);
  });

  test.each([
    [
      'a way of its own to be rendered',
      class extends k8s.KubePod {
        public override toJson() {
          return { ...super.toJson(), mine: true };
        }
      },
    ],
    ['a class in between', class extends k8s.KubePod {}],
  ])('is left to it where it has %s', (_, Type) => {
    const object = new Type(new Chart(new App(), 'chart'), 'object', { spec: { containers: [] } });
    expect(findGeneratedClass(object)).toBeUndefined();
    expect(renderObject(object)).toEqual(object.toJson());
  });

  test('is an ApiObject alone, where nobody generated its class', () => {
    const object = new ApiObject(new Chart(new App(), 'chart'), 'object', { apiVersion: 'v1', kind: 'Widget' });
    expect(findGeneratedClass(object)).toBeUndefined();
  });

  test('is one of a custom resource, too', () => {
    const chart = new Chart(new App(), 'chart');
    for (const port of ['http', 'https']) {
      const monitor = new PodMonitor(chart, port, {
        spec: { selector: {}, podMetricsEndpoints: [{ port, path: '/' }] },
      });
      expect(renderObject(monitor)).toEqual(monitor.toJson());
    }
  });
});
