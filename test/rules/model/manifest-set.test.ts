import fc from 'fast-check';
import { Field } from '../../../src/rules/model/field';
import { ManifestSet } from '../../../src/rules/model/manifest-set';
import { type ObjectView, objectsIn } from '../../../src/rules/model/object-view';

interface Sample {
  readonly kind: string;
  readonly name?: string;
  readonly namespace?: string;
  readonly labels?: unknown;
}

function objectOf({ kind, name, namespace, labels }: Sample): ObjectView {
  return objectsIn({ apiVersion: 'v1', kind, metadata: { name, namespace, labels } }, {})[0]!;
}

const POD = objectOf({ kind: 'Pod', name: 'web', namespace: 'shop', labels: { app: 'web', tier: 'front' } });
const OTHER = objectOf({ kind: 'Pod', name: 'api', namespace: 'shop', labels: { app: 'api', tier: 'front' } });
const AWAY = objectOf({ kind: 'Pod', name: 'web', namespace: 'test', labels: { app: 'web' } });
const HOME = objectOf({ kind: 'Pod', name: 'web', labels: { app: 'web' } });
const SERVICE = objectOf({ kind: 'Service', name: 'web', namespace: 'shop' });
const SET = new ManifestSet([POD, OTHER, AWAY, HOME, SERVICE]);

describe('the objects of a kind', () => {
  test('are those in the namespace of another object, in their order', () => {
    expect(SET.of('Pod', SERVICE)).toEqual([POD, OTHER]);
    expect(SET.of('Service', POD)).toEqual([SERVICE]);
  });

  test('are others in another namespace, and where none is named', () => {
    expect(SET.of('Pod', AWAY)).toEqual([AWAY]);
    expect(SET.of('Pod', HOME)).toEqual([HOME]);
    expect(SET.of('Service', HOME)).toEqual([]);
  });

  test('may be asked for beside an object that is not in the set', () => {
    expect(SET.of('Pod', objectOf({ kind: 'Ingress', namespace: 'test' }))).toEqual([AWAY]);
  });
});

describe('one object', () => {
  test('is found by kind and name, in the namespace of another object', () => {
    expect(SET.find('Pod', 'web', SERVICE)).toBe(POD);
    expect(SET.find('Pod', 'web', AWAY)).toBe(AWAY);
    expect(SET.find('Pod', 'web', HOME)).toBe(HOME);
  });

  test.each([
    ['kind', 'Secret', 'web'],
    ['name', 'Pod', 'mail'],
    ['case', 'pod', 'web'],
    ['text at all', 'Pod', undefined],
  ])('is not found where no object has that %s', (_, kind, name) => {
    expect(SET.find(kind, name, SERVICE)).toBeUndefined();
  });

  test('has no name where nothing is looked for', () => {
    const nameless = objectOf({ kind: 'Secret', namespace: 'shop' });
    expect(new ManifestSet([nameless]).find('Secret', undefined, SERVICE)).toBeUndefined();
  });
});

describe('the pods with labels', () => {
  const podsWith = (labels: unknown, beside = SERVICE) =>
    SET.podsWith(Field.root(labels), beside).map(({ owner }) => owner);

  test.each([
    ['one label', { app: 'web' }, [POD]],
    ['a label of several pods', { tier: 'front' }, [POD, OTHER]],
    ['several labels', { tier: 'front', app: 'api' }, [OTHER]],
    ['labels of different pods', { tier: 'front', app: 'mail' }, []],
    ['a label that no pod has', { role: 'web' }, []],
    ['no label', {}, []],
    ['a number, which no label is', { app: 7 }, []],
    ['null', { app: null, tier: 'front' }, []],
    ['what is no object', 'app', []],
  ])('are those that hold all of them: %s', (_, labels, expected) => {
    expect(podsWith(labels)).toEqual(expected);
  });

  test('are those in the namespace of another object', () => {
    expect(podsWith({ app: 'web' }, AWAY)).toEqual([AWAY]);
    expect(podsWith({ app: 'web' }, HOME)).toEqual([HOME]);
  });

  test('are never those whose label is no text', () => {
    const odd = objectOf({ kind: 'Pod', labels: { app: 7, tier: null } });
    const set = new ManifestSet([odd]);
    const labels = [{ app: 7 }, { app: '7' }, { app: '' }, { tier: null }, { tier: '' }].map((data) =>
      Field.root(data),
    );
    expect(labels.flatMap((wanted) => set.podsWith(wanted, odd))).toEqual([]);
  });

  test('are the pods that workloads make, by the labels of their templates', () => {
    const template = { metadata: { labels: { app: 'web' } } };
    const [workload] = objectsIn({ apiVersion: 'apps/v1', kind: 'Deployment', spec: { template } }, {});
    expect(new ManifestSet([workload!]).podsWith(Field.root({ app: 'web' }), workload!)).toEqual([workload!.pod]);
  });
});

test('every look-up gives what a search through all objects would give', () => {
  const word = fc.constantFrom('a', 'b', '', 'constructor');
  const labels = fc.dictionary(word, fc.oneof(word, fc.constant(7)), { maxKeys: 2 });
  const kind = fc.constantFrom('Pod', 'Service');
  const sample = fc.record({ kind, name: word, namespace: fc.option(word, { nil: undefined }), labels });
  fc.assert(
    fc.property(fc.array(sample, { maxLength: 6 }), sample, (samples, wanted) => {
      const objects = samples.map(objectOf);
      const beside = objectOf(wanted);
      const set = new ManifestSet(objects);
      const near = objects.filter(({ namespace }) => (namespace ?? '') === (beside.namespace ?? ''));
      const ofKind = near.filter((object) => object.kind === wanted.kind);
      expect(set.of(wanted.kind, beside)).toEqual(ofKind);
      expect(set.find(wanted.kind, wanted.name, beside)).toBe(ofKind.filter(({ name }) => name === wanted.name).pop());
      const holders = near.filter(({ pod }) => pod && holdsAll(pod.labels.value, wanted.labels));
      expect(set.podsWith(Field.root(wanted.labels), beside).map(({ owner }) => owner)).toEqual(holders);
    }),
  );
});

function holdsAll(labels: unknown, wanted: Readonly<Record<string, unknown>>): boolean {
  const entries = Object.entries(wanted);
  const own = new Map(Object.entries(labels ?? {}));
  return entries.length > 0 && entries.every(([name, value]) => typeof value === 'string' && own.get(name) === value);
}
