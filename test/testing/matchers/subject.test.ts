import { ApiObject, App, Chart } from 'cdk8s';
import { containerOf, containersOf, manifestsOf, podsOf } from '../../../src/testing/matchers/subject';
import { shop } from '../shop';

const app = new App();
const chart = new Chart(app, 'shop');
const service = new ApiObject(chart, 'web', { apiVersion: 'v1', kind: 'Service' });

test.each<[string, unknown]>([
  ['a chart', chart],
  ['an app', app],
  ['an object of a chart', service],
  ['a list of manifests', chart.toJson()],
  ['a manifest', chart.toJson()[0]],
  ['Manifests', manifestsOf(chart, 'matcher')],
])('%s is taken for manifests', (_, subject) => {
  expect(manifestsOf(subject, 'matcher').all()).toEqual(chart.toJson());
});

test.each<[unknown, string]>([
  [5, '`expect` was given a value of type number, and this matcher takes a chart'],
  [null, '`expect` was given a value of type null'],
  [new Map(), '`expect` was given a value of type Map'],
  [{ node: { path: 'shop/web' } }, '`expect` was given the construct "shop/web", and this matcher takes a chart'],
])('%p is an error', (subject, message) => {
  expect(() => manifestsOf(subject, 'matcher')).toThrow(`[matcher] ${message}`);
});

test('pods are those of the manifests, and there must be one', () => {
  const pod = shop().pod('shop');
  expect(podsOf(pod, 'matcher')).toEqual([pod]);
  expect(podsOf(shop(), 'matcher').map(String)).toEqual(['Deployment/acme-shop-c8f1a2b3', 'Job/report']);
  expect(() => podsOf(chart, 'matcher')).toThrow(
    new Error('[matcher] there is no pod in shop, so there is nothing to test'),
  );
});

test('containers are one, or those that run in a pod', () => {
  const pod = shop().pod('shop');
  expect(containersOf(pod, 'matcher').map(({ name }) => name)).toEqual(['log-agent', 'proxy', 'web', 'cache']);
  expect(containersOf(pod.container('migrate'), 'matcher').map(({ name }) => name)).toEqual(['migrate']);
  expect(() => containersOf(chart, 'matcher')).toThrow(
    /the construct "shop", and this matcher takes a container or a pod/,
  );
  expect(containerOf(pod.container('web'), 'matcher').name).toBe('web');
  expect(() => containerOf(pod, 'matcher')).toThrow(
    /a value of type PodHandle, and this matcher takes a container; take/,
  );
});
