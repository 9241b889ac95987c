import { Capture, Match } from '../../src/testing';
import { matches } from '../../src/testing/compare';
import { shop } from './shop';

test('takes values out of the object that matches', () => {
  const [image, replicas, labels] = [new Capture(), new Capture(), new Capture()];
  const containers = Match.arrayWith([{ name: 'cache', image }]);
  shop().hasResource('Deployment', { spec: { replicas, template: { metadata: { labels }, spec: { containers } } } });
  expect(image.asString()).toBe('acme/cache:1.0');
  expect(replicas.asNumber()).toBe(2);
  expect(labels.asObject()).toEqual({ app: 'shop', tier: 'web' });
});

test('keeps nothing of objects that do not match as a whole', () => {
  const name = new Capture();
  shop().find('Service', { metadata: { name }, spec: { type: 'NodePort' } });
  expect(name.values).toEqual([]);
  expect(() => name.value).toThrow(
    new Error('[Capture] nothing was captured, as nothing matched; look at the pattern around it'),
  );
});

test('keeps the value of each object that matches', () => {
  const kinds = new Capture();
  for (const kind of ['Service', 'ConfigMap']) {
    shop().find(kind, { kind: kinds });
  }
  expect(kinds.values).toEqual(['Service', 'ConfigMap']);
  expect(() => kinds.asString()).toThrow(
    'captured 2 values; read `values`, or make the pattern say which object is meant',
  );
});

test('keeps only what its own pattern matches', () => {
  const port = new Capture(80);
  shop().hasResource('Service', { spec: { ports: Match.arrayWith([{ port }]) } });
  expect(port.value).toBe(80);
  expect(String(port)).toBe('Capture(80)');
  expect(String(new Capture())).toBe('Capture()');
});

test('a value that is not there is not captured', () => {
  const capture = new Capture();
  expect(matches({ a: capture }, {})).toBe(false);
  expect(capture.asymmetricMatch(1)).toBe(true);
  expect(capture.values).toEqual([]);
});

test('gives copies, of the type that is asked for', () => {
  const [ports, paused] = [new Capture(), new Capture(false)];
  shop().hasResource('Service', { spec: { ports } });
  ports.asArray().pop();
  expect(ports.asArray()).toHaveLength(2);
  expect(() => ports.asObject()).toThrow('[Capture] the value is of type array, not object: [{name: "http"');
  expect(() => paused.asBoolean()).toThrow('nothing was captured');
});
