import { Chart, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { MultiContainerPod } from '../../../src/index';
import { schemaProblems } from '../../kubernetes-schema';
import { APP, container, newChart, newDeployment, podSpec } from '../../support';

const READER = { name: 'reader', image: 'acme/reader:1.0.0' };

function newPod(...containers: kplus.ContainerProps[]): MultiContainerPod {
  return MultiContainerPod.of(newDeployment(newChart(), { containers: containers.length > 0 ? containers : [APP] }));
}

/** A volume of this name, for any pod of the chart. */
function volumeOf(pod: MultiContainerPod, name = 'data', id = name): kplus.Volume {
  return kplus.Volume.fromEmptyDir(Chart.of(pod), id, name);
}

const mountsOf = (pod: MultiContainerPod, name = 'app') => container(Chart.of(pod), name).volumeMounts;

test('a mount is added to those of the container, and its volume to the pod', () => {
  const pod = newPod({ ...APP, volumeMounts: undefined });
  pod.main.mount('/own', volumeOf(pod, 'own'));
  pod.storage.mount('app', '/data', volumeOf(pod), { readOnly: true, subPath: 'today' });
  expect(mountsOf(pod)).toEqual([
    { name: 'own', mountPath: '/own' },
    { name: 'data', mountPath: '/data', readOnly: true, subPath: 'today' },
  ]);
  expect(podSpec(Chart.of(pod)).volumes?.map(({ name }) => name)).toEqual(['own', 'data']);
});

test('every option of a mount reaches the manifest', () => {
  const pod = newPod();
  const data = volumeOf(pod);
  const { BIDIRECTIONAL, HOST_TO_CONTAINER, NONE } = kplus.MountPropagation;
  pod.storage.mount('app', '/a', data, { propagation: BIDIRECTIONAL, subPath: 'today' });
  pod.storage.mount('app', '/b', data, { propagation: HOST_TO_CONTAINER, subPathExpr: '$(POD)', readOnly: true });
  pod.storage.mount('app', '/c', data, { propagation: NONE, readOnly: false });
  expect(mountsOf(pod)).toEqual([
    { name: 'data', mountPath: '/a', mountPropagation: 'Bidirectional', subPath: 'today' },
    {
      name: 'data',
      mountPath: '/b',
      mountPropagation: 'HostToContainer',
      subPathExpr: '$(POD)',
      readOnly: true,
    },
    { name: 'data', mountPath: '/c', mountPropagation: 'None' },
  ]);
  expect(Testing.synth(Chart.of(pod)).flatMap(schemaProblems)).toEqual([]);
});

test('one volume in several containers is one volume of the pod', () => {
  const pod = newPod(APP, READER);
  const data = volumeOf(pod);
  pod.storage.mount('app', '/data', data);
  pod.storage.mount('reader', '/input', data);
  expect(podSpec(Chart.of(pod)).volumes).toEqual([{ name: 'data', emptyDir: {} }]);
  expect(mountsOf(pod, 'reader')).toEqual([{ name: 'data', mountPath: '/input' }]);
});

test('a volume that the workload declares already is taken as it is', () => {
  const pod = newPod();
  const data = volumeOf(pod);
  pod.workload.addVolume(data);
  pod.storage.mount('app', '/data', data);
  expect(podSpec(Chart.of(pod)).volumes).toEqual([{ name: 'data', emptyDir: {} }]);
});

test('the same mount twice is one, in any spelling of the path', () => {
  const pod = newPod();
  const data = volumeOf(pod);
  pod.storage.mount('app', '/data', data);
  pod.storage.mount('app', '/data/./', data, { readOnly: false });
  expect(mountsOf(pod)).toEqual([{ name: 'data', mountPath: '/data' }]);
});

test('`volumeMounts` and `envVariables` that two deployments share do not grow', () => {
  const chart = newChart();
  const volumeMounts = [{ path: '/own', volume: kplus.Volume.fromEmptyDir(chart, 'own', 'own') }];
  const envVariables = { LEVEL: kplus.EnvValue.fromValue('info') };
  const containers = [{ ...APP, volumeMounts, envVariables }];
  const [first] = ['a', 'b'].map((id) => MultiContainerPod.of(new kplus.Deployment(chart, id, { containers })));
  first!.storage.scratch('app', '/tmp');
  first!.addEnv('app', 'EXTRA', kplus.EnvValue.fromValue('yes'));
  const rendered = chart.toJson().map((manifest) => manifest.spec.template.spec.containers[0]);
  expect(rendered.map(({ volumeMounts: mounts, env }) => [mounts.length, env.length])).toEqual([
    [2, 2],
    [1, 1],
  ]);
  expect(volumeMounts).toHaveLength(1);
  expect(Object.keys(envVariables)).toEqual(['LEVEL']);
});

test.each([
  ['data', 'is not absolute; begin it with "/"'],
  ['/data:1', 'contains ":", which Kubernetes forbids in a mount path; choose another directory'],
  ['/data/..', 'would hide the whole file system of the image; mount a directory below "/"'],
])('fails where something is mounted at "%s"', (path, problem) => {
  const pod = newPod();
  expect(() => pod.storage.mount('app', path, volumeOf(pod))).toThrow(
    new Error(`[shop/web] mount path "${path}" of container "app" ${problem}`),
  );
});

test.each([
  ['another volume', 'other', {}],
  ['the volume read-only', 'data', { readOnly: true }],
  ['another part of the volume', 'data', { subPath: 'today' }],
  ['a part of the volume that a variable names', 'data', { subPathExpr: '$(POD)' }],
  ['the volume with another propagation', 'data', { propagation: kplus.MountPropagation.HOST_TO_CONTAINER }],
])('fails where %s is mounted at a path that is taken', (_, name, options) => {
  const pod = newPod();
  const volumes: Record<string, kplus.Volume> = { data: volumeOf(pod), other: volumeOf(pod, 'other') };
  pod.storage.mount('app', '/data', volumes.data!);
  expect(() => pod.storage.mount('app', '/data/', volumes[name]!, options)).toThrow(
    new Error(
      '[shop/web] container "app" already mounts volume "data" at "/data"; mount each volume at a path of its own',
    ),
  );
});

test('fails where another volume of the pod has this name', () => {
  const pod = newPod();
  pod.storage.mount('app', '/data', volumeOf(pod));
  expect(() => pod.storage.mount('app', '/other', volumeOf(pod, 'data', 'other'))).toThrow(
    new Error(
      '[shop/web] volume name "data" is already taken in this pod; pass another name, or share the one that is mounted with `shareMounted`',
    ),
  );
});

test('fails where there is no such container', () => {
  const pod = newPod();
  expect(() => pod.storage.mount('reader', '/data', volumeOf(pod))).toThrow(
    new Error('[shop/web] there is no container "reader" in this pod (containers: app); pass one of them'),
  );
});

test('the finished pod fails with every mount that a container brings wrong, all at once', () => {
  const pod = newPod({ ...APP, volumeMounts: undefined }, READER);
  const data = volumeOf(pod);
  for (const path of ['data', '/a:b', '/', '/data', '/data/']) {
    pod.main.mount(path, data);
  }
  pod.container('reader').mount('/data', data);
  expect(pod.workload.node.validate()).toEqual([
    'mount path "data" of container "app" is not absolute; begin it with "/"',
    'mount path "/a:b" of container "app" contains ":", which Kubernetes forbids in a mount path; choose another directory',
    'mount path "/" of container "app" would hide the whole file system of the image; mount a directory below "/"',
    'container "app" already mounts volume "data" at "/data"; mount each volume at a path of its own',
  ]);
});

test('the finished pod fails with every mount that cdk8s-plus makes later where one was contributed', () => {
  const pod = newPod({ ...APP, volumeMounts: undefined });
  const data = volumeOf(pod);
  pod.storage.mount('app', '/data', data);
  pod.storage.scratch('app', '/tmp');
  pod.main.mount('/data', data);
  pod.main.mount('/tmp/', data);
  pod.main.mount('/other', data);
  expect(() => Testing.synth(Chart.of(pod))).toThrow(
    new Error(
      [
        'Validation failed with the following errors:',
        '  [shop/web] container "app" already mounts volume "data" at "/data"; mount each volume at a path of its own',
        '  [shop/web] container "app" already mounts volume "app-tmp" at "/tmp"; mount each volume at a path of its own',
      ].join('\n'),
    ),
  );
});
