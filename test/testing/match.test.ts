import { Match } from '../../src/testing';
import { matches } from '../../src/testing/compare';

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
  expect(matches(pattern, CONTAINER)).toBe(true);
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
  expect(matches(pattern, CONTAINER)).toBe(false);
});

test('texts are read', () => {
  const data = { 'a.json': '{"level": "info", "x": 1}', 'a.yaml': 'level: info\nx: 1\n' };
  expect(matches({ 'a.json': Match.serializedJson({ level: 'info' }) }, data)).toBe(true);
  expect(matches({ 'a.yaml': Match.serializedYaml({ level: 'info' }) }, data)).toBe(true);
  expect(matches({ 'a.yaml': Match.serializedYaml(Match.exact({ level: 'info' })) }, data)).toBe(false);
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
