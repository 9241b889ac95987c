import fc from 'fast-check';
import { KUBERNETES_FIELDS } from '../../../src/rules/data/kubernetes-fields';
import { Field } from '../../../src/rules/model/field';
import { listObjectViews } from '../../../src/rules/model/object-view';
import { checkSchema } from '../../../src/rules/model/schema';
import { assertAlways } from '../../runs';
import { announced, findingsIn, shown } from '../manifests';

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
  assertAlways(
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
  assertAlways(
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

const objectOf = (data: unknown) => listObjectViews(data, {})[0]!;

/** What the schema has against a pod of this container, in short. */
function problemsOf(container: unknown): string[] {
  return problemsIn({ apiVersion: 'v1', kind: 'Pod', spec: { containers: [container] } }).map((problem) =>
    problem.replace('spec.containers[0]', '@'),
  );
}

function problemsIn(data: unknown): string[] {
  return checkSchema(objectOf(data)).map(
    ({ fault: kind, at, holder, expected }) =>
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
  const [problem] = checkSchema(objectOf({ apiVersion: 'v1', kind: 'ConfigMap', dat: {} }));
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
  expect(checkSchema(object)).toBe(checkSchema(object));
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
  assertAlways(
    fc.property(fc.constantFrom(...kinds), fields, (type, rest) => {
      const slash = type.lastIndexOf('/');
      const object = objectOf({ ...rest, apiVersion: type.slice(0, slash), kind: type.slice(slash + 1) });
      const problems = checkSchema(object);
      expect(problems.filter(({ holder }) => !/^[A-Z]\w+$/.test(holder))).toEqual([]);
      expect(problems.filter(({ fault: kind, at }) => kind === 'missing' && at.exists)).toEqual([]);
      expect(problems.filter(({ fault: kind, at }) => kind === 'type' && !at.exists)).toEqual([]);
    }),
  );
});

const POD = `apiVersion: v1
kind: Pod
metadata: {name: shop, namespace: shop}
spec:
  securityContext: {runAsNonRoot: true, runAsUser: 1000, seccompProfile: {type: RuntimeDefault}}
  containers:
    - name: app
      image: acme/app:1.4
      securityContext: {allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: {drop: [ALL]}}
      resources: {requests: {cpu: 50m, memory: 64Mi}, limits: {memory: 64Mi}}
`;

/** Findings of the rules about volumes; some manifests here cannot be sound for the rules about security as well. */
function expectAnnounced(text: string, rules: readonly string[]): void {
  const findings = findingsIn(text).filter(({ rule }) => rules.includes(rule));
  expect(findings.map(shown)).toEqual(announced(text));
}

test('what only newer clusters have uses a volume too: files as variables, and containers to look into a pod', () => {
  const text = `${POD}
      env: [{name: LEVEL, valueFrom: {fileKeyRef: {volumeName: settings, path: app.env, key: LEVEL}}}]
      volumeMounts: [{name: model, mountPath: /model, subPath: weights}]
  ephemeralContainers:
    - {name: debug, image: "acme/debug:1.4", volumeMounts: [{name: trace, mountPath: /trace}]}
  volumes:
    - {name: settings, emptyDir: {}}
    - {name: trace, emptyDir: {}}
    - {name: model, image: {reference: acme/model:3}}
    - {name: idle, emptyDir: {}} # finds volume-unused: no container mounts volume "idle"
`;
  expectAnnounced(text, ['volume-unused', 'volume-definition', 'mount-options']);
});

test('a path of the node must be named', () => {
  const text = `${POD}
      volumeMounts: [{name: node, mountPath: /node}]
  volumes:
    - name: node
      hostPath:
        path: "" # finds volume-definition: \`path\` of \`hostPath\` is empty
`;
  expectAnnounced(text, ['volume-definition']);
});

test('a privileged container may hand its mounts to the node', () => {
  const text = `${POD.replace('allowPrivilegeEscalation: false', 'privileged: true')}
      volumeMounts: [{name: node, mountPath: /node, mountPropagation: Bidirectional}]
  volumes:
    - {name: node, hostPath: {path: /mnt}}
`;
  expectAnnounced(text, ['mount-options']);
});
