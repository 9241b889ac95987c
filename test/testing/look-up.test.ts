import { objectsIn } from '../../src/rules/model/object-view';
import { isOfKind, listed, ofKind, theOne } from '../../src/testing/look-up';

const object = (kind: string, name: string, namespace?: string, apiVersion = 'v1') =>
  objectsIn({ apiVersion, kind, metadata: { name, namespace } }, {})[0]!;
const find = (names: string[], name?: string) => {
  const all = names.map((one) => object('Pod', one));
  return theOne({ among: all, all, noun: 'pod', where: 'shop' }, name).name;
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
  expect(ofKind(objects, 'v1/Service', '').map(({ name }) => name)).toEqual(['a']);
});

test('a kind in the wrong case is an error, as it would find nothing', () => {
  expect(() => ofKind([object('Service', 'a')], 'service', 'shop')).toThrow(
    new Error('[shop] there is no kind "service"; did you mean "Service"?'),
  );
  expect(ofKind([object('Service', 'a')], 'Ingress', 'shop')).toEqual([]);
});

test('many objects are counted', () => {
  const many = [...Array(12)].map((_, index) => object('Pod', `pod-${index}`));
  expect(listed([...many, object('Service', 'a')])).toBe('12 Pod, 1 Service');
  expect(listed([object('Pod', 'a', 'shop')])).toBe('Pod/a in shop');
});
