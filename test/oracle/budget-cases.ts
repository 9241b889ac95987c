import fc from 'fast-check';

/** A pod in a namespace with LimitRanges and a quota. */
export interface Case {
  readonly pod: object;
  readonly ranges: readonly object[];
  readonly quota: object;
}

const QUANTITIES: Readonly<Record<string, readonly (string | number)[]>> = {
  cpu: ['100m', '50m', '0.5', 1, '1500m', '0', '2', '33m', '0.1', '1e-1', '250000u'],
  memory: ['64Mi', '128Mi', '1Gi', '1.5Gi', '100M', '1e8', '0', 123456789, '256Mi', '3G'],
  'ephemeral-storage': ['1Gi', '500M', '0', '2Gi'],
  'hugepages-2Mi': ['2Mi', '4Mi', '0'],
  'nvidia.com/gpu': ['1', 2, '0'],
};
const NAMES = Object.keys(QUANTITIES);
const PRIORITIES = ['high', 'low'];

/** Some amounts of these resources, each there or not. */
function someAmounts(names: readonly string[]): fc.Arbitrary<object> {
  const entries = names.map((name) => [name, fc.option(fc.constantFrom(...QUANTITIES[name]!), { nil: undefined })]);
  return fc.record(Object.fromEntries(entries)).map(omitAbsent);
}

/** Mostly CPU and memory, sometimes anything. */
const AMOUNTS = fc.oneof(
  { weight: 5, arbitrary: someAmounts(['cpu', 'memory']) },
  { weight: 2, arbitrary: someAmounts(NAMES) },
);

const REQUIREMENTS = fc.oneof(
  { weight: 4, arbitrary: fc.record({ requests: AMOUNTS, limits: AMOUNTS }, { requiredKeys: [] }) },
  // Equal ones, of which pods with guarantees are made.
  { weight: 2, arbitrary: someAmounts(['cpu', 'memory']).map((amounts) => ({ requests: amounts, limits: amounts })) },
  { weight: 1, arbitrary: fc.constant({ limits: { cpu: '100m', memory: '64Mi' } }) },
  { weight: 1, arbitrary: fc.constant({}) },
);

const CONTAINER = fc.record({ resources: REQUIREMENTS }, { requiredKeys: [] });
const INIT = fc
  .record({ container: CONTAINER, isSidecar: fc.boolean() })
  .map(({ container, isSidecar }) => ({ ...container, ...(isSidecar && { restartPolicy: 'Always' }) }));

function toNamed(prefix: string, containers: readonly object[]): object[] {
  return containers.map((container, index) => ({ name: `${prefix}-${index}`, image: 'acme/app:1', ...container }));
}

const OWN = fc.record(
  {
    requests: someAmounts(['cpu', 'memory', 'hugepages-2Mi']),
    limits: someAmounts(['cpu', 'memory', 'hugepages-2Mi']),
  },
  { requiredKeys: [] },
);

const AFFINITY = fc.constantFrom(
  { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'zone', namespaces: ['other'] }] } },
  {
    podAntiAffinity: {
      preferredDuringSchedulingIgnoredDuringExecution: [
        { weight: 1, podAffinityTerm: { topologyKey: 'zone', namespaceSelector: {} } },
      ],
    },
  },
  { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'zone' }] } },
);

const POD = fc
  .record(
    {
      containers: fc.array(CONTAINER, { minLength: 1, maxLength: 4 }).map((list) => toNamed('app', list)),
      initContainers: fc.array(INIT, { maxLength: 5 }).map((list) => toNamed('init', list)),
      resources: OWN,
      overhead: someAmounts(['cpu', 'memory']),
      priorityClassName: fc.constantFrom(...PRIORITIES),
      activeDeadlineSeconds: fc.constantFrom(0, 60),
      affinity: AFFINITY,
    },
    { requiredKeys: ['containers', 'initContainers'] },
  )
  .chain((spec) =>
    // A pod as most are, so that not nearly all have something of everything.
    fc.tuple(fc.boolean(), fc.boolean()).map(([isPlain, isSmall]) => ({
      ...spec,
      ...(isPlain && { resources: undefined, overhead: undefined }),
      ...(isSmall && { initContainers: [] }),
    })),
  )
  .map((spec) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'pod' }, spec: omitAbsent(spec) }));

const RATIO = fc
  .record({ cpu: fc.constantFrom('1', '2', '1.5'), memory: fc.constantFrom('1', '4') }, { requiredKeys: [] })
  .map(omitAbsent);

const ITEM = fc.oneof(
  fc
    .record(
      { min: AMOUNTS, max: AMOUNTS, default: AMOUNTS, defaultRequest: AMOUNTS, maxLimitRequestRatio: RATIO },
      { requiredKeys: [] },
    )
    .map((item) => ({ type: 'Container', ...item })),
  fc
    .record({ min: AMOUNTS, max: AMOUNTS, maxLimitRequestRatio: RATIO }, { requiredKeys: [] })
    .map((item) => ({ type: 'Pod', ...item })),
);

const RANGE = fc.array(ITEM, { minLength: 1, maxLength: 3 }).map((limits) => ({
  apiVersion: 'v1',
  kind: 'LimitRange',
  metadata: { name: 'range' },
  spec: { limits },
}));

const SELECTOR = fc.constantFrom(
  { scopeName: 'PriorityClass', operator: 'In', values: ['high'] },
  { scopeName: 'PriorityClass', operator: 'NotIn', values: ['high', 'other'] },
  { scopeName: 'PriorityClass', operator: 'Exists' },
  { scopeName: 'PriorityClass', operator: 'DoesNotExist' },
  { scopeName: 'Terminating', operator: 'Exists' },
  { scopeName: 'CrossNamespacePodAffinity', operator: 'Exists' },
);

const HARD = fc
  .subarray(
    [
      'cpu',
      'memory',
      'requests.cpu',
      'requests.memory',
      'limits.cpu',
      'limits.memory',
      'requests.nvidia.com/gpu',
      'pods',
    ],
    { minLength: 1 },
  )
  .map((names) => Object.fromEntries(names.map((name) => [name, '10'])));

const QUOTA = fc
  .record(
    {
      hard: HARD,
      scopes: fc.subarray(['Terminating', 'NotTerminating', 'BestEffort', 'NotBestEffort', 'PriorityClass'], {
        maxLength: 2,
      }),
      scopeSelector: fc
        .array(SELECTOR, { minLength: 1, maxLength: 2 })
        .map((matchExpressions) => ({ matchExpressions })),
    },
    { requiredKeys: ['hard'] },
  )
  .map((spec) => ({ apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'quota' }, spec }));

/** Cases of any kind; half of them in a namespace without a LimitRange. */
export const CASES: fc.Arbitrary<Case> = fc.record({
  pod: POD,
  ranges: fc.oneof(fc.constant([]), fc.array(RANGE, { minLength: 1, maxLength: 2 })),
  quota: QUOTA,
});

function omitAbsent(object: object): object {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}
