import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { Yaml } from 'cdk8s';
import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { isReadable } from '../../src/private/texts';
import { formatYaml, writeYamlFile } from '../../src/synth/yaml-file';
import { formatKey, formatNumber, formatString } from '../../src/synth/yaml-scalars';
import { toYaml } from '../../src/synth/yaml-writer';
import { ANY_CHARACTER, assertAlways } from '../runs';

const folder = mkdtempSync(join(tmpdir(), 'yaml-file-'));
const file = join(folder, 'out.yaml');
/** More than what is held back. */
const BIG = { data: { text: 'é'.repeat(2 ** 20) } };

afterAll(() => rmSync(folder, { recursive: true }));

describe('a file of YAML', () => {
  test.each([
    ['nothing', []],
    ['one document', [{ a: 1 }]],
    ['several documents, some of them missing', [{ a: 1 }, undefined, { b: [2] }, null]],
    ['more than is held back at a time', [{ a: 1 }, BIG, { b: 2 }, BIG]],
  ])('of %s is what cdk8s saves', (_, documents) => {
    writeYamlFile(file, documents);
    const written = readFileSync(file);
    Yaml.save(file, documents);
    expect(written.equals(readFileSync(file))).toBe(true);
  });

  test('is asked for one document after the other', () => {
    const sizes: boolean[] = [];
    writeYamlFile(
      file,
      (function* () {
        yield BIG;
        yield { last: true };
        sizes.push(existsSync(file) && readFileSync(file).length > 2 ** 20);
      })(),
    );
    expect(sizes).toEqual([true]);
  });

  test('stays as it was where rendering fails before anything is written', () => {
    writeFileSync(file, 'old');
    expect(() => writeYamlFile(file, failing({ a: 1 }))).toThrow('cannot render');
    expect(readFileSync(file, 'utf8')).toBe('old');
  });

  test('is removed where rendering fails later', () => {
    expect(() => writeYamlFile(file, failing(BIG))).toThrow('cannot render');
    expect(existsSync(file)).toBe(false);
  });

  test.each([[[{ a: 1 }]], [[BIG]]])('fails in a missing folder as cdk8s does', (documents) => {
    expect(() => writeYamlFile(join(folder, 'missing/out.yaml'), documents)).toThrow(
      /^ENOENT: no such file or directory, open '/,
    );
  });
});

test('the text of documents is what cdk8s makes of them', () => {
  const documents = [{ a: 1 }, undefined, BIG];
  expect(formatYaml(documents)).toBe(Yaml.stringify(...documents));
  expect(formatYaml([])).toBe('');
});

function* failing(first: unknown): Generator<unknown> {
  yield first;
  throw new Error('cannot render');
}

describe('a string in YAML', () => {
  test.each([
    ['nginx:1.27', 'nginx:1.27'],
    ['/var/log/app', '/var/log/app'],
    ['two words', 'two words'],
    ['e-mail', 'e-mail'],
    ['8080', '"8080"'],
    ['on', '"on"'],
    ['e5', '"e5"'],
    ['key: value', '"key: value"'],
    ['say "hello": now', '\'say "hello": now\''],
    ['a # b', '"a # b"'],
    ['ends ', '"ends "'],
    ['64Mi', '64Mi'],
    ['', '""'],
    ['a\u0007b', '"a\\ab"'],
  ])('%j is %s', (value, text) => {
    expect(formatString(value, '')).toBe(text);
  });

  test.each([
    ['one\ntwo', '|-\n  one\n  two'],
    ['one\n\n  two\n', '|\n  one\n\n    two'],
  ])('of several lines, %j, is a block', (value, text) => {
    expect(formatString(value, '  ')).toBe(text);
  });

  test.each(['ends\n\n', ' starts\nb', '\nstarts', 'a\r\nb', 'a\n ', 'a \n', '\u00a0\n'])(
    'of several lines, %j, is left to cdk8s',
    (value) => expect(formatString(value, '  ')).toBeUndefined(),
  );
});

describe('a key in YAML', () => {
  test.each([
    ['app.kubernetes.io/name', 'app.kubernetes.io/name'],
    ['on', '"on"'],
    ['80', '"80"'],
    ['', '""'],
    ['two\nlines', '"two\\nlines"'],
    ['k'.repeat(1000), 'k'.repeat(1000)],
  ])('%j is %s', (key, text) => {
    expect(formatKey(key)).toBe(text);
  });

  test.each(['--- x', '...', 'a\u2028---', 'k'.repeat(1025)])('%j is left to cdk8s', (key) =>
    expect(formatKey(key)).toBeUndefined(),
  );
});

describe('a number in YAML', () => {
  test.each([
    [0, '0'],
    [-1.5, '-1.5'],
    [1e21, '1e+21'],
    [-0, undefined],
    [Number.NaN, undefined],
    [Number.NEGATIVE_INFINITY, undefined],
  ])('%d is %s', (value, text) => {
    expect(formatNumber(value)).toBe(text);
  });
});

/** How the newest releases of cdk8s call the newest `yaml`; the installed ones are what is compared with in every test. */
const NEWEST = { keepUndefined: true, lineWidth: 0, version: '1.1' } as const;

/** Pieces of strings that mean something in YAML 1.1, alone or together. */
const PIECES = [
  ...[
    'a',
    'Z',
    'word',
    'e',
    'E5',
    'e-3',
    '0',
    '1',
    '007',
    '0x1F',
    '0b1',
    '1_000',
    '12e3',
    '.5',
    '1.',
    '190:20:30',
    '2001-12-14',
  ],
  ...['~', 'null', 'NULL', 'y', 'Yes', 'nO', 'true', 'TRUE', 'on', 'Off', 'faLse', '.inf', '.NaN', '-.INF', '<<', '='],
  ...[
    ' ',
    '  ',
    '\t',
    '\n',
    '\n\n',
    '\r',
    '\r\n',
    ': ',
    ':',
    ' #',
    '#',
    '- ',
    '-',
    '? ',
    '?',
    '---',
    '...',
    '%',
    '!',
    '!!',
    '&a',
    '*',
  ],
  ...["'", '"', '`', '@', '|', '>', '{', '}', '[', ']', ',', '\\', '\\n', '$', '/', '${X}', '{{ .Values.x }}'],
  ...[
    'é',
    '日本',
    '\u{1F600}',
    '\uD800',
    '\uDC00',
    '\u0000',
    '\u0007',
    '\u001b',
    '\u007f',
    '\u0085',
    '\u00a0',
    '\u2028',
    '\ufeff',
  ],
  ...['x'.repeat(90), 'long words '.repeat(12)],
];
const STRING = fc.oneof(
  { weight: 6, arbitrary: fc.array(fc.constantFrom(...PIECES), { maxLength: 5 }).map((pieces) => pieces.join('')) },
  { weight: 1, arbitrary: fc.string({ unit: ANY_CHARACTER }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme' }) },
  { weight: 1, arbitrary: fc.constantFrom('8080', '100m', '64Mi', '10.0.0.1', 'nginx:1.27', 'app.kubernetes.io/name') },
);
const SCALAR = fc.oneof(STRING, STRING, fc.integer(), fc.double(), fc.boolean());
const ODD = fc.oneof(
  fc.constantFrom<unknown>(null, undefined, -0, Number.NaN, Number.POSITIVE_INFINITY, 1e21, 1e-7, 10n, new Date(0)),
  fc
    .constantFrom<() => unknown>(
      () => new Date(86_400_000),
      () => new Map([['a', 1]]),
      () => new Set([1]),
      () =>
        new (class Thing {
          public readonly a = 1;
        })(),
      () => Object.assign(Object.create(null), { a: 1 }),
      () => new Array(2),
      () => Buffer.from('binary'),
      () => Object('boxed'),
      () => ({ toJSON: () => 'replaced' }),
      () => ({ [Symbol.iterator]: () => [1, 2][Symbol.iterator]() }),
      () => ({ a: null, b: undefined }),
    )
    .map((make) => make()),
);
const tree = (leaf: fc.Arbitrary<unknown>) =>
  fc.letrec((tie) => ({
    value: fc.oneof({ maxDepth: 4 }, leaf, tie('list'), tie('map')),
    list: fc.array(tie('value'), { maxLength: 4 }),
    map: fc.dictionary(STRING, tie('value'), { maxKeys: 4 }),
  }));

describe('a document of YAML', () => {
  test('is what cdk8s writes, for strings, numbers and collections of every kind', () => {
    assertAlways(
      fc.property(tree(SCALAR).map, (map) => {
        expectSame(map);
      }),
      1500,
    );
  });

  test('is what cdk8s writes, whatever stands in it', () => {
    assertAlways(
      fc.property(tree(fc.oneof({ weight: 9, arbitrary: SCALAR }, { weight: 1, arbitrary: ODD })).value, (value) => {
        expectSame(value);
      }),
      1500,
    );
  });

  test('is what cdk8s writes for a string in each place where one can stand', () => {
    assertAlways(
      fc.property(STRING, (text) => {
        expectSame({ [text]: text, list: [text, [text], { [text]: [text] }], below: { [text]: { [text]: text } } });
      }),
      1500,
    );
  });

  test('repeats an object as an alias, as cdk8s does', () => {
    const shared = { memory: '64Mi' };
    expectSame({ limits: shared, requests: shared });
    expectSame({ a: [shared, [shared]], b: 1 });
    expect(toYaml({ limits: shared, requests: shared })).toContain('requests: *a1');
  });

  test('fails on an object that holds itself where cdk8s does, and is the same where it does not', () => {
    const circle: Record<string, unknown> = { name: 'circle' };
    circle.self = circle;
    expectSame(circle);
  });

  test.each([undefined, null, 'text', '--- text', 7, true, [], {}, [1, 'two'], [[]], [{}], new Date(0)])(
    'may be anything: %j',
    (document) => expectSame(document),
  );

  test('is no harder to write for a key that is long', () => {
    for (const length of [99, 100, 1024, 1025, 2000]) {
      expectSame({ ['k'.repeat(length)]: { ['k'.repeat(length)]: 'value' } });
    }
  });
});

/** Texts that kubectl could not read are written in another way, in which a document of plain values is read back as it was. */
function expectSame(document: unknown): void {
  const [own, theirs] = [toYaml, Yaml.stringify].map((write) => outcome(() => write(document)));
  if (typeof theirs !== 'string' || isReadable(theirs)) {
    expect(own).toEqual(theirs);
  } else {
    expect(isReadable(own as string)).toBe(true);
    expect(isPlain(document) ? readAll(own as string) : document).toEqual(document);
  }
}

function readAll(text: string): unknown {
  return parse(text, { version: '1.2', merge: false, uniqueKeys: false });
}

/** Whether JSON holds all of a document. */
function isPlain(document: unknown): boolean {
  try {
    return isDeepStrictEqual(JSON.parse(JSON.stringify(document)), document);
  } catch {
    return false;
  }
}

/** Whether what is written here is also what another release of `yaml` writes, where it is written here at all. */
test('documents of manifests are the same in the oldest and the newest `yaml`', () => {
  assertAlways(
    fc.property(tree(fc.oneof(STRING, fc.integer(), fc.boolean())).map, (map) => {
      const [oldest, newest] = [Yaml.stringify(map), stringify(map, NEWEST)];
      fc.pre(oldest === newest && isReadable(newest));
      expect(toYaml(map)).toBe(newest);
    }),
    600,
  );
});

function outcome(write: () => string): unknown {
  try {
    return write();
  } catch (error) {
    return (error as Error).message;
  }
}
