import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, App, Chart } from 'cdk8s';
import { listObjectViews } from '../../src/rules/model/object-view';
import * as kit from '../../src/testing';
import { Manifests, Match, manifestSerializer } from '../../src/testing';
import { describeObjects, findOne, isOfKind, selectByKind } from '../../src/testing/look-up';
import { formatManifests } from '../../src/testing/manifest-yaml';
import { SHOP_YAML, shop } from './shop';

describe('container handle', () => {
  const pod = shop().pod('shop');

  test.each([
    ['web', 'main container'],
    ['cache', 'sidecar'],
    ['log-agent', 'native sidecar'],
    ['migrate', 'init container'],
  ])('%s is a %s', (name, role) => {
    expect(pod.container(name).role).toBe(role);
  });

  test('tells its ports, mounts and variables', () => {
    const web = pod.container('web');
    expect(web.ports).toEqual([
      { number: 8080, name: 'http', protocol: 'TCP' },
      { number: 8053, name: 'dns', protocol: 'UDP' },
    ]);
    expect(web.mounts).toEqual([{ volume: 'logs', path: '/var/log/web', subPath: 'web', readOnly: false }]);
    expect(pod.container('log-agent').mounts[0]).toEqual({ volume: 'logs', path: '/logs', readOnly: true });
    expect([web.env('MODE'), web.env('OTHER')]).toEqual(['production', undefined]);
    expect(web.pod).toBe(pod);
    expect(`${web}`).toBe('container "web" of Deployment/acme-shop-c8f1a2b3');
  });

  test('gives copies', () => {
    pod.container('web').manifest.image = 'other';
    expect(pod.container('web').manifest.image).toBe('acme/web:1.4');
  });
});

test('the test kit is what is documented', () => {
  expect(Object.keys(kit).sort()).toEqual([
    'Capture',
    'ContainerHandle',
    'Manifests',
    'Match',
    'Matcher',
    'PodHandle',
    'manifestSerializer',
    'podMatchers',
  ]);
});

const object = (kind: string, name: string, namespace?: string, apiVersion = 'v1') =>
  listObjectViews({ apiVersion, kind, metadata: { name, namespace } }, {})[0]!;
const find = (names: string[], name?: string) => {
  const all = names.map((one) => object('Pod', one));
  return findOne({ among: all, all, noun: 'pod', where: 'shop' }, name).name;
};

test.each([
  ['web', ['web', 'shop-web-c8f1a2b3', 'web-api'], 'web'],
  ['web', ['web-c8f1a2b3', 'shop-web-c8f1a2b3'], 'web-c8f1a2b3'],
  ['web', ['shop-web-c8f1a2b3', 'shop-api-c8000000'], 'shop-web-c8f1a2b3'],
  ['shop', ['shop-web-c8f1a2b3', 'api'], 'shop-web-c8f1a2b3'],
  ['Pod/web', ['web', 'shop-web'], 'web'],
  [undefined, ['web'], 'web'],
])('%s of %j is %s', (name, names, found) => {
  expect(find(names, name)).toBe(found);
});

test.each<[string, string[], string | undefined, string]>([
  [
    'a name that fits several',
    ['shop-web-c8f1a2b3', 'web-api'],
    'web',
    '[shop] pod "web" may be any of 2; write the whole name, `Kind/name`, or take one namespace with `inNamespace` (there: Pod/shop-web-c8f1a2b3, Pod/web-api)',
  ],
  ['no name for several', ['a', 'b'], undefined, '[shop] there is more than one pod; name it (there: Pod/a, Pod/b)'],
  [
    'a mistyped name',
    ['shop-c8f1a2b3'],
    'shp',
    '[shop] there is no pod "shp"; did you mean "shop"? (there: Pod/shop-c8f1a2b3)',
  ],
  ['a part in the middle', ['a-web-b'], 'web', '[shop] there is no pod "web" (there: Pod/a-web-b)'],
  ['nothing at all', [], 'web', '[shop] there is no pod (there: nothing)'],
])('%s is an error', (_, names, name, message) => {
  expect(() => find(names, name)).toThrow(new Error(message));
});

test('a kind may be written with its group and version', () => {
  const objects = [object('Service', 'a'), object('Service', 'b', undefined, 'serving.knative.dev/v1')];
  expect(objects.filter((one) => isOfKind(one, 'Service'))).toHaveLength(2);
  expect(selectByKind(objects, 'v1/Service', '').map(({ name }) => name)).toEqual(['a']);
});

test('a kind in the wrong case is an error, as it would find nothing', () => {
  expect(() => selectByKind([object('Service', 'a')], 'service', 'shop')).toThrow(
    new Error('[shop] there is no kind "service"; did you mean "Service"?'),
  );
  expect(selectByKind([object('Service', 'a')], 'Ingress', 'shop')).toEqual([]);
});

test('many objects are counted', () => {
  const many = [...Array(12)].map((_, index) => object('Pod', `pod-${index}`));
  expect(describeObjects([...many, object('Service', 'a')])).toBe('12 Pod, 1 Service');
  expect(describeObjects([object('Pod', 'a', 'shop')])).toBe('Pod/a in shop');
});

expect.addSnapshotSerializer(manifestSerializer);

const SERVICE = { spec: { ports: [{ port: 80 }] }, kind: 'Service', metadata: { name: 'web' }, apiVersion: 'v1' };

test.each<[string, unknown]>([
  ['Manifests', Manifests.fromObjects([SERVICE])],
  ['a manifest', SERVICE],
  ['a list of one manifest', [SERVICE]],
])('%s is printed as YAML', (_, value) => {
  expect(value).toMatchInlineSnapshot(`
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      ports:
        - port: 80
  `);
});

test('several manifests are printed as documents', () => {
  expect(manifestSerializer.serialize([SERVICE, SERVICE], {})).toMatch(/port: 80\n---\napiVersion: v1/);
});

test('a container and a pod are printed too', () => {
  expect(shop().pod('report').container('report')).toMatchInlineSnapshot(`
    name: report
    image: acme/report:1.0
  `);
  expect(shop().pod('report')).toMatchInlineSnapshot(`
    spec:
      containers:
        - name: report
          image: acme/report:1.0
      restartPolicy: Never
  `);
});

test('inside another value it stands in lines of its own, without spaces at their ends', () => {
  const config = { apiVersion: 'v1', kind: 'ConfigMap', metadata: {}, data: { a: 'b\n\nc\n' } };
  expect({ config }).toMatchInlineSnapshot(`
{
  "config": ---
    apiVersion: v1
    kind: ConfigMap
    metadata: {}
    data:
      a: |
        b

        c,
}
`);
});

test.each<[string, unknown]>([
  ['a reference to an object', { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }],
  ['an empty list', []],
  ['a list of other things too', [SERVICE, 1]],
  ['a text', 'kind: Service'],
  ['nothing', undefined],
  ['null', null],
])('%s is left alone', (_, value) => {
  expect(manifestSerializer.test(value)).toBe(false);
});

const CONFIG_MAP = {
  metadata: { labels: { b: '1', a: 'on' }, namespace: 'shop', name: 'conf' },
  data: { 'a.sh': '#!/bin/sh\necho "hi"\n', long: 'word '.repeat(40).trim() },
  kind: 'ConfigMap',
  apiVersion: 'v1',
};

test('fields stand in the order in which they are reviewed, and texts as they are', () => {
  const pod = {
    spec: { containers: [{ ports: [{ protocol: 'TCP', name: 'http' }], image: 'b', name: 'a', args: undefined }] },
    kind: 'Pod',
  };
  expect(formatManifests([CONFIG_MAP, pod])).toBe(`apiVersion: v1
kind: ConfigMap
metadata:
  name: conf
  namespace: shop
  labels:
    a: "on"
    b: "1"
data:
  a.sh: |
    #!/bin/sh
    echo "hi"
  long: ${'word '.repeat(40).trim()}
---
kind: Pod
spec:
  containers:
    - name: a
      image: b
      ports:
        - name: http
          protocol: TCP
`);
});

test('the order in which fields were written makes no difference', () => {
  const reversed = Object.fromEntries(Object.entries(CONFIG_MAP).reverse());
  expect(formatManifests([reversed])).toBe(formatManifests([CONFIG_MAP]));
});

test('a part that stands twice is written twice', () => {
  const labels = { app: 'web' };
  expect(formatManifests([{ a: labels, b: labels }])).toBe('a:\n  app: web\nb:\n  app: web\n');
});

test('what is written reads back as the same', () => {
  expect(Manifests.fromYaml(formatManifests([CONFIG_MAP])).all()).toEqual([CONFIG_MAP]);
});

function newApp(): App {
  const app = new App();
  const outer = new Chart(app, 'outer');
  for (const chart of [outer, new Chart(outer, 'inner'), new Chart(app, 'other')]) {
    new ApiObject(chart, 'conf', { apiVersion: 'v1', kind: 'ConfigMap', data: { a: 'b' } });
  }
  return app;
}

describe('manifests come', () => {
  test('from a chart, as `Testing.synth` gives them', () => {
    const [outer] = newApp().charts;
    const manifests = Manifests.fromChart(outer!);
    expect(manifests.all()).toEqual(outer!.toJson());
    expect(`${manifests}`).toBe('outer');
  });

  test('from an app, those of each chart once', () => {
    const manifests = Manifests.fromApp(newApp());
    expect(manifests.all().map(({ metadata }) => metadata.name.replace(/-c8\w{6}$/, ''))).toEqual([
      'outer-conf',
      'outer-inner-conf',
      'other-conf',
    ]);
    expect(manifests.get('ConfigMap', 'other-conf').data).toEqual({ a: 'b' });
    expect(`${manifests}`).toBe('app');
  });

  test('from a file', () => {
    const folder = mkdtempSync(join(tmpdir(), 'manifests-'));
    const file = join(folder, 'shop.yaml');
    writeFileSync(file, SHOP_YAML);
    try {
      expect(Manifests.fromFile(file).all()).toEqual(shop().all());
      writeFileSync(file, `${SHOP_YAML}---\na: [`);
      expect(() => Manifests.fromFile(file)).toThrow(/^\[.*shop\.yaml:\d+\] /);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('from objects, a List as its items, without what JSON cannot say', () => {
    const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'a' } };
    const list = { apiVersion: 'v1', kind: 'List', items: [service, { ...service, spec: undefined }] };
    expect(Manifests.fromObjects([list]).all()).toStrictEqual([service, service]);
  });

  test('not from anything else', () => {
    expect(() => Manifests.fromObjects([[]])).toThrow(new Error('[manifests] item 0 is no manifest: []'));
    expect(() => Manifests.fromObjects([{}, undefined])).toThrow(
      new Error('[manifests] item 1 is no manifest: undefined'),
    );
    expect(() => Manifests.fromYaml('just text')).toThrow(new Error('[line 1] the document is no manifest'));
    expect(() => Manifests.fromYaml('kind: A\n---\na: 1\na: 2')).toThrow(
      new Error('[line 4] field "a" stands twice in one object'),
    );
    expect(Manifests.fromYaml('# nothing').all()).toEqual([]);
  });
});

describe('manifests are found', () => {
  test('by kind and pattern', () => {
    expect(shop().find('Service')).toHaveLength(1);
    expect(shop().find('Service', { spec: { ports: Match.arrayWith([{ port: 81 }]) } })).toEqual([]);
    expect(shop().find('Ingress')).toEqual([]);
    expect([shop().count('Service'), shop().count('Ingress')]).toEqual([1, 0]);
  });

  test('by kind and name', () => {
    expect(shop().get('Deployment', 'acme-shop').spec.replicas).toBe(2);
    expect(shop().get('v1/Service').metadata.name).toBe('shop');
    expect(() => shop().get('Ingress')).toThrow(
      /^\[manifests\] there is no Ingress \(there: Deployment\/acme-shop-c8f1a2b3 in shop, /,
    );
    expect(() => shop().get('Service', 'shp')).toThrow('there is no Service "shp"; did you mean "shop"?');
  });

  test('by the pods they make', () => {
    expect(shop().pod('shop').name).toBe('acme-shop-c8f1a2b3');
    expect(shop().pods().map(String)).toEqual(['Deployment/acme-shop-c8f1a2b3', 'Job/report']);
    expect(() => shop().pod()).toThrow('[manifests] there is more than one pod; name it');
    expect(() => Manifests.fromObjects([]).pod('web')).toThrow(
      new Error('[manifests] there is no pod (there: nothing)'),
    );
  });

  test('in one namespace', () => {
    const both = Manifests.fromYaml(`${SHOP_YAML}---${SHOP_YAML.replace(/namespace: shop/g, 'namespace: test')}`);
    expect(() => both.pod('report')).toThrow('pod "report" may be any of 2');
    expect(both.inNamespace('test').pod('report').workload.metadata.namespace).toBe('test');
    expect(() => both.inNamespace('live').pod()).toThrow(
      '[manifests, namespace live] there is no pod (there: nothing)',
    );
  });
});

describe('manifests are asserted', () => {
  test('by kind and pattern', () => {
    expect(() => shop().hasResource('Service', { metadata: { name: 'shop' } })).not.toThrow();
    expect(() => shop().hasResource('Service', { spec: { type: 'NodePort' } })).toThrow(
      new Error(
        '[manifests] no Service matches {spec: {type: "NodePort"}}; the only one is Service/shop:\n  spec.type: expected "NodePort", found nothing',
      ),
    );
  });

  test('by their number', () => {
    expect(() => shop().resourceCountIs('Service', 1)).not.toThrow();
    expect(() => shop().resourceCountIs('Service', 2)).toThrow(
      new Error('[manifests] expected 2 of Service, found 1 (there: Service/shop in shop)'),
    );
    expect(() => shop().resourceCountIs('Ingress', 1)).toThrow(
      'found 0 (there: Deployment/acme-shop-c8f1a2b3 in shop, ',
    );
  });
});

test('all that is given is a copy', () => {
  const manifests = shop();
  manifests.all()[0].kind = 'Other';
  manifests.find('Service')[0].spec.ports.pop();
  manifests.get('Service').spec.selector = {};
  expect(manifests.all()).toEqual(shop().all());
});

test('the YAML of manifests reads back as the same', () => {
  expect(Manifests.fromYaml(shop().toYaml()).all()).toEqual(shop().all());
});

describe('pod handle', () => {
  const pod = shop().pod('shop');

  test('tells its workload and containers', () => {
    expect([pod.kind, pod.name, `${pod}`]).toEqual([
      'Deployment',
      'acme-shop-c8f1a2b3',
      'Deployment/acme-shop-c8f1a2b3',
    ]);
    expect(pod.containers).toEqual(['migrate', 'log-agent', 'proxy', 'web', 'cache']);
    expect(pod.manifest.metadata.labels).toEqual({ app: 'shop', tier: 'web' });
    expect(pod.workload.spec.replicas).toBe(2);
  });

  test('a container that is not there is an error that lists those that are', () => {
    expect(() => pod.container('wep')).toThrow(
      new Error(
        '[Deployment/acme-shop-c8f1a2b3] there is no container "wep"; did you mean "web"? (there: migrate, log-agent, proxy, web, cache)',
      ),
    );
  });

  test('knows the Services that select it, of its own namespace', () => {
    expect(pod.services().map(({ metadata }) => metadata.name)).toEqual(['shop']);
    expect(shop().pod('report').services()).toEqual([]);
    const elsewhere = SHOP_YAML.replace('{name: shop, namespace: shop}', '{name: shop, namespace: other}');
    expect(Manifests.fromYaml(elsewhere).pod('shop').services()).toEqual([]);
  });

  test('gives copies', () => {
    pod.manifest.spec.containers.pop();
    pod.workload.spec.replicas = 9;
    pod.services()[0].spec = {};
    expect(pod.workload.spec.template.spec.containers).toHaveLength(2);
    expect(pod.workload.spec.replicas).toBe(2);
    expect(pod.services()[0].spec.selector).toEqual({ app: 'shop' });
  });

  test.each([
    ['Pod', 'v1', (template: any) => template],
    ['CronJob', 'batch/v1', (template: any) => ({ spec: { jobTemplate: { spec: { template } } } })],
    ['StatefulSet', 'apps/v1', (template: any) => ({ spec: { template } })],
  ])('finds the pod of a %s', (kind, apiVersion, body) => {
    const template = { metadata: { name: 'web' }, spec: { containers: [{ name: 'web', image: 'acme/web:1' }] } };
    const manifests = Manifests.fromObjects([{ apiVersion, kind, metadata: { name: 'web' }, ...body(template) }]);
    expect(manifests.pod('web').containers).toEqual(['web']);
  });
});
