import fc from 'fast-check';
import { Field } from '../../../src/rules/model/field';

const MANIFEST = {
  kind: 'Pod',
  metadata: { labels: { 'app.kubernetes.io/name': 'web' }, annotations: null },
  spec: { replicas: 3, paused: true, ready: false, containers: [{ name: 'app', args: ['-v', 1, null, 'x'] }] },
};
const ROOT = Field.root(MANIFEST);
const VALUES = [undefined, null, true, false, 0, '', 'text', [], [1], {}, { a: 1 }];

describe('the path of a field', () => {
  test('is empty at the top', () => {
    expect([ROOT.path, ROOT.keys, ROOT.name]).toEqual(['', [], '']);
  });

  test('names fields and places, whether they are there or not', () => {
    expect(ROOT.at('spec', 'containers').items[0]!.at('ports').path).toBe('spec.containers[0].ports');
    expect(ROOT.at('status', 'x', 'y').path).toBe('status.x.y');
    expect(ROOT.at('spec', 'containers').items[0]!.keys).toEqual(['spec', 'containers', 0]);
  });

  test('puts names in quotes that would read as something else', () => {
    expect(ROOT.at('metadata', 'labels', 'app.kubernetes.io/name').path).toBe(
      'metadata.labels["app.kubernetes.io/name"]',
    );
    expect(ROOT.at('a"b', '', '0', 'x-y_z').path).toBe('["a\\"b"][""]["0"].x-y_z');
  });

  test('begins with a bracket where the top is a list', () => {
    expect(Field.root([{ a: 1 }]).items[0]!.at('a').path).toBe('[0].a');
  });
});

describe('what stands in a field', () => {
  test.each([
    ['text', ['', 'text']],
    ['number', [0]],
    ['scalar', ['0', '', 'text']],
  ] as const)('is its %s only where it is one', (getter, expected) => {
    const read = VALUES.map((value) => Field.root(value)[getter]).filter((value) => value !== undefined);
    expect(read).toEqual(expected);
  });

  test.each([
    ['exists', [true, false, 0, '', 'text', [], [1], {}, { a: 1 }]],
    ['isTrue', [true]],
    ['isFalse', [false]],
    ['isObject', [{}, { a: 1 }]],
  ] as const)('%s', (getter, expected) => {
    expect(VALUES.filter((value) => Field.root(value)[getter])).toEqual(expected);
  });

  test('has items only where it is a list', () => {
    expect(VALUES.map((value) => Field.root(value).items.length)).toEqual(VALUES.map((value) => lengthOf(value)));
  });

  test('has names and fields only where it is an object', () => {
    expect(VALUES.flatMap((value) => Field.root(value).names)).toEqual(['a']);
    expect(VALUES.flatMap((value) => Field.root(value).fields).map(({ path, value }) => [path, value])).toEqual([
      ['a', 1],
    ]);
  });

  test('is the same list of items however often it is asked for', () => {
    const containers = ROOT.at('spec', 'containers');
    expect(containers.items).toBe(containers.items);
  });

  test('are the texts of a list, without what is none', () => {
    expect(ROOT.at('spec', 'containers').items[0]!.at('args').texts).toEqual(['-v', 'x']);
  });
});

describe('the field below', () => {
  test('is the one of that name, at any depth', () => {
    expect(ROOT.at('spec', 'replicas').number).toBe(3);
    expect(ROOT.at('metadata').at('labels').at('app.kubernetes.io/name').name).toBe('app.kubernetes.io/name');
    expect(ROOT.at()).toBe(ROOT);
  });

  test.each(['constructor', 'toString', '__proto__', 'hasOwnProperty', 'length'])(
    'is nothing where "%s" is only what JavaScript adds',
    (name) => {
      expect([{}, [], 'text', 1, null, undefined].map((value) => Field.root(value).at(name).value)).toEqual(
        Array.from({ length: 6 }),
      );
    },
  );

  test('is there where somebody wrote such a name', () => {
    const field = Field.root(JSON.parse('{"__proto__": {"a": 1}, "constructor": "x"}'));
    expect(field.at('__proto__', 'a').number).toBe(1);
    expect(field.at('constructor').text).toBe('x');
    expect(field.names).toEqual(['__proto__', 'constructor']);
  });

  test('is nothing in a list, which has places instead of names', () => {
    expect(ROOT.at('spec', 'containers', '0').exists).toBe(false);
  });
});

describe('the field that is missing on the way', () => {
  test('is none where the field is there', () => {
    expect([ROOT, ROOT.at('spec', 'ready')].map(({ missing }) => missing)).toEqual([undefined, undefined]);
  });

  test.each([
    ['the field itself', ['metadata', 'name'], 'metadata.name'],
    ['the topmost one that is absent', ['status', 'phase', 'x'], 'status'],
    ['one that is null', ['metadata', 'annotations', 'a'], 'metadata.annotations'],
    ['one below a text', ['kind', 'a', 'b'], 'kind.a'],
  ])('is %s', (_, names, path) => {
    expect(ROOT.at(...names).missing?.path).toBe(path);
  });

  test('is the top where there is nothing at all', () => {
    const nothing = Field.root(null);
    expect(nothing.at('a').missing).toBe(nothing);
  });
});

test('the steps to a field lead to it again', () => {
  const name = ROOT.at('spec', 'containers').items[0]!.at('name');
  expect(ROOT.follow(name.keys).value).toBe('app');
  expect(ROOT.follow(name.keys).path).toBe(name.path);
  expect(ROOT.follow([])).toBe(ROOT);
});

test('no way through any data fails, and nothing is found that is not there', () => {
  const names = fc.array(fc.oneof(fc.string(), fc.constantFrom('a', '0', '__proto__', 'length')), { maxLength: 5 });
  fc.assert(
    fc.property(fc.anything({ key: fc.constantFrom('a', '0', 'b') }), names, (value, path) => {
      const field = Field.root(value).at(...path);
      expect(field.keys).toEqual(path);
      expect(field.missing === undefined).toBe(field.exists);
      expect([field.items, field.names, field.texts, field.fields].every(Array.isArray)).toBe(true);
    }),
  );
});

test('fields of one manifest that are not the same have different paths', () => {
  const key = fc.oneof(fc.constantFrom('a', '0', 'a.b', '["a"]', '[0]', '"', '\\'), fc.string());
  const way = fc.array(fc.oneof(key, fc.nat(2)), { maxLength: 3 });
  fc.assert(
    fc.property(way, way, (one, other) => {
      expect(pathOf(one) === pathOf(other)).toBe(JSON.stringify(one) === JSON.stringify(other));
    }),
  );
});

function lengthOf(value: unknown): number {
  return Array.isArray(value) ? value.length : 0;
}

/** The path of a field behind these steps, in data that has them all. */
function pathOf(keys: readonly (string | number)[]): string {
  const step = (value: unknown, key: string | number) =>
    typeof key === 'number'
      ? Array.from({ length: key + 1 }, () => value)
      : Object.fromEntries([[key, value] as const]);
  return Field.root(keys.reduceRight<unknown>(step, 1)).follow(keys).path;
}
