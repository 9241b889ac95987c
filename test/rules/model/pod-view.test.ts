import { Role } from '../../../src/rules/model/container-view';
import { Field } from '../../../src/rules/model/field';
import { ObjectView } from '../../../src/rules/model/object-view';
import type { PodView } from '../../../src/rules/model/pod-view';

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
    expect([pod.main, pod.all, pod.companions, pod.volumes, pod.volume('data')]).toEqual([
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
    expect(podOf({ volumes }).volume('data')?.path).toBe('spec.volumes[0]');
  });

  test.each([undefined, 'logs', ''])('named %j is not found where none has that name', (name) => {
    expect(podOf({ volumes }).volume(name)).toBeUndefined();
  });

  test('of a StatefulSet may be one that it claims for each pod', () => {
    const pod = workload('StatefulSet');
    expect(pod.volume('store')?.path).toBe('spec.volumeClaimTemplates[1]');
    expect(pod.volume('data')?.path).toBe('spec.template.spec.volumes[0]');
    expect(pod.volume(undefined)).toBeUndefined();
  });

  test('of another workload is none that is claimed', () => {
    expect(workload('Deployment').volume('store')).toBeUndefined();
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
    expect(pod.mountOf(pod.main!, path)?.volume).toBe(volume);
  });

  test('is not one of another container', () => {
    const two = podOf({ containers: [{ name: 'app' }, { name: 'agent', volumeMounts }] });
    expect(two.mountOf(two.main!, '/var/log')).toBeUndefined();
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
