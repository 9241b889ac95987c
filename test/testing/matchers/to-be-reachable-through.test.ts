import { Manifests } from '../../../src/testing';
import { toBeReachableThrough } from '../../../src/testing/matchers/to-be-reachable-through';
import { SHOP_YAML, shop } from '../shop';
import { said } from './call';

/** What is found of a container through the Service whose spec is this. */
function facts(container: string, spec: string, metadata = '{name: web, namespace: shop}'): string {
  const service = `---\napiVersion: v1\nkind: Service\nmetadata: ${metadata}\nspec: ${spec}\n`;
  const pod = Manifests.fromYaml(SHOP_YAML + service).pod('acme');
  return said(toBeReachableThrough(pod.container(container), 'web')).replace(/expect.*\n\n/, '');
}

test.each([
  ['web', 'targetPort: http', 'leads to "http" of container "web"'],
  ['web', 'targetPort: 8080', 'leads to 8080 of container "web"'],
  ['log-agent', 'targetPort: metrics', 'leads to "metrics" of container "log-agent"'],
])('%s is reached by %s', (container, target, text) => {
  expect(facts(container, `{selector: {app: shop}, ports: [{port: 80, ${target}}]}`)).toBe(
    `passes: Service/web selects the pod, and its port 80 ${text}`,
  );
});

test('a port without a target leads to its own number', () => {
  expect(facts('cache', '{selector: {app: shop}, ports: [{port: 6379}]}')).toMatch(/^passes/);
});

test.each([
  ['cache', '{port: 80, targetPort: http}', 'its port 80 leads to "http" of container "web"'],
  ['web', '{port: 53, targetPort: dns}', 'its port 53 leads to "dns" of no container, as none lists that port'],
  ['web', '{port: 80, targetPort: "8080"}', 'its port 80 leads to "8080" of no container, as none lists that port'],
  [
    'migrate',
    '{port: 80, targetPort: migrate}',
    'its port 80 leads to "migrate" of no container, as none lists that port',
  ],
])('%s is not reached by %s', (container, port, text) => {
  expect(facts(container, `{selector: {app: shop}, ports: [${port}]}`)).toMatch(
    new RegExp(`^fails: container "${container}" lists .*\nService/web selects the pod, but ${text}$`),
  );
});

test.each([
  [
    '{selector: {app: web}, ports: [{port: 80}]}',
    undefined,
    'does not select the pod: it wants label `app` to be "web", and the pod has "shop"',
  ],
  ['{ports: [{port: 80}]}', undefined, 'selects no pods; give it a `selector`'],
  [
    '{type: ExternalName, externalName: a.b, selector: {app: shop}}',
    undefined,
    'selects no pods; give it a `selector`',
  ],
  [
    '{selector: {app: shop}, ports: [{port: 80}]}',
    '{name: web}',
    'is in no stated namespace, and the pod in namespace "shop"; a Service finds pods of its own namespace',
  ],
])('the Service %s does not find the pod', (spec, metadata, text) => {
  expect(facts('web', spec, metadata)).toBe(`fails: Service/web ${text}`);
});

test('a Service without ports leads nowhere', () => {
  expect(facts('web', '{selector: {app: shop}}')).toMatch(/Service\/web selects the pod, but has no ports$/);
});

test('a pod is reached where any of its containers is', () => {
  expect(toBeReachableThrough(shop().pod('shop'), 'shop').pass).toBe(true);
  expect(toBeReachableThrough(shop().pod('report'), 'shop').pass).toBe(false);
});

test('a Service that is not there is an error with `.not` too', () => {
  expect(() => toBeReachableThrough(shop().pod('shop'), 'shp')).toThrow(
    new Error('[toBeReachableThrough] there is no Service "shp"; did you mean "shop"? (there: Service/shop in shop)'),
  );
});
