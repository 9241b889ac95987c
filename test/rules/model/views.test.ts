import fc from 'fast-check';
import { ContainerView, Role } from '../../../src/rules/model/container-view';
import { Field } from '../../../src/rules/model/field';
import { findMismatch, selectsAll } from '../../../src/rules/model/label-selector';
import { ManifestSet } from '../../../src/rules/model/manifest-set';
import { listObjectViews, ObjectView } from '../../../src/rules/model/object-view';
import type { PodView } from '../../../src/rules/model/pod-view';
import { assertAlways } from '../../runs';

describe('container view', () => {
  const viewOf = (container: unknown, role = Role.MAIN) => new ContainerView(Field.root(container), role);
  const WEB = viewOf({
    name: 'web',
    image: 'acme/web:1.0',
    command: ['/web', 1],
    args: ['--verbose'],
    env: [
      { name: 'MODE', value: 'slow' },
      { name: 'PORT', value: '80' },
      { name: 'MODE', value: 'quick' },
    ],
    ports: [{ containerPort: 8080, name: 'http' }, { containerPort: 53, protocol: 'UDP' }, { containerPort: '9090' }],
    volumeMounts: [
      { name: 'data', mountPath: '/data', readOnly: true },
      { name: 'logs', mountPath: '/logs', readOnly: 'true', subPath: 'web' },
      { name: 'conf', mountPath: 7, subPathExpr: '$(POD)' },
    ],
    livenessProbe: { httpGet: { port: 8080 } },
    startupProbe: { tcpSocket: { port: 8080 } },
    readinessProbe: null,
    lifecycle: { preStop: { exec: { command: ['true'] } } },
    securityContext: { capabilities: { drop: ['ALL'] } },
  });

  test('a container tells its name and image', () => {
    expect([WEB.name, WEB.image]).toEqual(['web', 'acme/web:1.0']);
  });

  test('a container without a name is called by its place, and without an image has an empty one', () => {
    const [container] = Field.root({ containers: [{ name: 7, image: ['acme/web'] }] }).at('containers').items;
    const view = new ContainerView(container!, Role.MAIN);
    expect([view.name, view.image]).toEqual(['containers[0]', '']);
  });

  test('all containers but the plain init containers run beside the main one', () => {
    const running = Object.values(Role).filter((role) => viewOf({}, role).isRunning);
    expect(running).toEqual([Role.MAIN, Role.CLASSIC_SIDECAR, Role.NATIVE_SIDECAR]);
  });

  test('the ports are those that are listed, TCP unless they say otherwise', () => {
    expect(WEB.ports.map(({ number, name, protocol }) => [number, name, protocol])).toEqual([
      [8080, 'http', 'TCP'],
      [53, undefined, 'UDP'],
      [undefined, undefined, 'TCP'],
    ]);
    expect(WEB.ports.map(({ field }) => field.path)).toEqual(['ports[0]', 'ports[1]', 'ports[2]']);
  });

  test('the mounts tell volume, path, part and whether they are only read', () => {
    expect(WEB.mounts.map(({ volume, path, subPath, isReadOnly }) => [volume, path, subPath, isReadOnly])).toEqual([
      ['data', '/data', undefined, true],
      ['logs', '/logs', 'web', false],
      ['conf', undefined, '$(POD)', false],
    ]);
    expect(WEB.mounts.map(({ field }) => field.path)).toEqual([
      'volumeMounts[0]',
      'volumeMounts[1]',
      'volumeMounts[2]',
    ]);
  });

  test('the probes are those that are there', () => {
    expect(WEB.probes.map(({ path }) => path)).toEqual(['startupProbe', 'livenessProbe']);
  });

  test('the hooks are those that are there', () => {
    expect(WEB.hooks.map(({ path }) => path)).toEqual(['lifecycle.preStop']);
  });

  test('of two variables of one name the last one counts, as in the running container', () => {
    expect(WEB.findVariable('MODE')?.path).toBe('env[2]');
    expect(WEB.findVariable('PORT')?.at('value').text).toBe('80');
    expect(WEB.findVariable('HOME')).toBeUndefined();
  });

  test('the command line is the command with its arguments, as far as they are texts', () => {
    expect(WEB.commandLine).toEqual(['/web', '--verbose']);
    expect(viewOf({ args: ['-v'] }).commandLine).toEqual(['-v']);
  });

  test('a setting of the security context is found at any depth, and is missing where there is none', () => {
    expect(WEB.getSecuritySetting('capabilities', 'drop').texts).toEqual(['ALL']);
    expect(viewOf({}).getSecuritySetting('runAsUser').missing?.path).toBe('securityContext');
  });

  test.each([
    undefined,
    null,
    'text',
    7,
    [],
    {},
    { ports: {}, volumeMounts: 'x', env: 1, lifecycle: [], command: 'sh' },
    { ports: [null], volumeMounts: [7], env: [[]] },
  ])('a container that is %j has nothing, and stops nobody', (value) => {
    const { name, image, ports, mounts, probes, hooks, commandLine, findVariable: env } = viewOf(value);
    expect([name, image, probes, hooks, commandLine]).toEqual(['', '', [], [], []]);
    expect([...ports, ...mounts].map(({ field }) => field.isObject)).not.toContain(true);
    expect(env.call(viewOf(value), 'A')).toBeUndefined();
  });
});

const labels = Field.root({ app: 'shop', tier: 'web', empty: '' });

function mismatch(selector: unknown) {
  return findMismatch(Field.root(selector), labels);
}

function expression(key: unknown, operator: unknown, values?: unknown) {
  return { matchExpressions: [{ key, operator, values }] };
}

describe('a label selector', () => {
  test.each<[unknown]>([
    [{ matchLabels: { app: 'shop', empty: '' } }],
    [expression('tier', 'In', ['web', 'back'])],
    [expression('tier', 'NotIn', ['back'])],
    [expression('region', 'NotIn', ['north'])],
    [expression('app', 'Exists')],
    [expression('region', 'DoesNotExist')],
    [{}],
  ])('%j selects the labels', (selector) => {
    expect(mismatch(selector)).toBeUndefined();
  });

  test.each<[unknown, string, string]>([
    [{ matchLabels: { app: 'shop', tier: 'back' } }, 'tier', '"back"'],
    [{ matchLabels: { region: '' } }, 'region', '""'],
    [expression('tier', 'In', ['back', 'store']), 'tier', 'one of "back", "store"'],
    [expression('region', 'In', ['north']), 'region', 'one of "north"'],
    [expression('tier', 'NotIn', ['web']), 'tier', 'none of "web"'],
    [expression('region', 'Exists'), 'region', 'there'],
    [expression('empty', 'DoesNotExist'), 'empty', 'absent'],
  ])('%j does not', (selector, label, wanted) => {
    expect(mismatch(selector)).toEqual({ label, wanted });
  });

  test.each([
    [undefined],
    ['app=shop'],
    [{ matchLabels: { app: 4 } }],
    [{ matchLabels: ['app'] }],
    [expression(undefined, 'Exists')],
    [expression('app', 'exists')],
  ])('%j cannot be read, so that nothing is said against it', (selector) => {
    expect(mismatch(selector)).toBeUndefined();
  });

  test('without labels and expressions selects all', () => {
    expect(selectsAll(Field.root({}))).toBe(true);
    expect(selectsAll(Field.root({ matchLabels: {}, matchExpressions: [] }))).toBe(true);
    expect(selectsAll(Field.root({ matchLabels: { app: 'shop' } }))).toBe(false);
    expect(selectsAll(Field.root(expression('app', 'Exists')))).toBe(false);
  });
});

describe('manifest set', () => {
  interface Sample {
    readonly kind: string;
    readonly name?: string;
    readonly namespace?: string;
    readonly labels?: unknown;
  }

  function objectOf({ kind, name, namespace, labels }: Sample): ObjectView {
    return listObjectViews({ apiVersion: 'v1', kind, metadata: { name, namespace, labels } }, {})[0]!;
  }

  const POD = objectOf({ kind: 'Pod', name: 'web', namespace: 'shop', labels: { app: 'web', tier: 'front' } });
  const OTHER = objectOf({ kind: 'Pod', name: 'api', namespace: 'shop', labels: { app: 'api', tier: 'front' } });
  const AWAY = objectOf({ kind: 'Pod', name: 'web', namespace: 'test', labels: { app: 'web' } });
  const HOME = objectOf({ kind: 'Pod', name: 'web', labels: { app: 'web' } });
  const SERVICE = objectOf({ kind: 'Service', name: 'web', namespace: 'shop' });
  const SET = new ManifestSet([POD, OTHER, AWAY, HOME, SERVICE]);

  describe('the objects of a kind', () => {
    test('are those in the namespace of another object, in their order', () => {
      expect(SET.listByKind('Pod', SERVICE)).toEqual([POD, OTHER]);
      expect(SET.listByKind('Service', POD)).toEqual([SERVICE]);
    });

    test('are others in another namespace, and where none is named', () => {
      expect(SET.listByKind('Pod', AWAY)).toEqual([AWAY]);
      expect(SET.listByKind('Pod', HOME)).toEqual([HOME]);
      expect(SET.listByKind('Service', HOME)).toEqual([]);
    });

    test('may be asked for beside an object that is not in the set', () => {
      expect(SET.listByKind('Pod', objectOf({ kind: 'Ingress', namespace: 'test' }))).toEqual([AWAY]);
    });
  });

  describe('one object', () => {
    test('is found by kind and name, in the namespace of another object', () => {
      expect(SET.find('Pod', 'web', SERVICE)).toBe(POD);
      expect(SET.find('Pod', 'web', AWAY)).toBe(AWAY);
      expect(SET.find('Pod', 'web', HOME)).toBe(HOME);
    });

    test.each([
      ['kind', 'Secret', 'web'],
      ['name', 'Pod', 'mail'],
      ['case', 'pod', 'web'],
      ['text at all', 'Pod', undefined],
    ])('is not found where no object has that %s', (_, kind, name) => {
      expect(SET.find(kind, name, SERVICE)).toBeUndefined();
    });

    test('has no name where nothing is looked for', () => {
      const nameless = objectOf({ kind: 'Secret', namespace: 'shop' });
      expect(new ManifestSet([nameless]).find('Secret', undefined, SERVICE)).toBeUndefined();
    });
  });

  describe('the pods with labels', () => {
    const podsWith = (labels: unknown, beside = SERVICE) =>
      SET.listPodsWith(Field.root(labels), beside).map(({ owner }) => owner);

    test.each([
      ['one label', { app: 'web' }, [POD]],
      ['a label of several pods', { tier: 'front' }, [POD, OTHER]],
      ['several labels', { tier: 'front', app: 'api' }, [OTHER]],
      ['labels of different pods', { tier: 'front', app: 'mail' }, []],
      ['a label that no pod has', { role: 'web' }, []],
      ['no label', {}, []],
      ['a number, which no label is', { app: 7 }, []],
      ['null', { app: null, tier: 'front' }, []],
      ['what is no object', 'app', []],
    ])('are those that hold all of them: %s', (_, labels, expected) => {
      expect(podsWith(labels)).toEqual(expected);
    });

    test('are those in the namespace of another object', () => {
      expect(podsWith({ app: 'web' }, AWAY)).toEqual([AWAY]);
      expect(podsWith({ app: 'web' }, HOME)).toEqual([HOME]);
    });

    test('are never those whose label is no text', () => {
      const odd = objectOf({ kind: 'Pod', labels: { app: 7, tier: null } });
      const set = new ManifestSet([odd]);
      const labels = [{ app: 7 }, { app: '7' }, { app: '' }, { tier: null }, { tier: '' }].map((data) =>
        Field.root(data),
      );
      expect(labels.flatMap((wanted) => set.listPodsWith(wanted, odd))).toEqual([]);
    });

    test('are the pods that workloads make, by the labels of their templates', () => {
      const template = { metadata: { labels: { app: 'web' } } };
      const [workload] = listObjectViews({ apiVersion: 'apps/v1', kind: 'Deployment', spec: { template } }, {});
      expect(new ManifestSet([workload!]).listPodsWith(Field.root({ app: 'web' }), workload!)).toEqual([workload!.pod]);
    });
  });

  describe('of alternatives in several files', () => {
    const inFile = (file: string, kind: string) =>
      listObjectViews({ apiVersion: 'v1', kind, metadata: { name: 'web', labels: { app: 'web' } } }, { file })[0]!;
    const findIn = (file: string, ...files: string[]) => {
      const beside = inFile(file, 'Service');
      const set = new ManifestSet([...files.map((name) => inFile(name, 'Pod')), beside]);
      const pods = set.listPodsWith(Field.root({ app: 'web' }), beside);
      return [set.find('Pod', 'web', beside)?.source.file, pods.map(({ owner }) => owner.source.file)];
    };

    test('the one in the same file is meant, or else the one in the same folder', () => {
      expect(findIn('a/x.yaml', 'a/y.yaml', 'a/x.yaml', 'b/x.yaml')).toEqual(['a/x.yaml', ['a/x.yaml']]);
      expect(findIn('a/x.yaml', 'b/x.yaml', 'a/y.yaml', 'c/x.yaml')).toEqual(['a/y.yaml', ['a/y.yaml']]);
      expect(findIn('a/x.yaml', 'b/y.yaml')).toEqual(['b/y.yaml', ['b/y.yaml']]);
    });

    test('none is meant where several are as near', () => {
      expect(findIn('a/x.yaml', 'a/y.yaml', 'a/z.yaml')).toEqual([undefined, ['a/y.yaml', 'a/z.yaml']]);
      expect(findIn('a/x.yaml', 'b/y.yaml', 'c/y.yaml')).toEqual([undefined, ['b/y.yaml', 'c/y.yaml']]);
    });
  });

  test('an object whose namespace is no text is in a namespace of its own', () => {
    const odd = listObjectViews(
      { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', namespace: { a: 1 } } },
      {},
    )[0]!;
    expect(new ManifestSet([odd]).listByKind('Pod', HOME)).toEqual([]);
  });

  test('every look-up gives what a search through all objects would give', () => {
    const word = fc.constantFrom('a', 'b', '', 'constructor');
    const labels = fc.dictionary(word, fc.oneof(word, fc.constant(7)), { maxKeys: 2 });
    const kind = fc.constantFrom('Pod', 'Service');
    const sample = fc.record({ kind, name: word, namespace: fc.option(word, { nil: undefined }), labels });
    assertAlways(
      fc.property(fc.array(sample, { maxLength: 6 }), sample, (samples, wanted) => {
        const objects = samples.map(objectOf);
        const beside = objectOf(wanted);
        const set = new ManifestSet(objects);
        const near = objects.filter(({ namespace }) => (namespace ?? '') === (beside.namespace ?? ''));
        const ofKind = near.filter((object) => object.kind === wanted.kind);
        expect(set.listByKind(wanted.kind, beside)).toEqual(ofKind);
        const named = ofKind.filter(({ name }) => name === wanted.name);
        expect(set.find(wanted.kind, wanted.name, beside)).toBe(named.length === 1 ? named[0] : undefined);
        const holders = near.filter(({ pod }) => pod && holdsAll(pod.labels.value, wanted.labels));
        expect(set.listPodsWith(Field.root(wanted.labels), beside).map(({ owner }) => owner)).toEqual(holders);
      }),
    );
  });

  function holdsAll(labels: unknown, wanted: Readonly<Record<string, unknown>>): boolean {
    const entries = Object.entries(wanted);
    const own = new Map(Object.entries(labels ?? {}));
    return entries.length > 0 && entries.every(([name, value]) => typeof value === 'string' && own.get(name) === value);
  }
});

describe('object view', () => {
  const POD = { spec: { containers: [{ name: 'app' }] } };
  const viewOf = (data: unknown) => new ObjectView(Field.root(data), {});

  test.each([
    ['v1', 'Pod', POD, ''],
    ['v1', 'PodTemplate', { template: POD }, 'template'],
    ['v1', 'ReplicationController', { spec: { template: POD } }, 'spec.template'],
    ['apps/v1', 'ReplicaSet', { spec: { template: POD } }, 'spec.template'],
    ['apps/v1', 'Deployment', { spec: { template: POD } }, 'spec.template'],
    ['apps/v1beta2', 'Deployment', { spec: { template: POD } }, 'spec.template'],
    ['apps/v1', 'StatefulSet', { spec: { template: POD } }, 'spec.template'],
    ['apps/v1', 'DaemonSet', { spec: { template: POD } }, 'spec.template'],
    ['batch/v1', 'Job', { spec: { template: POD } }, 'spec.template'],
    ['batch/v1', 'CronJob', { spec: { jobTemplate: { spec: { template: POD } } } }, 'spec.jobTemplate.spec.template'],
  ])('the pod of a %s %s is found', (apiVersion, kind, data, path) => {
    const object = viewOf({ apiVersion, kind, ...data });
    expect(object.pod?.template.path).toBe(path);
    expect(object.pod?.main?.name).toBe('app');
    expect(object.pod?.owner).toBe(object);
  });

  test.each([
    ['v1', 'Service'],
    ['apps', 'Deployment'],
    ['', 'Pod'],
    ['apps/v1', 'deployment'],
    ['v1', 'constructor'],
  ])('an object of "%s" "%s" has no pod', (apiVersion, kind) => {
    expect(viewOf({ apiVersion, kind, ...POD, spec: { ...POD.spec, template: POD } }).pod).toBeUndefined();
  });

  test.each([
    ['argoproj.io/v1alpha1', 'Rollout'],
    ['serving.knative.dev/v1', 'Service'],
    ['apps.openshift.io/v1', 'DeploymentConfig'],
    ['apps.kruise.io/v1alpha1', 'CloneSet'],
    ['apps.acme.com/v1', 'Thing'],
  ])('an object of "%s" "%s" has a pod where all workloads have it, if containers stand there', (apiVersion, kind) => {
    const { pod } = viewOf({ apiVersion, kind, spec: { template: POD } });
    expect([pod?.template.path, pod?.main?.name]).toEqual(['spec.template', 'app']);
    expect(viewOf({ apiVersion, kind, spec: { template: { spec: {} } } }).pod).toBeUndefined();
  });

  test('a workload without a template has an empty pod', () => {
    const { pod } = viewOf({ apiVersion: 'apps/v1', kind: 'Deployment' });
    expect([pod?.template.path, pod?.all]).toEqual(['spec.template', []]);
  });

  test('an object tells kind, name, namespace and title', () => {
    const object = viewOf({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'web', namespace: 'shop' },
      spec: { a: 1 },
    });
    expect([object.kind, object.name, object.namespace, object.apiVersion]).toEqual(['Pod', 'web', 'shop', 'v1']);
    expect([object.title, object.spec.path]).toEqual(['Pod/web', 'spec']);
  });

  test('an object without a name has that which Kubernetes will make one of, or none', () => {
    expect(viewOf({ kind: 'Job', metadata: { generateName: 'import-' } }).title).toBe('Job/import-');
    expect(viewOf({ kind: 'Job', metadata: { name: 7 } }).title).toBe('Job/(no name)');
  });

  test('only Jobs and CronJobs are meant to end', () => {
    const kinds = ['Pod', 'Job', 'CronJob', 'Deployment'];
    expect(kinds.filter((kind) => viewOf({ kind }).isJob)).toEqual(['Job', 'CronJob']);
  });

  test.each([undefined, null, 'text', 7, true, [], [POD], {}, { kind: 7, apiVersion: [], metadata: 'x' }])(
    'data that is %j is an object without kind, name and pod',
    (data) => {
      const { kind, name, namespace, apiVersion, pod } = viewOf(data);
      expect([kind, name, namespace, apiVersion, pod]).toEqual(['', undefined, undefined, '', undefined]);
    },
  );

  describe('the objects in a document', () => {
    const named = (name: string) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name } });
    const pathsAndNames = (data: unknown) => listObjectViews(data, {}).map(({ root, name }) => [root.path, name]);

    test('are the document itself, with where it came from', () => {
      const source = { file: 'web.yaml' };
      const [object, ...others] = listObjectViews(named('a'), source);
      expect([object!.root.path, object!.name, others]).toEqual(['', 'a', []]);
      expect(object!.source).toBe(source);
    });

    test.each(['List', 'PodList', 'DeploymentList'])('are the items of a %s', (kind) => {
      expect(pathsAndNames({ apiVersion: 'v1', kind, items: [named('a'), null, named('b')] })).toEqual([
        ['items[0]', 'a'],
        ['items[1]', undefined],
        ['items[2]', 'b'],
      ]);
    });

    test('have the kind and version of a list of one kind, where they say none', () => {
      const items = [{ metadata: { name: 'a' } }, { kind: 'StatefulSet', metadata: { name: 'b' } }];
      const objects = listObjectViews({ apiVersion: 'apps/v1', kind: 'DeploymentList', items }, {});
      expect(objects.map(({ title, apiVersion, pod }) => [title, apiVersion, pod?.template.path])).toEqual([
        ['Deployment/a', 'apps/v1', 'items[0].spec.template'],
        ['StatefulSet/b', 'apps/v1', 'items[1].spec.template'],
      ]);
      const [bare] = listObjectViews({ apiVersion: 'v1', kind: 'List', items: [{ metadata: { name: 'a' } }] }, {});
      expect([bare!.kind, bare!.apiVersion]).toEqual(['', '']);
    });

    test('are the items of lists in lists', () => {
      const inner = { kind: 'List', items: [named('a')] };
      expect(pathsAndNames({ kind: 'List', items: [inner, named('b')] })).toEqual([
        ['items[0].items[0]', 'a'],
        ['items[1]', 'b'],
      ]);
    });

    test('are none where a list is empty', () => {
      expect(listObjectViews({ kind: 'List', items: [] }, {})).toEqual([]);
    });

    test.each([
      ['a List without items', { kind: 'List' }],
      ['a List whose items are no list', { kind: 'List', items: { a: 1 } }],
      ['a kind that only has items', { kind: 'Menu', items: [named('a')] }],
      ['a list of objects', [named('a')]],
    ])('are the document itself where that is %s', (_, data) => {
      expect(listObjectViews(data, {}).map(({ root }) => root.value)).toEqual([data]);
    });

    test('end somewhere, even where a list holds itself', () => {
      const list: { kind: string; items: unknown[] } = { kind: 'List', items: [] };
      list.items.push(list, named('a'));
      expect(listObjectViews(list, {}).filter(({ name }) => name === 'a')).toHaveLength(3);
    });
  });
});

const podOf = (spec: unknown, metadata?: unknown): PodView =>
  new ObjectView(Field.root({ apiVersion: 'v1', kind: 'Pod', metadata, spec }), {}).pod!;

const SHOP = podOf(
  {
    initContainers: [
      { name: 'setup' },
      { name: 'agent', restartPolicy: 'Always' },
      { name: 'fetch', restartPolicy: 'OnFailure' },
    ],
    containers: [{ name: 'app' }, { name: 'proxy', restartPolicy: 'Always' }],
  },
  { labels: { app: 'shop' } },
);
const names = (containers: readonly { readonly name: string }[]) => containers.map(({ name }) => name);

test('the first container is the main one, the others are sidecars', () => {
  expect(SHOP.containers.map(({ name, role }) => [name, role])).toEqual([
    ['app', Role.MAIN],
    ['proxy', Role.CLASSIC_SIDECAR],
  ]);
  expect(SHOP.main?.name).toBe('app');
});

test('an init container that always restarts is a native sidecar', () => {
  expect(SHOP.initContainers.map(({ name, role }) => [name, role])).toEqual([
    ['setup', Role.INIT],
    ['agent', Role.NATIVE_SIDECAR],
    ['fetch', Role.INIT],
  ]);
});

test('all containers stand in the order in which they start', () => {
  expect(names(SHOP.all)).toEqual(['setup', 'agent', 'fetch', 'app', 'proxy']);
});

test('plain init containers do not run beside the others', () => {
  expect(names(SHOP.running)).toEqual(['agent', 'app', 'proxy']);
});

test('the companions are those that live beside the main container', () => {
  expect(names(SHOP.companions)).toEqual(['agent', 'proxy']);
});

test('the labels are those of the template', () => {
  expect(SHOP.labels.at('app').text).toBe('shop');
});

test.each([undefined, null, 'text', [], {}, { containers: {}, initContainers: 7, volumes: 'x' }])(
  'a pod whose spec is %j has nothing, and stops nobody',
  (spec) => {
    const pod = podOf(spec);
    expect([pod.main, pod.all, pod.companions, pod.volumes, pod.findVolume('data')]).toEqual([
      undefined,
      [],
      [],
      [],
      undefined,
    ]);
  },
);

describe('a volume', () => {
  const volumes = [{ name: 'data', emptyDir: {} }, { emptyDir: {} }, null, { name: 'data', hostPath: { path: '/' } }];
  const claims = [{ metadata: { name: 'data' } }, { metadata: { name: 'store' } }, { metadata: {} }];
  const workload = (kind: string) =>
    new ObjectView(
      Field.root({
        apiVersion: 'apps/v1',
        kind,
        spec: { volumeClaimTemplates: claims, template: { spec: { volumes } } },
      }),
      {},
    ).pod!;

  test('is found by its name, the first of two', () => {
    expect(podOf({ volumes }).findVolume('data')?.path).toBe('spec.volumes[0]');
  });

  test.each([undefined, 'logs', ''])('named %j is not found where none has that name', (name) => {
    expect(podOf({ volumes }).findVolume(name)).toBeUndefined();
  });

  test('of a StatefulSet may be one that it claims for each pod', () => {
    const pod = workload('StatefulSet');
    expect(pod.findVolume('store')?.path).toBe('spec.volumeClaimTemplates[1]');
    expect(pod.findVolume('data')?.path).toBe('spec.volumeClaimTemplates[0]');
    expect(pod.findVolume(undefined)).toBeUndefined();
  });

  test('of another workload is none that is claimed', () => {
    expect(workload('Deployment').findVolume('store')).toBeUndefined();
  });
});

describe('the mount that holds a path', () => {
  const volumeMounts = [
    { name: 'root', mountPath: '/var///////////' },
    { name: 'deep', mountPath: '/var//log/app/' },
    { name: 'log', mountPath: '/var/log' },
    { name: 'relative', mountPath: 'var/log/app/x' },
    { name: 'none' },
  ];
  const pod = podOf({ containers: [{ name: 'app', volumeMounts }] });

  test.each([
    ['/var', 'root'],
    ['/var/logs', 'root'],
    ['/var/log', 'log'],
    ['/var/log/../run', 'root'],
    ['/var/log/app', 'deep'],
    ['/var/log/app/a/b.log', 'deep'],
    ['/', undefined],
    ['/variable', undefined],
    ['var/log/app/x', undefined],
    ['', undefined],
  ])('"%s" is the deepest one above it: %s', (path, volume) => {
    expect(pod.findMount(pod.main!, path)?.volume).toBe(volume);
  });

  test('is not one of another container', () => {
    const two = podOf({ containers: [{ name: 'app' }, { name: 'agent', volumeMounts }] });
    expect(two.findMount(two.main!, '/var/log')).toBeUndefined();
  });

  test('leaves the mounts of the container in their order', () => {
    expect(pod.main!.mounts.map(({ volume }) => volume)).toEqual(['root', 'deep', 'log', 'relative', 'none']);
  });
});

test.each([
  [undefined, 30],
  [null, 30],
  ['60', 30],
  [60, 60],
  [0, 0],
])('a pod whose `terminationGracePeriodSeconds` is %j has %d seconds to end in', (seconds, expected) => {
  expect(podOf({ terminationGracePeriodSeconds: seconds }).graceSeconds).toBe(expected);
});
