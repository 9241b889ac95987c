import { Manifests } from '../../src/testing';
import { SHOP_YAML, shop } from './shop';

const pod = shop().pod('shop');

test('tells its workload and containers', () => {
  expect([pod.kind, pod.name, `${pod}`]).toEqual(['Deployment', 'acme-shop-c8f1a2b3', 'Deployment/acme-shop-c8f1a2b3']);
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
