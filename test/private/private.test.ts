import { type App, Duration, Size } from 'cdk8s';
import { Construct } from 'constructs';
import fc from 'fast-check';
import { copyData } from '../../src/private/copies';
import { toWholeSeconds } from '../../src/private/durations';
import { createError, describeChoices, findOwner } from '../../src/private/errors';
import { findRepeated, groupBy, Reading } from '../../src/private/lists';
import { memoize } from '../../src/private/memo';
import { hashText, isDnsLabel, isPinned, isPortName, toDnsLabel } from '../../src/private/names';
import { findNearest, isTypo } from '../../src/private/nearest';
import { findFirstOpenPort, isPort } from '../../src/private/ports';
import { toExactKibibytes, toWholeMebibytes } from '../../src/private/sizes';
import { ANY_CHARACTER, assertAlways } from '../runs';
import { newChart } from '../support';

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
  assertAlways(
    fc.property(data, (original) => {
      const copy = copyData(original);
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
  const copy = copyData(original);
  original.ports[0]!.number = 81;
  original.args.push('-q');
  expect(copy).toEqual({ ports: [{ number: 80 }], args: ['-v'] });
});

test('instances of classes are kept, as they are values themselves', () => {
  const sizeLimit = Size.mebibytes(1);
  const render = () => 'text';
  const copy = copyData({ options: [{ sizeLimit, render }] });
  expect(copy.options[0]?.sizeLimit).toBe(sizeLimit);
  expect(copy.options[0]?.render).toBe(render);
});

test.each([
  ['nothing', Duration.seconds(0), 0],
  ['1 ms', Duration.millis(1), 1],
  ['1000 ms', Duration.millis(1000), 1],
  ['1001 ms', Duration.millis(1001), 2],
  ['1.5 s', Duration.seconds(1.5), 2],
  ['30 s', Duration.seconds(30), 30],
  ['1 min', Duration.minutes(1), 60],
  ['2 h', Duration.hours(2), 7200],
])('%s take %s', (_, duration, seconds) => {
  expect(toWholeSeconds(duration)).toBe(seconds);
});

test('a duration is never rounded down, and up by less than a second', () => {
  assertAlways(
    fc.property(fc.nat(1 << 30), (millis) => {
      const spare = toWholeSeconds(Duration.millis(millis)) * 1000 - millis;
      expect(spare).toBeGreaterThanOrEqual(0);
      expect(spare).toBeLessThan(1000);
    }),
  );
});

test('the owner of a child named "Resource" or "Default" is the construct that the user wrote', () => {
  const web = new Construct(newChart(), 'web');
  const child = new Construct(web, 'Default');
  expect(findOwner(web)).toBe(web);
  expect(findOwner(child)).toBe(web);
  expect(findOwner(new Construct(child, 'Resource'))).toBe(web);
});

test('a root named "Resource" owns itself', () => {
  const root = new Construct(undefined as unknown as App, 'Resource');
  expect(findOwner(root)).toBe(root);
});

test('an error begins with the path of the construct that the user wrote', () => {
  const web = new Construct(newChart(), 'web');
  expect(createError(web, 'it broke; mend it')).toEqual(new Error('[shop/web] it broke; mend it'));
  expect(createError(new Construct(web, 'Resource'), 'it broke')).toEqual(new Error('[shop/web] it broke'));
});

test('an error of a value that is no construct begins with its name', () => {
  expect(createError('LogRotation', 'it broke')).toEqual(new Error('[LogRotation] it broke'));
});

test.each([
  [0, ''],
  [1, ' (taken: n0)'],
  [3, ' (taken: n0, n1, n2)'],
  [8, ' (taken: n0, n1, n2, n3, n4, n5, n6, n7)'],
  [9, ''],
])('of %d choices the reader sees "%s"', (count, text) => {
  expect(
    describeChoices(
      'taken',
      Array.from({ length: count }, (_, index) => `n${index}`),
    ),
  ).toBe(text);
});

const DIGEST = `sha256:${'0'.repeat(64)}`;

test.each([
  ['nginx:1.30.4', true],
  ['docker.io/library/nginx:1.30.4', true],
  ['localhost:5000/acme/app:1.0', true],
  [`nginx@${DIGEST}`, true],
  [`nginx:latest@${DIGEST}`, true],
  [`localhost:5000/app@${DIGEST}`, true],
  ['nginx:latest-1.30', true],
  ['nginx', false],
  ['nginx:latest', false],
  ['docker.io/library/nginx', false],
  ['localhost:5000/acme/app', false],
  ['localhost:5000/acme/app:latest', false],
])('image "%s" is pinned: %s', (image, pinned) => {
  expect(isPinned(image)).toBe(pinned);
});

test('an item is repeated where an earlier one has its key', () => {
  expect(findRepeated(['a', 'b', 'A', 'c', 'a'], (item) => item.toLowerCase())).toEqual(['A', 'a']);
  expect(findRepeated([], String)).toEqual([]);
});

test('items are grouped by their keys, in their order', () => {
  expect([...groupBy([3, 1, 4, 1, 5], (item) => item % 2)]).toEqual([
    [1, [3, 1, 1, 5]],
    [0, [4]],
  ]);
});

test('of a list that grows each item is read once', () => {
  const reading = new Reading<string>();
  expect(reading.readNext(['a'])).toEqual(['a']);
  expect(reading.readNext(['a'])).toEqual([]);
  expect(reading.readNext(['a', 'b', 'c'])).toEqual(['b', 'c']);
});

/** A function that counts how often it is asked. */
function counted() {
  const asked: unknown[] = [];
  const render = memoize((data: unknown) => {
    asked.push(data);
    return JSON.stringify(data);
  });
  return { asked, render };
}

test('equal data is rendered once', () => {
  const { asked, render } = counted();
  expect([render({ a: [1] }), render({ a: [1] }), render({ a: [2] })]).toEqual(['{"a":[1]}', '{"a":[1]}', '{"a":[2]}']);
  expect(asked).toEqual([{ a: [1] }, { a: [2] }]);
});

test('a text is right however many were rendered before', () => {
  const { render } = counted();
  const numbers = Array.from({ length: 1_000 }, (_, index) => index);
  expect([...numbers, ...numbers].filter((number) => render({ number }) !== `{"number":${number}}`)).toEqual([]);
});

test('all that is passed counts', () => {
  const join = memoize((...parts: string[]) => parts.join('-'));
  expect([join('a', 'b'), join('a-b'), join('a', 'c'), join()]).toEqual(['a-b', 'a-b', 'a-c', '']);
});

test('what is made of very much data is made anew', () => {
  const { asked, render } = counted();
  const data = 'x'.repeat(100_000);
  expect([render(data), render(data)]).toEqual([JSON.stringify(data), JSON.stringify(data)]);
  expect(asked).toHaveLength(2);
});

/** Parts of a name as users write them, whether a label can show them or not. */
const parts = fc.array(
  fc.oneof(fc.stringMatching(/^[a-zA-Z0-9]{1,20}$/), fc.string({ unit: ANY_CHARACTER, maxLength: 80 })),
);

test.each([
  ['app', true],
  ['log-agent', true],
  ['0', true],
  ['a--b', true],
  ['a'.repeat(63), true],
  ['a'.repeat(64), false],
  ['', false],
  ['-app', false],
  ['app-', false],
  ['App', false],
  ['app_1', false],
  ['app.1', false],
  ['app\n', false],
])('"%s" as a DNS label: %s', (name, valid) => {
  expect(isDnsLabel(name)).toBe(valid);
});

test.each([
  ['http', true],
  ['web-1', true],
  ['8080a', true],
  ['a'.repeat(15), true],
  ['a'.repeat(16), false],
  ['8080', false],
  ['a--b', false],
  ['-http', false],
  ['http-', false],
  ['HTTP', false],
  ['', false],
])('"%s" as the name of a port: %s', (name, valid) => {
  expect(isPortName(name)).toBe(valid);
});

test.each([
  [['app'], 'app'],
  [['app', '/var/log/app'], 'app-var-log-app'],
  [['App', '/Var/My_Log.d/'], 'app-var-my-log-d'],
  [['--a--', '..b'], 'a-b'],
])('%j become the label "%s"', (given, label) => {
  expect(toDnsLabel(...given)).toBe(label);
});

test('parts of any kind become a valid label, the same one each time', () => {
  assertAlways(
    fc.property(parts, (given) => {
      const label = toDnsLabel(...given);
      expect(isDnsLabel(label)).toBe(true);
      expect(toDnsLabel(...given)).toBe(label);
    }),
  );
});

test.each([['///'], ['ä', 'ö'], [''], []])(
  'parts of which a label can show nothing become a hash: %j %j',
  (...given) => {
    const label = toDnsLabel(...given);
    expect(label).toBe(hashText(given.join('\n')).slice(0, 8));
    expect(isDnsLabel(label)).toBe(true);
  },
);

test('labels of which nothing can be shown are still told apart', () => {
  expect(new Set([toDnsLabel('/', '.'), toDnsLabel('/', '_'), toDnsLabel('ä')]).size).toBe(3);
});

test('labels that had to be cut are still told apart', () => {
  const long = 'a'.repeat(70);
  const cut = [toDnsLabel(long, 'b'), toDnsLabel(long, 'c'), toDnsLabel(`${long}-b`)];
  expect(new Set(cut).size).toBe(3);
  expect(cut.map((label) => label.length)).toEqual([63, 63, 63]);
});

test('a label of exactly 63 characters is not cut', () => {
  expect(toDnsLabel('a'.repeat(31), 'b'.repeat(31))).toBe(`${'a'.repeat(31)}-${'b'.repeat(31)}`);
});

test('the hash is SHA-256, as in the test vectors of NIST', () => {
  expect(hashText('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});

const FIELDS = ['ports', 'env', 'envFrom', 'image', 'imagePullPolicy', 'volumeMounts', 'volumeDevices'];

test.each([
  ['port', 'ports'],
  ['portss', 'ports'],
  ['prots', 'ports'],
  ['Ports', 'ports'],
  ['PORTS', 'ports'],
  ['envfrom', 'envFrom'],
  ['env_from', 'envFrom'],
  ['imagePulPolicy', 'imagePullPolicy'],
  ['volumeMonts', 'volumeMounts'],
  ['vlumeMonts', 'volumeMounts'],
  ['ports', 'ports'],
])('"%s" most likely means "%s"', (name, meant) => {
  expect(findNearest(name, FIELDS)).toBe(meant);
});

test.each([
  ['a text of another length', 'imagePullPolicies'.repeat(2)],
  ['four edits, however long the name is', 'volumMnt'],
  ['half of a short name', 'en'],
  ['a single letter', 'e'],
  ['nothing', ''],
  ['another word', 'command'],
])('%s is no typing mistake: "%s"', (_, name) => {
  expect(findNearest(name, FIELDS)).toBeUndefined();
});

test.each([
  ['shop-config', 'shop-confg'],
  ['shop-config', 'shop-configs'],
  ['shop-config', 'shopconfig'],
  ['shop-config', 'shop-cofnig'],
  ['shop-config', 'shop-conflg'],
])('"%s" is a typing mistake for "%s", and the other way round', (name, written) => {
  expect(isTypo(name, written)).toBe(true);
  expect(isTypo(written, name)).toBe(true);
});

test.each([
  ['shard-1', 'shard-2'],
  ['shop-a', 'shop-b'],
  ['a-shop', 'shop'],
  ['web-config', 'app-config'],
  ['shop-config', 'shop-secret'],
])('"%s" is another name than "%s"', (name, other) => {
  expect(isTypo(name, other)).toBe(false);
});

test('where two names are equally near, the first one is meant', () => {
  expect(findNearest('cart', ['cast', 'card'])).toBe('cast');
  expect(findNearest('cart', ['card', 'cast'])).toBe('card');
});

test('a nearer name is meant, wherever it stands', () => {
  expect(findNearest('cards', ['carts', 'cards'])).toBe('cards');
  expect(findNearest('volume', ['column', 'volumes'])).toBe('volumes');
});

test('two letters that changed places are one mistake', () => {
  expect(findNearest('hots', ['host', 'name'])).toBe('host');
  expect(findNearest('nmae', ['port', 'name'])).toBe('name');
});

test('where no name is known, none is meant', () => {
  expect(findNearest('ports', [])).toBeUndefined();
});

test('a name that is known is meant itself, in any case of its letters', () => {
  const name = fc.stringMatching(/^[a-z]{3,12}$/);
  assertAlways(
    fc.property(name, fc.array(name, { maxLength: 5 }), (meant, others) => {
      expect(findNearest(meant.toUpperCase(), [...others, meant])).toBe(meant);
    }),
  );
});

test('a long name with one letter too few, too many or wrong is found', () => {
  const name = fc.stringMatching(/^[a-z]{5,20}$/);
  assertAlways(
    fc.property(name, fc.nat(), fc.constantFrom('', 'z', 'zz'), (meant, place, letters) => {
      const at = place % meant.length;
      expect(findNearest(meant.slice(0, at) + letters + meant.slice(at + 1), [meant])).toBe(meant);
    }),
  );
});

test('what is meant is always one of the known names', () => {
  const names = fc.array(fc.stringMatching(/^[ab]{0,5}$/), { maxLength: 6 });
  assertAlways(
    fc.property(fc.stringMatching(/^[ab]{0,5}$/), names, (name, known) => {
      expect([undefined, ...known]).toContain(findNearest(name, known));
    }),
  );
});

test('a port is an integer from 1 to 65535', () => {
  expect([1, 80, 65535].map(isPort)).toEqual([true, true, true]);
  expect([0, -1, 65536, 80.5, Number.NaN, Number.POSITIVE_INFINITY].filter(isPort)).toEqual([]);
});

test.each([
  ['1 KiB', Size.kibibytes(1), 1],
  ['1024 KiB', Size.kibibytes(1024), 1],
  ['1025 KiB', Size.kibibytes(1025), 2],
  ['0.3 MiB', Size.mebibytes(0.3), 1],
  ['1.5 MiB', Size.mebibytes(1.5), 2],
  ['5 MiB', Size.mebibytes(5), 5],
  ['2 GiB', Size.gibibytes(2), 2048],
])('%s needs %s', (_, size, expected) => {
  expect(toWholeMebibytes(size)).toBe(expected);
});

test.each([
  ['0.3 MiB', Size.mebibytes(0.3), 307.2],
  ['0.5 KiB', Size.kibibytes(0.5), 0.5],
  ['64 KiB', Size.kibibytes(64), 64],
  ['1 GiB', Size.gibibytes(1), 1 << 20],
])('%s are %d KiB', (_, size, expected) => {
  expect(toExactKibibytes(size)).toBeCloseTo(expected, 9);
});

test('a size is never rounded down, and up by less than one mebibyte', () => {
  assertAlways(
    fc.property(fc.nat(1 << 30), (kibibytes) => {
      const spare = toWholeMebibytes(Size.kibibytes(kibibytes)) * 1024 - kibibytes;
      expect(spare).toBeGreaterThanOrEqual(0);
      expect(spare).toBeLessThan(1024);
    }),
  );
});

test.each<[unknown, number]>([
  [undefined, 1024],
  [[], 1024],
  [[{ name: 'net.ipv4.ip_unprivileged_port_start', value: '0' }], 0],
  [[{ name: 'net/ipv4/ip_unprivileged_port_start', value: '80' }], 80],
  [[{ name: 'net.ipv4.ip_unprivileged_port_start', value: '2000' }], 1024],
  [[{ name: 'net.ipv4.ip_unprivileged_port_start', value: 'low' }], 1024],
  [[{ name: 'kernel.shm_rmid_forced', value: '1' }, null], 1024],
  ['none', 1024],
])('with the sysctls %j, the first port that every user opens is %d', (sysctls, port) => {
  expect(findFirstOpenPort({ securityContext: { sysctls } })).toBe(port);
  expect(findFirstOpenPort({})).toBe(1024);
});
