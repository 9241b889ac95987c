import { Duration } from 'cdk8s';
import { parse } from 'yaml';
import {
  type Mapping,
  mappingProblem,
  renderMappings,
} from '../../../../src/companions/adapters/statsd-exporter/config';

const mapped = (mapping: Mapping) => parse(renderMappings([mapping])).mappings[0];

test.each<[Mapping, object]>([
  [
    { match: 'shop.*.sold', name: 'sold_total', labels: { item: '$1' }, help: 'Sold.' },
    { match: 'shop.*.sold', name: 'sold_total', labels: { item: '$1' }, help: 'Sold.' },
  ],
  [{ match: 'debug.*' }, { match: 'debug.*', action: 'drop', name: 'dropped' }],
  [
    { match: '^a_(.*)$', name: 'a', regularExpression: true },
    { match: '^a_(.*)$', match_type: 'regex', name: 'a' },
  ],
  [
    { match: 'time', name: 'time_seconds', histogramBuckets: [0.1, 1] },
    { match: 'time', name: 'time_seconds', observer_type: 'histogram', histogram_options: { buckets: [0.1, 1] } },
  ],
  [
    { match: 'a', name: 'a', expireAfter: Duration.minutes(5) },
    { match: 'a', name: 'a', ttl: '300s' },
  ],
])('%j is written as the exporter reads it', (mapping, expected) => {
  expect(mapped(mapping)).toEqual(expected);
});

test('mappings keep their order, of which the first counts', () => {
  const matches = ['z', 'a', '*'].map((match) => ({ match, name: 'n' }));
  expect(parse(renderMappings(matches)).mappings.map(({ match }: Mapping) => match)).toEqual(['z', 'a', '*']);
});

test.each<Mapping>([
  { match: '*' },
  { match: 'a-b.*.2xx', name: 'a_$1_b', labels: { code: '$1' } },
  { match: 'a', name: '$1_total' },
  { match: 'a', name: `\${1}` },
  { match: 'a b|c', regularExpression: true },
])('%j is sound', (mapping) => {
  expect(mappingProblem(mapping)).toBeUndefined();
});

test.each<[Mapping, string]>([
  ...['', '2xx.a', 'a..b', 'a b', 'a.*b', '.a'].map((match): [Mapping, string] => [
    { match },
    'is no glob of parts between dots, each a name or "*"; mend it, or pass `regularExpression: true`',
  ]),
  ...['', '2a', 'a.b', 'a b', '$x'].map((name): [Mapping, string] => [
    { match: 'a', name },
    `gives the name "${name}", which is none of a metric; use letters, digits, "_" and references such as "$1"`,
  ]),
  ...['a', '1a', 'a.b'].map((label): [Mapping, string] => [
    { match: 'a', name: 'b', labels: { [label]: 'x' } },
    `has the label "${label}", which the exporter refuses; use at least two letters, digits or "_", and no digit first`,
  ]),
])('%j is refused', (mapping, text) => {
  expect(mappingProblem(mapping)).toBe(text);
});
