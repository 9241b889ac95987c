import { budgetOf, containerOf, podOf, SIDECAR, show } from './support';

/** What a pod with this spec requests and is limited to, and its class. */
function sum(spec: object, beside: readonly object[] = [], kubernetes?: number): string {
  const [pod] = budgetOf([podOf(spec), ...beside], {}, kubernetes).pods;
  return `${show(pod!.requests)} | ${show(pod!.limits)} | ${pod!.qos}`;
}

const APP = containerOf('app', '200m/256Mi', '/512Mi');
const AGENT = containerOf('agent', '50m/64Mi', '/64Mi');

describe('the containers of a pod', () => {
  test('are summed', () => {
    expect(sum({ containers: [APP, AGENT] })).toBe('cpu 250m, memory 320Mi | memory 576Mi | Burstable');
  });

  test('that start one after another need the largest of them, where that is more', () => {
    const initContainers = [containerOf('small', '100m/16Mi'), containerOf('large', '1/16Mi')];
    expect(sum({ initContainers, containers: [APP] })).toBe('cpu 1, memory 256Mi | memory 512Mi | Burstable');
  });

  test('that are native sidecars count with all, and with the init containers after them only', () => {
    const agent = { ...AGENT, ...SIDECAR };
    const migrate = containerOf('migrate', '1/16Mi');
    expect(sum({ initContainers: [agent, migrate], containers: [APP] })).toMatch(/^cpu 1050m, memory 320Mi/);
    expect(sum({ initContainers: [migrate, agent], containers: [APP] })).toMatch(/^cpu 1, memory 320Mi/);
  });

  test('request what they are limited to, unless they say something else', () => {
    expect(sum({ containers: [containerOf('app', '100m/', '1/256Mi')] })).toBe(
      'cpu 100m, memory 256Mi | cpu 1, memory 256Mi | Burstable',
    );
  });

  test.each([
    ['Guaranteed', containerOf('app', '', '500m/256Mi')],
    ['Burstable', containerOf('app', '', '500m/')],
    ['BestEffort', containerOf('app')],
    ['BestEffort', { name: 'app', resources: { limits: { 'ephemeral-storage': '1Gi' } } }],
  ])('make the pod %s', (qos, container) => {
    expect(budgetOf([podOf({ containers: [container] })]).pods[0]!.qos).toBe(qos);
  });

  test('may have any other resource', () => {
    const resources = {
      limits: { 'nvidia.com/gpu': 1, 'ephemeral-storage': '2Gi', 'hugepages-2Mi': '4Mi', memory: '1Gi' },
    };
    expect(sum({ containers: [{ name: 'app', resources }, AGENT] })).toBe(
      'cpu 50m, ephemeral-storage 2Gi, hugepages-2Mi 4Mi, memory 1088Mi, nvidia.com/gpu 1 | ephemeral-storage 2Gi, hugepages-2Mi 4Mi, memory 1088Mi, nvidia.com/gpu 1 | Burstable',
    );
  });
});

describe('the resources of the pod itself', () => {
  const resources = { requests: { cpu: '2' }, limits: { cpu: '2', memory: '1Gi' } };

  test('take the place of those of the containers', () => {
    expect(sum({ resources, containers: [APP, AGENT] })).toBe('cpu 2, memory 320Mi | cpu 2, memory 1Gi | Burstable');
    expect(sum({ resources, containers: [{ name: 'app' }] })).toBe(
      'cpu 2, memory 1Gi | cpu 2, memory 1Gi | Guaranteed',
    );
  });

  test('count from Kubernetes 1.34 on, and before that the budget says that they do not', () => {
    expect(sum({ resources, containers: [APP] }, [], 33)).toBe('cpu 200m, memory 256Mi | memory 512Mi | Burstable');
    expect(budgetOf([podOf({ resources, containers: [APP] })], {}, 33).notes).toEqual([
      {
        subject: 'Pod/web',
        message:
          'its `resources` for the whole pod are not counted: Kubernetes 1.33 drops them unless PodLevelResources is switched on',
      },
    ]);
  });
});

describe('the overhead of the runtime', () => {
  const kata = {
    apiVersion: 'node.k8s.io/v1',
    kind: 'RuntimeClass',
    metadata: { name: 'kata' },
    handler: 'kata',
    overhead: { podFixed: { cpu: '250m', memory: '120Mi' } },
  };

  test('is that of the RuntimeClass: it adds to requests, and to limits that are there', () => {
    expect(sum({ runtimeClassName: 'kata', containers: [APP] }, [kata])).toBe(
      'cpu 450m, memory 376Mi | memory 632Mi | Burstable',
    );
  });

  test.each([
    [
      { runtimeClassName: 'kata', overhead: { cpu: '1' } },
      [kata],
      'it has another `overhead` than RuntimeClass "kata"; remove it, as the API server writes it',
    ],
    [
      { overhead: { cpu: '1' } },
      [],
      'it has `overhead` without a RuntimeClass that says so; remove it, or name the class',
    ],
  ])('is refused where nobody else says so: %j', (spec, beside, message) => {
    expect(budgetOf([podOf({ ...spec, containers: [APP] }), ...beside]).refusals).toEqual([
      { subject: 'Pod/web', message },
    ]);
  });

  test('is not known of a class that is not there', () => {
    expect(budgetOf([podOf({ runtimeClassName: 'gvisor', containers: [APP] })]).notes).toEqual([
      {
        subject: 'Pod/web',
        message:
          'RuntimeClass "gvisor" is not among the manifests, so what it takes beside the containers is not counted',
      },
    ]);
  });
});

describe('a LimitRange', () => {
  const range = (limit: object) => ({
    apiVersion: 'v1',
    kind: 'LimitRange',
    metadata: { name: 'limits' },
    spec: { limits: [{ type: 'Container', ...limit }] },
  });
  const bare = { containers: [{ name: 'app' }] };

  test('gives containers what they do not say', () => {
    expect(sum(bare, [range({ default: { memory: '512Mi' }, defaultRequest: { memory: '128Mi', cpu: '100m' } })])).toBe(
      'cpu 100m, memory 128Mi | memory 512Mi | Burstable',
    );
  });

  test('has a default for each maximum and minimum', () => {
    expect(sum(bare, [range({ max: { memory: '1Gi' }, min: { cpu: '10m' } })])).toBe(
      'cpu 10m, memory 1Gi | memory 1Gi | Burstable',
    );
  });

  test('changes nothing in another namespace', () => {
    const other = { ...range({ default: { memory: '1Gi' } }), metadata: { name: 'limits', namespace: 'other' } };
    expect(sum(bare, [other])).toBe(' |  | BestEffort');
  });

  test.each([
    [{ min: { cpu: '300m' } }, 'container "app" requests 200m of cpu, where at least 300m is wanted'],
    [{ max: { memory: '256Mi' } }, 'container "app" has 512Mi of memory as its limit, where at most 256Mi is allowed'],
    [
      { maxLimitRequestRatio: { memory: '1.5' } },
      'container "app" has 2 times its request of memory as its limit, where a limit of at most 1.5 times its request is allowed',
    ],
    [
      { maxLimitRequestRatio: { cpu: '2' } },
      'container "app" has no limit of cpu, where a limit of at most 2 times its request is allowed',
    ],
    [
      { type: 'Pod', min: { 'ephemeral-storage': '1Gi' } },
      'the pod requests no ephemeral-storage, where at least 1Gi is wanted',
    ],
    [{ type: 'Pod', max: { cpu: '1' } }, 'the pod has no limit of cpu, where at most 1 is allowed'],
  ])('refuses what it does not allow: %j', (limit, message) => {
    expect(budgetOf([podOf({ containers: [APP] }), range(limit)]).refusals).toEqual([
      { subject: 'Pod/web', message: `LimitRange/limits refuses it: ${message}` },
    ]);
  });

  test('refuses claims that are too large', () => {
    const claim = {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'data' },
      spec: { resources: { requests: { storage: '10Gi' } } },
    };
    const limit = range({ type: 'PersistentVolumeClaim', max: { storage: '5Gi' } });
    expect(budgetOf([claim, limit]).refusals).toEqual([
      {
        subject: 'PersistentVolumeClaim/data',
        message: 'LimitRange/limits refuses it: the claim requests 10Gi of storage, where at most 5Gi is allowed',
      },
    ]);
  });
});

test('volumes in memory are told, as they count against the limits of the containers', () => {
  const volumes = [
    { name: 'tmp', emptyDir: { medium: 'Memory' } },
    { name: 'cache', emptyDir: { medium: 'Memory', sizeLimit: '1Gi' } },
    { name: 'disk', emptyDir: {} },
  ];
  const end = 'which counts against the memory limits of the containers that write to it';
  expect(budgetOf([podOf({ containers: [APP], volumes })]).notes.map(({ message }) => message)).toEqual([
    `volume "tmp" is memory without a limit of its own, ${end}`,
    `volume "cache" is memory of at most 1Gi, ${end}, and the pod is killed before it is full: its containers may take 512Mi`,
  ]);
});

test.each(['128MB', '-1', '', {}])('an amount that is none is refused: %j', (memory) => {
  const { refusals } = budgetOf([podOf({ containers: [{ name: 'app', resources: { requests: { memory } } }] })]);
  const shown = typeof memory === 'string' ? memory : 'no text';
  expect(refusals).toEqual([
    {
      subject: 'Pod/web',
      message: `\`spec.containers[0].resources.requests.memory\` is "${shown}", which is no amount, and counts as nothing here`,
    },
  ]);
});

test('the parts of a pod are its containers by type, what starting takes, the pod itself and its runtime', () => {
  const fluent = { image: 'fluent/fluent-bit:4.0', ...SIDECAR };
  const [pod] = budgetOf([
    podOf({
      resources: { requests: { memory: '1Gi' } },
      overhead: { cpu: '10m' },
      initContainers: [containerOf('agent', '50m/64Mi', '', fluent), containerOf('migrate', '1/16Mi')],
      containers: [
        APP,
        containerOf('proxy', '100m/', '', { image: 'envoyproxy/envoy:v1.34.0' }),
        containerOf('metrics', '10m/', '', { image: 'nginx/nginx-prometheus-exporter:1.4' }),
        containerOf('printer', '5m/', '', { image: 'busybox:1.37', command: ['tail', '-F', '/var/log/app/a.log'] }),
        containerOf('mine', '1m/'),
      ],
    }),
  ]).pods;
  const parts = [...pod!.parts].map(([type, { requests }]) => `${type}: ${show(requests)}`);
  expect(parts).toEqual([
    'application: cpu 200m, memory 256Mi',
    'log agents: cpu 55m, memory 64Mi',
    'ambassadors: cpu 100m',
    'exporters: cpu 10m',
    'other sidecars: cpu 1m',
    'init containers: cpu 684m',
    'resources of the pod: memory 704Mi',
    'overhead: cpu 10m',
  ]);
  expect(show(pod!.requests)).toBe('cpu 1060m, memory 1Gi');
});
