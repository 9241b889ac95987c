import { Manifests, manifestSerializer } from '../../src/testing';
import { shop } from './shop';

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
