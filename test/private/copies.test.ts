import { Size } from 'cdk8s';
import fc from 'fast-check';
import { copyOf } from '../../src/private/copies';

/** Plain data as props hold it, with an instance of a class here and there. */
const { data } = fc.letrec<{ data: unknown }>((tie) => ({
  data: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom<unknown>(undefined, null, '', 'text', 0, 1.5, true),
    fc.constant(Size.mebibytes(1)),
    fc.array(tie('data'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('data'), { maxKeys: 3, noNullPrototype: true }),
  ),
}));

/** Every array and plain object in the data, itself included. */
function partsOf(value: unknown): object[] {
  if (!Array.isArray(value) && Object.getPrototypeOf(value ?? 0) !== Object.prototype) {
    return [];
  }
  return [value as object, ...Object.values(value as object).flatMap(partsOf)];
}

test('a copy equals what it was made from, and shares no array and no plain object with it', () => {
  let parts = 0;
  fc.assert(
    fc.property(data, (original) => {
      const copy = copyOf(original);
      expect(copy).toStrictEqual(original);
      const originals = new Set(partsOf(original));
      parts += originals.size;
      expect(partsOf(copy).filter((part) => originals.has(part))).toEqual([]);
    }),
  );
  expect(parts).toBeGreaterThan(10);
});

test('a copy stays as it is, whatever becomes of the original', () => {
  const original = { ports: [{ number: 80 }], args: ['-v'] };
  const copy = copyOf(original);
  original.ports[0]!.number = 81;
  original.args.push('-q');
  expect(copy).toEqual({ ports: [{ number: 80 }], args: ['-v'] });
});

test('instances of classes are kept, as they are values themselves', () => {
  const sizeLimit = Size.mebibytes(1);
  const render = () => 'text';
  const copy = copyOf({ options: [{ sizeLimit, render }] });
  expect(copy.options[0]?.sizeLimit).toBe(sizeLimit);
  expect(copy.options[0]?.render).toBe(render);
});
