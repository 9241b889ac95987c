import { Testing } from 'cdk8s';
import fc from 'fast-check';
import { containersOf, type PodSpec, podTemplateOf, sortKeys } from '../../../src/pod/manifest/pod-template';
import { APP, newChart, WORKLOADS } from '../../support';

/** Any data as it stands in a manifest. */
const data = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.jsonValue({ maxDepth: 0 }),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.stringMatching(/^[a-zA-Z]{1,4}$/), tie('value'), { maxKeys: 4 }),
  ),
})).value;

test.each(Object.keys(WORKLOADS))('the pod template of a %s is found', (kind) => {
  const chart = newChart();
  WORKLOADS[kind]!(chart, { containers: [APP] });
  const manifest = Testing.synth(chart).find((candidate) => candidate.kind === kind);
  expect(podTemplateOf(manifest).spec.containers.map(({ name }) => name)).toEqual(['app']);
});

test('containers come in the order in which they start', () => {
  const spec: PodSpec = { initContainers: [{ name: 'init' }], containers: [{ name: 'app' }, { name: 'agent' }] };
  expect(containersOf(spec).map(({ name }) => name)).toEqual(['init', 'app', 'agent']);
  expect(containersOf({ containers: [{ name: 'app' }] })).toEqual([{ name: 'app' }]);
});

test('sorting keys keeps the data', () => {
  fc.assert(fc.property(data, (given) => expect(sortKeys(given)).toEqual(given)));
});

test('sorting keys gives equal text for equal data', () => {
  fc.assert(
    fc.property(data, (given) =>
      expect(JSON.stringify(sortKeys(reversed(given)))).toBe(JSON.stringify(sortKeys(given))),
    ),
  );
});

test('keys are sorted at every depth, in the order of their characters, and lists keep theirs', () => {
  const sorted = sortKeys({ b: [{ d: 1, c: 2 }, 3, 1], a: null, B: 'x' });
  expect(JSON.stringify(sorted)).toBe('{"B":"x","a":null,"b":[{"c":2,"d":1},3,1]}');
});

test('fields without a value are left out', () => {
  expect(Object.keys(sortKeys({ a: undefined, b: 0, c: '', d: false }))).toEqual(['b', 'c', 'd']);
});

test('the data that is sorted is not changed', () => {
  const given = { b: 1, a: { d: 1, c: 2 } };
  sortKeys(given);
  expect(JSON.stringify(given)).toBe('{"b":1,"a":{"d":1,"c":2}}');
});

/** The same data with the keys of every object inserted in reverse. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(reversed);
  }
  return value !== null && typeof value === 'object'
    ? Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([key, inner]) => [key, reversed(inner)]),
      )
    : value;
}
