import fc from 'fast-check';
import { KUBERNETES_FIELDS } from '../../../src/rules/data/kubernetes-fields';
import { objectsIn } from '../../../src/rules/model/object-view';
import { schemaProblems } from '../../../src/rules/model/schema';

const objectOf = (data: unknown) => objectsIn(data, {})[0]!;

/** What the schema has against a pod of this container, in short. */
function problemsOf(container: unknown): string[] {
  return problemsIn({ apiVersion: 'v1', kind: 'Pod', spec: { containers: [container] } }).map((problem) =>
    problem.replace('spec.containers[0]', '@'),
  );
}

function problemsIn(data: unknown): string[] {
  return schemaProblems(objectOf(data)).map(
    ({ kind, at, holder, expected }) =>
      `${kind} ${at.path} of ${holder}${kind === 'type' ? `: ${expected.join(' or ')}` : ''}`,
  );
}

test('a sound object has no problem', () => {
  expect(
    problemsOf({
      name: 'app',
      image: 'acme/app:1.0',
      imagePullPolicy: 'Always',
      stdin: true,
      args: ['-v'],
      ports: [{ containerPort: 8080, protocol: 'TCP' }],
      readinessProbe: { httpGet: { port: 'http' } },
      livenessProbe: { httpGet: { port: 8080 } },
      resources: { limits: { cpu: 1, memory: '64Mi' } },
    }),
  ).toEqual([]);
});

test.each<[unknown, string]>([
  [{ image: 7 }, 'type @.image of Container: a string'],
  [{ image: ['acme/app'] }, 'type @.image of Container: a string'],
  [{ stdin: 'yes' }, 'type @.stdin of Container: true or false'],
  [{ args: 'x' }, 'type @.args of Container: a list'],
  [{ args: { 0: 'x' } }, 'type @.args of Container: a list'],
  [{ args: ['x', 1] }, 'type @.args[1] of Container: a string'],
  [{ ports: [7] }, 'type @.ports[0] of Container: an object'],
  [{ ports: [{ containerPort: '80' }] }, 'type @.ports[0].containerPort of ContainerPort: a number'],
  [{ livenessProbe: [] }, 'type @.livenessProbe of Container: an object'],
  [
    { livenessProbe: { httpGet: { port: true } } },
    'type @.livenessProbe.httpGet.port of HTTPGetAction: a string or a number',
  ],
  [
    { resources: { limits: { 'acme.com/gpu': null, cpu: false } } },
    'type @.resources.limits.cpu of ResourceRequirements: a string or a number',
  ],
  [{ resources: { limits: [1] } }, 'type @.resources.limits of ResourceRequirements: an object'],
  [{ imagePullPolicy: 'always' }, 'type @.imagePullPolicy of Container: Always or IfNotPresent or Never'],
  [{ imagePullPolicy: 1 }, 'type @.imagePullPolicy of Container: a string'],
  [{ port: 80 }, 'unknown @.port of Container'],
  [{ constructor: 1 }, 'unknown @.constructor of Container'],
  [JSON.parse('{"__proto__": null}'), 'unknown @.__proto__ of Container'],
  [{ ports: [{ name: 'http' }] }, 'missing @.ports[0].containerPort of ContainerPort'],
  [{ ports: [{ containerPort: null }] }, 'missing @.ports[0].containerPort of ContainerPort'],
])('a container with %j has one: %s', (container, problem) => {
  expect(problemsOf({ name: 'app', ...(container as object) })).toEqual([problem]);
});

test('null counts as nothing, and so does an empty choice, as they do for Kubernetes', () => {
  expect(problemsOf({ name: 'app', image: null, args: [null], ports: null, imagePullPolicy: '' })).toEqual([]);
});

test('an unknown field comes with the known ones', () => {
  const [problem] = schemaProblems(objectOf({ apiVersion: 'v1', kind: 'ConfigMap', dat: {} }));
  expect(problem!.expected).toEqual(['apiVersion', 'binaryData', 'data', 'immutable', 'kind', 'metadata']);
});

test('nothing is looked for below a field that is unknown or of a wrong type', () => {
  expect(problemsOf({ name: 'app', prots: [{ x: 1 }], livenessProbe: 'x', ports: 'y' })).toEqual([
    'unknown @.prots of Container',
    'type @.livenessProbe of Container: an object',
    'type @.ports of Container: a list',
  ]);
});

test('all problems of an object are told, those below a field where it stands', () => {
  const spec = { replica: 1, template: { spec: { containers: [{ ports: [{}] }] } } };
  expect(problemsIn({ apiVersion: 'apps/v1', kind: 'Deployment', spec, more: 1 })).toEqual([
    'unknown spec.replica of DeploymentSpec',
    'missing spec.template.spec.containers[0].ports[0].containerPort of ContainerPort',
    'missing spec.template.spec.containers[0].name of Container',
    'missing spec.selector of DeploymentSpec',
    'unknown more of Deployment',
  ]);
});

test('a field that may hold anything is not looked into', () => {
  const metadata = { creationTimestamp: null, managedFields: [{ fieldsV1: { 'f:spec': { '.': {} } } }] };
  expect(problemsIn({ apiVersion: 'v1', kind: 'Pod', metadata, status: { any: [1] } })).toEqual([]);
});

test.each([
  ['acme.com/v1', 'Widget'],
  ['apps/v2', 'Deployment'],
  ['v1', 'pod'],
  ['v1', 'constructor'],
  ['v1', ''],
  ['', 'Pod'],
  ['', 'PodSpec.v1'],
])('kind "%s" "%s" is not known and passed over', (apiVersion, kind) => {
  expect(problemsIn({ apiVersion, kind, spec: 7, more: 1 })).toEqual([]);
});

test('an object is read once, however many rules ask', () => {
  const object = objectOf({ apiVersion: 'v1', kind: 'Pod', more: 1 });
  expect(schemaProblems(object)).toBe(schemaProblems(object));
});

test('no value in place of any field of any kind stops the reading', () => {
  const kinds = KUBERNETES_FIELDS.trim()
    .split('\n')
    .filter((line) => line.includes('/'))
    .map((line) => line.split(' ', 1)[0]!);
  const word = fc.constantFrom('metadata', 'spec', 'data', 'template', 'containers', 'labels', '__proto__', 'x');
  const { data } = fc.letrec((tie) => ({
    data: fc.oneof(
      { maxDepth: 5 },
      fc.constantFrom<unknown>(null, 7, '', 'Always', true),
      fc.dictionary(word, tie('data'), { maxKeys: 4 }),
      fc.array(tie('data'), { maxLength: 2 }),
    ),
  }));
  const fields = fc.dictionary(word, data);
  fc.assert(
    fc.property(fc.constantFrom(...kinds), fields, (type, rest) => {
      const slash = type.lastIndexOf('/');
      const object = objectOf({ ...rest, apiVersion: type.slice(0, slash), kind: type.slice(slash + 1) });
      const problems = schemaProblems(object);
      expect(problems.filter(({ holder }) => !/^[A-Z]\w+$/.test(holder))).toEqual([]);
      expect(problems.filter(({ kind, at }) => kind === 'missing' && at.exists)).toEqual([]);
      expect(problems.filter(({ kind, at }) => kind === 'type' && !at.exists)).toEqual([]);
    }),
  );
});
