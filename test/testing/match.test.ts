import { Field } from '../../src/rules/model/field';
import { listObjectViews } from '../../src/rules/model/object-view';
import { Capture, Match, Matcher } from '../../src/testing';
import { matchRowsToColumns } from '../../src/testing/assign';
import { comparePattern, matchesValue } from '../../src/testing/compare';
import {
  applyCaptures,
  createMismatch,
  explainMismatches,
  isMatch,
  MATCH,
  mergeComparisons,
  sumCosts,
} from '../../src/testing/comparison';
import { compareGlob, compareItems, compareText, Pattern } from '../../src/testing/patterns';
import { findMatches } from '../../src/testing/search';
import { isAsymmetric, showValue } from '../../src/testing/show';
import { shop } from './shop';

test('each row gets a column of its own', () => {
  expect(
    matchRowsToColumns([
      [true, true],
      [true, false],
    ]),
  ).toEqual([1, 0]);
});

test('a row that came first moves on, along a chain too', () => {
  expect(
    matchRowsToColumns([
      [true, true, false],
      [true, false, true],
      [true, false, false],
    ]),
  ).toEqual([1, 2, 0]);
});

test('a row without a column gets none, and no other row loses its own', () => {
  expect(
    matchRowsToColumns([
      [true, false],
      [true, false],
      [false, true],
    ]),
  ).toEqual([0, undefined, 1]);
  expect(matchRowsToColumns([])).toEqual([]);
  expect(matchRowsToColumns([[]])).toEqual([undefined]);
});

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
  expect(matchesValue({ a: capture }, {})).toBe(false);
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

const wrong = (pattern: unknown, value: unknown, exact = false) =>
  explainMismatches(comparePattern(pattern, Field.root(value), exact));

test.each<[string, unknown, unknown]>([
  ['an object with more fields', { a: 1 }, { a: 1, b: 2 }],
  ['objects in objects, and in lists', { a: [{ b: {} }] }, { a: [{ b: { c: 1 }, d: 2 }] }],
  ['a RegExp, whatever was found before', /b/g, 'abc'],
  ['a matcher of jest', { a: expect.stringContaining('b') }, { a: 'abc' }],
  ['null as itself', { a: null }, { a: null }],
  ['an absent field of an absent object', { a: { b: Match.absent() } }, {}],
])('%s matches', (_, pattern, value) => {
  expect(matchesValue(pattern, value)).toBe(true);
});

test.each<[string, unknown, unknown, string]>([
  ['a scalar', { a: 1 }, { a: 2 }, '  a: expected 1, found 2'],
  ['a number as text', { a: 80 }, { a: '80' }, '  a: expected 80, found "80"'],
  ['an absent field', { spec: { a: { b: 1 } } }, { spec: {} }, '  spec.a: expected {b: 1}, found nothing'],
  [
    'a field of nearly the same name',
    { replica: 2 },
    { replicas: 2 },
    '  replica: expected 2, found nothing; there is "replicas"',
  ],
  ['a list of another length', { a: [1] }, { a: [1, 2] }, '  a: expected a list of 1, found one of 2: [1, 2]'],
  ['an item', [{ a: 1 }, { a: 2 }], [{ a: 1 }, { a: 3 }], '  [1].a: expected 2, found 3'],
  ['no list', { a: [] }, { a: {} }, '  a: expected [], found {}'],
  ['no object', { a: {} }, { a: 'b' }, '  a: expected {}, found "b"'],
  ['an object that is absent', { a: {} }, {}, '  a: expected {}, found nothing'],
  ['no text', { a: /b/ }, { a: 1 }, '  a: expected text like /b/, found 1'],
  ['a matcher of jest', expect.any(Number), 'b', '  the whole: expected Any<Number>, found "b"'],
  ['a field of Object', { constructor: Match.anyValue() }, {}, '  constructor: expected any value, found nothing'],
])('%s differs', (_, pattern, value, text) => {
  expect(wrong(pattern, value)).toBe(text);
});

test('exactly means no field more, at any depth; null counts as none', () => {
  expect(wrong({ a: { b: 1 } }, { a: { b: 1, c: 2 }, d: null }, true)).toBe('  a.c: expected nothing, found 2');
  expect(wrong({ a: Match.objectLike({ b: 1 }) }, { a: { b: 1, c: 2 } }, true)).toBe('');
});

test('a pattern that is undefined is a mistake, not "any value"', () => {
  expect(() => wrong({ spec: { a: undefined } }, { spec: {} })).toThrow(
    new Error('[spec.a] the pattern is nothing here; write a value, `Match.absent()` or `Match.anyValue()`'),
  );
  expect(() => wrong(() => true, 1)).toThrow('[pattern] the pattern is a function ""');
});

const pod = Field.root({ metadata: { name: 'web' }, spec: { hostNetwork: true } });

test('a mismatch names its path, what is expected and what is there', () => {
  const wrong = mergeComparisons([
    createMismatch(pod.at('spec', 'hostNetwork'), 'nothing'),
    createMismatch(pod.at('kind'), '"Pod"'),
    MATCH,
  ]);
  expect(isMatch(wrong)).toBe(false);
  expect(explainMismatches(wrong)).toBe(
    '  spec.hostNetwork: expected nothing, found true\n  kind: expected "Pod", found nothing',
  );
});

test('the value as a whole has a name too', () => {
  expect(explainMismatches(createMismatch(Field.root(1), '2'))).toBe('  the whole: expected 2, found 1');
});

test('another name is further away than several other differences', () => {
  const name = createMismatch(pod.at('metadata', 'name'), '"api"');
  const other = createMismatch(pod.at('spec', 'hostNetwork'), 'false');
  expect(sumCosts(name)).toBeGreaterThan(sumCosts(mergeComparisons([other, other, other])));
  expect(sumCosts(MATCH)).toBe(0);
});

test('what is captured is handed over', () => {
  const kept: unknown[] = [];
  applyCaptures({ mismatches: [], captured: [{ into: { keep: (value) => kept.push(value) }, value: 1 }] });
  expect(kept).toEqual([1]);
});

const CONTAINER = { name: 'web', image: 'acme/web:1.4', ports: [{ containerPort: 8080 }, { containerPort: 9090 }] };

test.each<[string, unknown]>([
  ['objectLike', Match.objectLike({ name: 'web' })],
  ['exact', { ports: Match.exact([{ containerPort: 8080 }, { containerPort: 9090 }]) }],
  ['exact with a pattern inside', Match.exact({ ...CONTAINER, image: Match.anyValue() })],
  ['arrayWith', { ports: Match.arrayWith([{ containerPort: 9090 }]) }],
  ['absent', { command: Match.absent(), securityContext: { privileged: Match.absent() } }],
  ['anyValue', { image: Match.anyValue() }],
  ['stringLike', { image: Match.stringLike('acme/*:*') }],
  ['regexp', { image: Match.regexp(/:\d+\.\d+$/) }],
  ['regexp of text', { image: Match.regexp('^acme/') }],
  ['not', { image: Match.not(Match.stringLike('*:latest')), command: Match.not('sh') }],
])('%s matches', (_, pattern) => {
  expect(matchesValue(pattern, CONTAINER)).toBe(true);
});

test.each<[string, unknown]>([
  ['objectLike', Match.objectLike({ name: 'api' })],
  ['exact', Match.exact({ name: 'web' })],
  ['arrayWith', { ports: Match.arrayWith([{ containerPort: 80 }]) }],
  ['absent', { image: Match.absent() }],
  ['anyValue', { command: Match.anyValue() }],
  ['stringLike', { image: Match.stringLike('acme/web') }],
  ['regexp', { image: Match.regexp(/latest/) }],
  ['not', { image: Match.not(Match.stringLike('acme/*')) }],
])('%s does not match', (_, pattern) => {
  expect(matchesValue(pattern, CONTAINER)).toBe(false);
});

test('texts are read', () => {
  const data = { 'a.json': '{"level": "info", "x": 1}', 'a.yaml': 'level: info\nx: 1\n' };
  expect(matchesValue({ 'a.json': Match.serializedJson({ level: 'info' }) }, data)).toBe(true);
  expect(matchesValue({ 'a.yaml': Match.serializedYaml({ level: 'info' }) }, data)).toBe(true);
  expect(matchesValue({ 'a.yaml': Match.serializedYaml(Match.exact({ level: 'info' })) }, data)).toBe(false);
});

test('a pattern shows itself as it was written', () => {
  const patterns = [Match.exact({ a: 1 }), Match.arrayWith([1]), Match.regexp('a'), Match.not(Match.stringLike('*'))];
  expect(patterns.map(String)).toEqual([
    'Match.exact({a: 1})',
    'Match.arrayWith([1])',
    'Match.regexp(/a/)',
    'Match.not(Match.stringLike("*"))',
  ]);
});

test('jest takes a matcher wherever it compares', () => {
  expect({ spec: { replicas: 2, paused: false } }).toEqual({ spec: Match.objectLike({ replicas: 2 }) });
  expect({ spec: { replicas: 2 } }).not.toEqual({ spec: Match.objectLike({ replicas: 3 }) });
});

test('jest shows a matcher as it was written', () => {
  expect(Match.absent()).toBeInstanceOf(Matcher);
  expect(Match.absent().toAsymmetricMatcher()).toBe('Match.absent()');
  expect(() => expect({ a: 1 }).toEqual({ a: Match.absent() })).toThrow(/Match\.absent\(\)/);
});

const at = (value: unknown) => Field.root({ data: value }).at('data');

test('the items of a list may stand in any order, but each pattern needs one of its own', () => {
  expect(compareItems([{ a: 2 }, { a: 1 }], at([{ a: 1 }, { a: 2, b: 3 }, { a: 4 }])).mismatches).toEqual([]);
  expect(explainMismatches(compareItems([{ a: 1 }, { a: 1 }], at([{ a: 1 }])))).toBe(
    '  data: expected an item like {a: 1}, found no other than data[0]',
  );
});

test('of an item that is not there, the nearest is explained', () => {
  const ports = [
    { name: 'http', port: 80 },
    { name: 'metrics', port: 90 },
  ];
  expect(explainMismatches(compareItems([{ name: 'metrics', port: 91 }], at(ports)))).toBe(
    '  data: expected an item like {name: "metrics", port: 91}, found none; the nearest is data[1]\n  data[1].port: expected 91, found 90',
  );
  expect(explainMismatches(compareItems([1], at([])))).toBe('  data: expected an item like 1, found an empty list');
  expect(explainMismatches(compareItems([1], at('x')))).toBe('  data: expected a list with [1], found "x"');
});

test('a text is read, and the path leads into it', () => {
  expect(compareText('YAML', { a: [{ b: 'on' }] }, at('a: [{b: on, c: 1}]')).mismatches).toEqual([]);
  expect(explainMismatches(compareText('YAML', { a: { b: 1 } }, at('a: {b: 2}')))).toBe(
    '  data > a.b: expected 1, found 2',
  );
  expect(explainMismatches(compareText('JSON', 1, at('2')))).toBe('  data > the whole: expected 1, found 2');
  expect(explainMismatches(compareText('JSON', {}, at('{')))).toMatch(
    /^ {2}data: expected JSON text, found text that is none: /,
  );
  expect(explainMismatches(compareText('YAML', {}, at('a: ['.concat('\n'))))).toMatch(
    /^ {2}data: expected YAML text, found text that is none: /,
  );
  expect(explainMismatches(compareText('YAML', {}, at(1)))).toBe('  data: expected YAML text, found 1');
});

test('a star stands for any characters, all others for themselves', () => {
  expect(compareGlob('a.b*[c]', at('a.b\n[c]')).mismatches).toEqual([]);
  expect(compareGlob('a*', at('ba')).mismatches).toHaveLength(1);
  expect(explainMismatches(compareGlob('a.b', at('axb')))).toBe('  data: expected text like "a.b", found "axb"');
});

test('a pattern is written as it was made', () => {
  const pattern = new Pattern('Match.any()', () => ({ mismatches: [], captured: [] }));
  expect(String(pattern)).toBe('Match.any()');
  expect(pattern.asymmetricMatch(1)).toBe(true);
});

const objects = ['api', 'web'].flatMap((name, index) =>
  listObjectViews({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name }, spec: { replicas: index } }, {}),
);

test('all objects that match are found, all of a kind without a pattern', () => {
  expect(findMatches(objects, { spec: { replicas: 1 } }, 'Deployment', objects).matches).toEqual([objects[1]]);
  expect(findMatches(objects, undefined, 'Deployment', objects).matches).toEqual(objects);
});

test('where none matches, the object of that name is the nearest', () => {
  const pattern = { metadata: { name: 'web' }, spec: { replicas: 0, paused: true } };
  expect(findMatches(objects, pattern, 'Deployment', objects).problem).toBe(
    'no Deployment matches {metadata: {name: "web"}, spec: {replicas: 0, paused: true}}; of 2 the nearest is Deployment/web:\n' +
      '  spec.replicas: expected 0, found 1\n  spec.paused: expected true, found nothing',
  );
});

test('where there is none of the kind, what is there is listed', () => {
  expect(findMatches([], {}, 'Ingress', objects)).toEqual({
    matches: [],
    problem: 'there is no Ingress (there: Deployment/api, Deployment/web)',
  });
});

test.each([
  [undefined, 'nothing'],
  [null, 'null'],
  ['a "b"', '"a \\"b\\""'],
  [8080, '8080'],
  [10n, '10'],
  [/a.b/, '/a.b/'],
  [[1, { a: true }], '[1, {a: true}]'],
  [{ 'app.kubernetes.io/name': 'web' }, '{"app.kubernetes.io/name": "web"}'],
  [{ a: Match.absent() }, '{a: Match.absent()}'],
  [{ a: expect.any(Number) }, '{a: Any<Number>}'],
  [function web() {}, 'a function "web"'],
])('%p is shown as %s', (value, text) => {
  expect(showValue(value)).toBe(text);
});

test('a long value is cut', () => {
  expect(showValue('x'.repeat(300))).toBe(`"${'x'.repeat(199)}...`);
});

test('matchers of jest are told from values', () => {
  expect(isAsymmetric(expect.anything())).toBe(true);
  expect([null, undefined, {}, 'text'].some(isAsymmetric)).toBe(false);
});
