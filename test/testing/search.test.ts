import { objectsIn } from '../../src/rules/model/object-view';
import { search } from '../../src/testing/search';

const objects = ['api', 'web'].flatMap((name, index) =>
  objectsIn({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name }, spec: { replicas: index } }, {}),
);

test('all objects that match are found, all of a kind without a pattern', () => {
  expect(search(objects, { spec: { replicas: 1 } }, 'Deployment', objects).matches).toEqual([objects[1]]);
  expect(search(objects, undefined, 'Deployment', objects).matches).toEqual(objects);
});

test('where none matches, the object of that name is the nearest', () => {
  const pattern = { metadata: { name: 'web' }, spec: { replicas: 0, paused: true } };
  expect(search(objects, pattern, 'Deployment', objects).problem).toBe(
    'no Deployment matches {metadata: {name: "web"}, spec: {replicas: 0, paused: true}}; of 2 the nearest is Deployment/web:\n' +
      '  spec.replicas: expected 0, found 1\n  spec.paused: expected true, found nothing',
  );
});

test('where there is none of the kind, what is there is listed', () => {
  expect(search([], {}, 'Ingress', objects)).toEqual({
    matches: [],
    problem: 'there is no Ingress (there: Deployment/api, Deployment/web)',
  });
});
