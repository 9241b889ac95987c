import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, App, Chart } from 'cdk8s';
import { Manifests, Match } from '../../src/testing';
import { SHOP_YAML, shop } from './shop';

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
