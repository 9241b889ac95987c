import { ApiObject, JsonPatch, Testing } from 'cdk8s';
import fc from 'fast-check';
import { completeManifest } from '../../src/pod/manifest/complete-manifest';
import {
  type Container,
  findPodTemplate,
  listContainers,
  type PodSpec,
  type PodTemplate,
  sortKeys,
} from '../../src/pod/manifest/pod-template';
import { applyRestrictedDefaults, validateRenderedContainers } from '../../src/pod/manifest/rendered-containers';
import { validateOwnership } from '../../src/pod/storage/ownership';
import { assertAlways } from '../runs';
import { APP, deepFreeze, newChart, podSpec, podTemplate, toCanonicalAmounts, WORKLOADS } from '../support';

describe.each(Object.keys(WORKLOADS))('the rendered pod template of a %s', (kind) => {
  const compose = (complete: (template: PodTemplate) => void) => {
    const chart = newChart();
    const workload = WORKLOADS[kind]!(chart, { containers: [APP] });
    completeManifest(workload, complete);
    return { chart, workload };
  };
  const prefix = { Pod: '', CronJob: '/spec/jobTemplate/spec/template' }[kind] ?? '/spec/template';

  test('takes fields that the Kubernetes 1.28 schema of cdk8s-plus does not know', () => {
    const { chart } = compose(({ spec }) => {
      spec.resources = { limits: { memory: '1Gi' } };
    });
    expect(podSpec(chart).resources).toEqual({ limits: { memory: '1Gi' } });
  });

  test('is completed after the JSON patches of the user', () => {
    const seen: unknown[] = [];
    const { chart, workload } = compose(({ spec }) => void seen.push(spec.priorityClassName));
    ApiObject.of(workload).addJsonPatch(JsonPatch.add(`${prefix}/spec/priorityClassName`, 'high'));
    expect(podSpec(chart).priorityClassName).toBe('high');
    expect(seen).toEqual(['high']);
  });

  test('is completed anew each time, from what is declared by then', () => {
    let hostname = 'a';
    const { chart } = compose(({ spec }) => {
      spec.containers.push({ name: 'added' });
      spec.hostname = hostname;
    });
    const first = podSpec(chart);
    hostname = 'b';
    expect(podSpec(chart)).toEqual({ ...first, hostname: 'b' });
    expect(first.hostname).toBe('a');
    expect(first.containers.map(({ name }) => name)).toEqual(['app', 'added']);
  });

  test('has its fields in the order in which cdk8s writes them, and none without a value', () => {
    const { chart } = compose((template) => {
      template.metadata = { ...template.metadata, annotations: { b: '2', a: '1' } };
      template.spec.zone = 'z';
      template.spec.aliases = undefined;
    });
    expect(Object.keys(podTemplate(chart).metadata?.annotations ?? {})).toEqual(['a', 'b']);
    expect(Object.keys(podSpec(chart))).toEqual(Object.keys(podSpec(chart)).sort());
    expect(podSpec(chart)).toHaveProperty('zone', 'z');
    expect(podSpec(chart)).not.toHaveProperty('aliases');
  });

  test('leaves what it was rendered from as it is', () => {
    const chart = newChart();
    const workload = WORKLOADS[kind]!(chart, { containers: [APP] });
    const cached = deepFreeze(ApiObject.of(workload).toJson());
    ApiObject.of(workload).toJson = () => cached;
    completeManifest(workload, ({ spec }) => {
      spec.containers[0]!.name = 'renamed';
    });
    expect(podSpec(chart).containers.map(({ name }) => name)).toEqual(['renamed']);
    expect(findPodTemplate(cached).spec.containers.map(({ name }) => name)).toEqual(['app']);
  });

  test('is all that changes, but for how the API server writes it, so that an unchanged `apply` says so', () => {
    const bare = newChart();
    WORKLOADS[kind]!(bare, { containers: [APP] });
    const { chart } = compose(() => undefined);
    const manifests = Testing.synth(bare);
    const rendered = manifests.find((manifest) => manifest.kind === kind);
    delete rendered.spec.minReadySeconds;
    const { spec } = findPodTemplate(rendered) as { spec: any };
    delete spec.hostNetwork;
    spec.containers[0].resources = toCanonicalAmounts(spec.containers[0].resources);
    expect(Testing.synth(chart)).toEqual(manifests);
  });

  test('keeps zeros that say something', () => {
    const { chart } = compose(({ spec }) => {
      spec.shareProcessNamespace = false;
    });
    const manifest = Testing.synth(chart).find((candidate) => candidate.kind === kind);
    expect(findPodTemplate(manifest).spec).toMatchObject({ setHostnameAsFQDN: false, shareProcessNamespace: false });
  });
});

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
  expect(findPodTemplate(manifest).spec.containers.map(({ name }) => name)).toEqual(['app']);
});

test('containers come in the order in which they start', () => {
  const spec: PodSpec = { initContainers: [{ name: 'init' }], containers: [{ name: 'app' }, { name: 'agent' }] };
  expect(listContainers(spec).map(({ name }) => name)).toEqual(['init', 'app', 'agent']);
  expect(listContainers({ containers: [{ name: 'app' }] })).toEqual([{ name: 'app' }]);
});

test('sorting keys keeps the data', () => {
  assertAlways(fc.property(data, (given) => expect(sortKeys(given)).toEqual(given)));
});

test('sorting keys gives equal text for equal data', () => {
  assertAlways(
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

const LISTED = { ports: [{ containerPort: 8080, name: 'http' }, { containerPort: 9090 }] };
const http = (port: number | string) => ({ httpGet: { port } });
const tcp = (port: number | string) => ({ tcpSocket: { port } });
const HOOKS = { postStart: { exec: { command: ['hello'] } }, preStop: { exec: { command: ['bye'] } } };

const forgotten = (name = 'app') =>
  `a probe of container "${name}" dials port 80, which the container does not list (cdk8s-plus dials 80 where a probe names no port); pass the probe a \`port\` that the container listens on`;
const initWithHook = (name: string) =>
  `container "${name}" is an init container with a \`lifecycle\`, which Kubernetes refuses; remove it`;
const lost = (name: string) =>
  `container "${name}" is not in the manifest, so what was declared for it is lost; name it where it is made, not by a patch`;
const takesOver = (volume: string, group = 1000) =>
  `containers of different UIDs share files, for which the pod needs an \`fsGroup\`, and that would give all files of volume "${volume}" to group ${group}; set \`securityContext.fsGroup\` of the workload yourself, or run these containers as one user`;

/** The problems of a pod of this main container and these init containers. */
function problemsOf(main: Partial<Container>, initContainers?: Container[]): string[] {
  return validateRenderedContainers({ containers: [{ name: 'app', ...main }], initContainers }, []);
}

test.each<[string, Partial<Container>]>([
  ['there is no probe', LISTED],
  ['a listed number is dialled', { ...LISTED, livenessProbe: http(8080), readinessProbe: tcp(9090) }],
  ['a listed name is dialled', { ...LISTED, readinessProbe: http('http') }],
  ['nothing is dialled', { ...LISTED, livenessProbe: { exec: { command: ['true'] } } }],
  ['no port is listed', { livenessProbe: http(80) }],
  ['the list is empty', { ports: [], livenessProbe: http(80) }],
  ['80 is listed', { ports: [{ containerPort: 80 }], startupProbe: tcp(80) }],
  ['another port is dialled, which needs no listing', { ...LISTED, startupProbe: tcp(81), livenessProbe: http(82) }],
  ['an unknown name is dialled', { ...LISTED, readinessProbe: http('web') }],
])('a probe is in order where %s', (_, container) => {
  expect(problemsOf(container)).toEqual([]);
});

test.each<[string, Partial<Container>]>([
  ['the startup probe dials 80', { startupProbe: tcp(80) }],
  ['the liveness probe dials 80', { livenessProbe: http(80) }],
  ['the readiness probe dials 80', { readinessProbe: http(80) }],
  ['one probe of several dials 80', { startupProbe: tcp(8080), readinessProbe: http(80) }],
  ['two probes dial 80', { startupProbe: tcp(80), livenessProbe: http(80) }],
])('a probe fails, once for its container, where %s', (_, container) => {
  expect(problemsOf({ ...LISTED, ...container })).toEqual([forgotten()]);
});

test('hooks are in order on an ordinary container and on a native sidecar', () => {
  const native = { name: 'agent', restartPolicy: 'Always', lifecycle: HOOKS };
  expect(problemsOf({ lifecycle: HOOKS }, [{ name: 'setup' }, native])).toEqual([]);
});

test.each<[string, Record<string, unknown>]>([
  ['a postStart', { postStart: HOOKS.postStart }],
  ['a preStop', { preStop: HOOKS.preStop }],
])('an init container fails with %s hook', (_, lifecycle) => {
  expect(problemsOf({}, [{ name: 'setup', lifecycle }])).toEqual([initWithHook('setup')]);
});

test('containers that were declared are in order where each of them is in the manifest', () => {
  const spec = { containers: [{ name: 'app' }, { name: 'mesh' }], initContainers: [{ name: 'setup' }] };
  expect(validateRenderedContainers(spec, ['setup', 'app'])).toEqual([]);
});

test('each declared container fails that is not in the manifest', () => {
  expect(validateRenderedContainers({ containers: [{ name: 'renamed' }] }, ['setup', 'app'])).toEqual([
    lost('setup'),
    lost('app'),
  ]);
});

describe('the group of the kernel', () => {
  const withVolumes = (volumes: PodSpec['volumes']) => ({ containers: [{ name: 'app' }], volumes });
  const persistent = [
    ['persistentVolumeClaim', { claimName: 'data' }],
    ['csi', { driver: 'acme' }],
  ] as const;

  test.each(persistent)('fails where it would take over the files of a volume of kind %s', (source, value) => {
    expect(validateOwnership(withVolumes([{ name: 'data', [source]: value }]), 1000)).toEqual([takesOver('data')]);
  });

  test.each(['emptyDir', 'configMap', 'secret', 'projected', 'downwardAPI', 'ephemeral', 'hostPath', 'nfs'])(
    'is in order beside a volume of kind %s, which ends with the pod or keeps its group',
    (source) => {
      expect(validateOwnership(withVolumes([{ name: 'data', [source]: {} }]), 1000)).toEqual([]);
    },
  );

  test('is in order in a pod without volumes', () => {
    expect(validateOwnership(withVolumes(undefined), 1000)).toEqual([]);
  });

  test('fails for each volume, and names the group', () => {
    const volumes = ['a', 'b'].map((name) => ({ name, csi: { driver: name } }));
    expect(validateOwnership(withVolumes(volumes), 7)).toEqual([takesOver('a', 7), takesOver('b', 7)]);
  });
});

test('containers fail with all that is wrong at once', () => {
  const spec = {
    containers: [{ name: 'app', ...LISTED, readinessProbe: tcp(80) }],
    initContainers: [
      { name: 'setup', lifecycle: HOOKS },
      { name: 'agent', restartPolicy: 'Always', ...LISTED, livenessProbe: http(80) },
    ],
  };
  expect(validateRenderedContainers(spec, ['app', 'gone'])).toEqual([
    lost('gone'),
    forgotten('agent'),
    forgotten(),
    initWithHook('setup'),
  ]);
});

const RESTRICTED = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  readOnlyRootFilesystem: true,
  runAsNonRoot: true,
  seccompProfile: { type: 'RuntimeDefault' },
};

function hardened(securityContext?: Record<string, unknown>): unknown {
  const container = { name: 'app', securityContext };
  applyRestrictedDefaults(container);
  return container.securityContext;
}

test('a container that says nothing becomes "restricted"', () => {
  expect(hardened()).toEqual(RESTRICTED);
});

test.each([
  { readOnlyRootFilesystem: false },
  { seccompProfile: { type: 'Localhost', localhostProfile: 'profiles/app.json' } },
  { allowPrivilegeEscalation: true, privileged: true },
])('%j stays, and the rest becomes "restricted"', (stated) => {
  expect(hardened(stated)).toEqual({ ...RESTRICTED, ...stated });
});

test('a capability that is added stays beside the dropped ones', () => {
  expect(hardened({ capabilities: { add: ['NET_BIND_SERVICE'] } })).toEqual({
    ...RESTRICTED,
    capabilities: { add: ['NET_BIND_SERVICE'], drop: ['ALL'] },
  });
});

test('a container that is said to run as root keeps its capabilities, and the rest becomes "restricted"', () => {
  const { capabilities: _, ...rest } = RESTRICTED;
  const root = { runAsNonRoot: false, runAsUser: 0 };
  expect(hardened(root)).toEqual({ ...rest, ...root });
  expect(hardened({ ...root, capabilities: { add: ['SYS_TIME'] } })).toEqual({
    ...rest,
    ...root,
    capabilities: { add: ['SYS_TIME'] },
  });
});

test('a container that only has the number of root drops its capabilities', () => {
  expect(hardened({ runAsUser: 0 })).toEqual({ ...RESTRICTED, runAsUser: 0 });
});

test('capabilities that the user drops are those that are dropped', () => {
  expect(hardened({ capabilities: { drop: ['NET_RAW'] } })).toMatchObject({ capabilities: { drop: ['NET_RAW'] } });
});

test('whatever is stated stays, and hardening twice changes nothing', () => {
  const context = fc.record(
    {
      allowPrivilegeEscalation: fc.boolean(),
      capabilities: fc.record({ add: fc.constant(['SYS_TIME']), drop: fc.constant(['NET_RAW']) }, { requiredKeys: [] }),
      readOnlyRootFilesystem: fc.boolean(),
      runAsNonRoot: fc.boolean(),
      runAsUser: fc.nat(),
      seccompProfile: fc.constant({ type: 'Unconfined' }),
    },
    { requiredKeys: [] },
  );
  assertAlways(
    fc.property(context, (stated) => {
      const once = hardened(stated) as Record<string, unknown>;
      expect(once).toMatchObject(stated);
      expect(hardened(once)).toEqual(once);
    }),
  );
});

test('the security context that was given is not changed', () => {
  const stated = Object.freeze({ capabilities: Object.freeze({ add: ['SYS_TIME'] }) });
  expect(hardened(stated)).toMatchObject(stated);
  expect(stated).toEqual({ capabilities: { add: ['SYS_TIME'] } });
});
