import { Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { MultiContainerPod } from '../../../src/index';
import { APP, container, newChart, newDeployment, podSpec } from '../../support';

function newPod(): MultiContainerPod {
  const reader = { name: 'reader', image: 'acme/reader:1.0.0', securityContext: { user: 1000 } };
  return MultiContainerPod.of(newDeployment(newChart(), { containers: [{ ...APP, volumeMounts: undefined }, reader] }));
}

const mountsOf = (pod: MultiContainerPod, name: string) => container(Chart.of(pod), name).volumeMounts;

test('a writer mounts it read-write and a reader read-only, each at its own path', () => {
  const pod = newPod();
  const shared = pod.storage.share('content');
  shared.writtenBy('app', '/srv/out/');
  shared.readBy('reader', '/usr/share/html');
  expect(mountsOf(pod, 'app')).toEqual([{ name: 'content', mountPath: '/srv/out' }]);
  expect(mountsOf(pod, 'reader')).toEqual([{ name: 'content', mountPath: '/usr/share/html', readOnly: true }]);
});

test('there may be several writers, and asking twice changes nothing', () => {
  const pod = newPod();
  const shared = pod.storage.share('content');
  for (const name of ['app', 'reader', 'reader']) {
    shared.writtenBy(name, '/content');
  }
  for (const name of ['app', 'reader']) {
    expect(mountsOf(pod, name)).toEqual([{ name: 'content', mountPath: '/content' }]);
  }
});

test('its volume is a handle for what this library does not do', () => {
  const pod = newPod();
  const shared = pod.storage.share('content');
  pod.main.mount('/content', shared.volume, { subPath: 'today' });
  expect(shared.name).toBe('content');
  expect(mountsOf(pod, 'app')).toEqual([{ name: 'content', mountPath: '/content', subPath: 'today' }]);
});

test('fails where a container both writes and reads it at one path', () => {
  const shared = newPod().storage.share('content');
  shared.writtenBy('app', '/content');
  expect(() => shared.readBy('app', '/content')).toThrow(
    new Error(
      '[shop/web] container "app" already mounts volume "content" at "/content"; mount each volume at a path of its own',
    ),
  );
});

test.each(['writtenBy', 'readBy'] as const)('fails where `%s` names no container of the pod', (mount) => {
  expect(() => newPod().storage.share('content')[mount]('web', '/content')).toThrow(
    new Error('[shop/web] there is no container "web" in this pod (containers: app, reader); pass one of them'),
  );
});

describe('a volume that a container already mounts', () => {
  test('is shared as that container sees it, from a writer that the kernel never mounted', () => {
    const pod = newPod();
    const own = kplus.Volume.fromEmptyDir(Chart.of(pod), 'own', 'own');
    pod.main.mount('/data/', own, { subPath: 'today' });
    pod.storage.shareMounted('app', '/data').readBy('reader', '/input');
    expect(mountsOf(pod, 'app')).toEqual([{ name: 'own', mountPath: '/data/', subPath: 'today' }]);
    expect(mountsOf(pod, 'reader')).toEqual([{ name: 'own', mountPath: '/input', readOnly: true, subPath: 'today' }]);
    expect(podSpec(Chart.of(pod)).volumes).toEqual([{ name: 'own', emptyDir: {} }]);
  });

  test('is shared by the expression that names its part, at a mount of the kernel', () => {
    const pod = newPod();
    const own = kplus.Volume.fromEmptyDir(Chart.of(pod), 'own', 'own');
    const propagation = kplus.MountPropagation.HOST_TO_CONTAINER;
    pod.storage.mount('app', '/data', own, { subPathExpr: '$(DAY)', propagation });
    pod.storage.shareMounted('app', '/data').readBy('reader', '/input');
    pod.storage.shareMounted('app', '/data').writtenBy('reader', '/output');
    expect(mountsOf(pod, 'reader')).toEqual([
      { name: 'own', mountPath: '/input', readOnly: true, subPathExpr: '$(DAY)' },
      { name: 'own', mountPath: '/output', subPathExpr: '$(DAY)' },
    ]);
  });

  test('is another shared volume for another expression', () => {
    const pod = newPod();
    const own = kplus.Volume.fromEmptyDir(Chart.of(pod), 'own', 'own');
    const parts = [{ subPathExpr: '$(DAY)' }, { subPathExpr: '$(NIGHT)' }, { subPath: '$(DAY)' }, {}];
    const volumes = parts.map((part, index) => {
      pod.storage.mount('app', `/data/${index}`, own, part);
      return pod.storage.shareMounted('app', `/data/${index}`);
    });
    expect(new Set(volumes).size).toBe(4);
  });

  test('is the same shared volume each time, and another for another part of it', () => {
    const pod = newPod();
    const own = kplus.Volume.fromEmptyDir(Chart.of(pod), 'own', 'own');
    pod.main.mount('/data', own);
    pod.main.mount('/data/today', own, { subPath: 'today' });
    const shared = pod.storage.shareMounted('app', '/data');
    expect(pod.storage.shareMounted('app', '/data/')).toBe(shared);
    expect(pod.storage.shareMounted('app', '/data/today')).not.toBe(shared);
  });

  test.each(['/other', '/data/below', '/'])('fails where it is not mounted at exactly this path: "%s"', (path) => {
    const pod = newPod();
    pod.storage.scratch('app', '/data');
    expect(() => pod.storage.shareMounted('app', path)).toThrow(
      new Error(
        `[shop/web] container "app" mounts no volume at "${path}"; pass the path of one of its mounts or use \`share\``,
      ),
    );
  });
});
