import { ApiObject, Chart, JsonPatch, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { MultiContainerPod, Sidecar } from '../../../src/index';
import { APP, container, newChart, newDeployment, podSpec } from '../../support';

/** A pod of the application "app" of user 1000 and of "agent", which runs as another user or as none that is stated. */
function newPod(agentUser?: number, app: Partial<kplus.ContainerProps> = {}): MultiContainerPod {
  const agent = { name: 'agent', image: 'acme/agent:1.0.0', securityContext: { user: agentUser } };
  return MultiContainerPod.of(newDeployment(newChart(), { containers: [{ ...APP, ...app }, agent] }));
}

const specOf = (pod: MultiContainerPod) => podSpec(Chart.of(pod));
const mountsOf = (pod: MultiContainerPod, name: string) => container(Chart.of(pod), name).volumeMounts;
const MEMORY = kplus.EmptyDirMedium.MEMORY;

describe('a shared volume', () => {
  test('is an `emptyDir` with the medium and the size limit that were asked for', () => {
    const pod = newPod();
    pod.storage.share('cache', { medium: MEMORY, sizeLimit: Size.kibibytes(1500) }).writtenBy('app', '/cache');
    pod.storage.share('content').writtenBy('app', '/content');
    expect(specOf(pod).volumes).toEqual([
      { name: 'cache', emptyDir: { medium: 'Memory', sizeLimit: '2Mi' } },
      { name: 'content', emptyDir: {} },
    ]);
  });

  test('that nobody mounts is not in the pod', () => {
    const pod = newPod();
    pod.storage.share('content');
    expect(specOf(pod).volumes).toBeUndefined();
  });

  test('is the same one for the same name and options', () => {
    const { storage } = newPod();
    const shared = storage.share('content', { sizeLimit: Size.mebibytes(1024) });
    expect(storage.share('content', { sizeLimit: Size.gibibytes(1) })).toBe(shared);
    expect(storage.share('other')).not.toBe(shared);
  });

  test('fails where it is made wrong, like any volume of the kernel', () => {
    expect(() => newPod().storage.share('cache', { medium: MEMORY })).toThrow(
      new Error(
        '[shop/web] volume "cache" is kept in memory without a `sizeLimit`, so its files could fill the memory limit of whoever writes them; pass `sizeLimit`',
      ),
    );
  });
});

describe('a scratch directory', () => {
  test('is a writable volume of its container alone', () => {
    const pod = newPod();
    pod.storage.scratch('app', '/tmp/', { sizeLimit: Size.mebibytes(16) });
    pod.storage.scratch('agent', '/tmp', { name: 'state' });
    expect(specOf(pod).volumes).toEqual([
      { name: 'app-tmp', emptyDir: { sizeLimit: '16Mi' } },
      { name: 'state', emptyDir: {} },
    ]);
    expect(mountsOf(pod, 'app')).toEqual([{ name: 'app-tmp', mountPath: '/tmp' }]);
    expect(mountsOf(pod, 'agent')).toEqual([{ name: 'state', mountPath: '/tmp' }]);
  });

  test('may be asked for twice', () => {
    const pod = newPod();
    pod.storage.scratch('app', '/tmp');
    pod.storage.scratch('app', '/tmp');
    expect(mountsOf(pod, 'app')).toEqual([{ name: 'app-tmp', mountPath: '/tmp' }]);
  });

  test('fails where there is no such container', () => {
    expect(() => newPod().storage.scratch('web', '/tmp')).toThrow(
      new Error('[shop/web] there is no container "web" in this pod (containers: app, agent); pass one of them'),
    );
  });

  test('fails where the directory is the root of the image', () => {
    expect(() => newPod().storage.scratch('app', '/')).toThrow(
      new Error(
        '[shop/web] mount path "/" of container "app" would hide the whole file system of the image; mount a directory below "/"',
      ),
    );
  });
});

describe('the group that owns shared volumes', () => {
  function fsGroupOf(pod: MultiContainerPod): unknown {
    const shared = pod.storage.share('content');
    shared.writtenBy('app', '/content');
    shared.readBy('agent', '/content');
    return specOf(pod).securityContext?.fsGroup;
  }

  test('is the user of the main container where writer and reader differ', () => {
    expect(fsGroupOf(newPod(2000))).toBe(1000);
  });

  test('is the group of the main container where it states one', () => {
    expect(fsGroupOf(newPod(2000, { securityContext: { user: 1000, group: 3000 } }))).toBe(3000);
  });

  test('is needed where the user of a container is not known', () => {
    expect(fsGroupOf(newPod())).toBe(1000);
  });

  test('is needed where no user is known at all', () => {
    expect(fsGroupOf(newPod(undefined, { securityContext: {} }))).toBe(10001);
  });

  test.each([
    ['states no user', {}],
    ['is root', { user: 0, ensureNonRoot: false }],
  ])('is a number of this library where the main container %s', (_, securityContext) => {
    expect(fsGroupOf(newPod(2000, { securityContext }))).toBe(10001);
  });

  test('is not set where all users are equal', () => {
    expect(fsGroupOf(newPod(1000))).toBeUndefined();
  });

  test.each([2000, undefined])('is not set where nothing is shared with a container of user %p', (agentUser) => {
    const pod = newPod(agentUser);
    pod.storage.scratch('agent', '/state');
    pod.storage.share('content').writtenBy('app', '/content');
    pod.storage.share('cache').writtenBy('agent', '/cache');
    expect(specOf(pod).securityContext).not.toHaveProperty('fsGroup');
  });

  test.each([1000, 2000])('stays what the user chose, where the other container has user %d', (agentUser) => {
    const agent = { name: 'agent', image: 'acme/agent:1.0.0', securityContext: { user: agentUser } };
    const props = { containers: [APP, agent], securityContext: { fsGroup: 4000 } };
    expect(fsGroupOf(MultiContainerPod.of(newDeployment(newChart(), props)))).toBe(4000);
  });

  test('stays what a JSON patch of the user says', () => {
    const pod = newPod(2000);
    ApiObject.of(pod.workload).addJsonPatch(JsonPatch.add('/spec/template/spec/securityContext/fsGroup', 4000));
    expect(fsGroupOf(pod)).toBe(4000);
  });

  test('is set for a volume that a container mounted before it was shared', () => {
    const pod = newPod(2000, { volumeMounts: undefined });
    pod.main.mount('/content', kplus.Volume.fromEmptyDir(Chart.of(pod), 'own', 'own'));
    pod.storage.shareMounted('app', '/content').readBy('agent', '/content');
    expect(specOf(pod).securityContext).toEqual({ fsGroup: 1000, fsGroupChangePolicy: 'Always', runAsNonRoot: true });
  });
});

describe('the directories and volumes that a container asks for', () => {
  test('are mounted, and its props may be used again', () => {
    const proxy = { name: 'proxy', image: 'acme/proxy:1.0.0', user: 1000 };
    const chart = newChart();
    const secret = kplus.Volume.fromSecret(chart, 'tls', kplus.Secret.fromSecretName(chart, 'secret', 'tls'), {
      name: 'tls',
    });
    const volumeMounts = [{ path: '/tls', volume: secret, readOnly: true }];
    const sidecar = new Sidecar({ ...proxy, volumeMounts, writableDirectories: ['/tmp', '/run'] });
    for (const id of ['a', 'b']) {
      MultiContainerPod.of(new kplus.Deployment(chart, id, { containers: [APP] })).add(sidecar);
    }
    const mounts = [
      { name: 'proxy-tmp', mountPath: '/tmp' },
      { name: 'proxy-run', mountPath: '/run' },
      { name: 'tls', mountPath: '/tls', readOnly: true },
    ];
    const rendered = chart.toJson().map(({ spec }) => spec.template.spec.initContainers[0].volumeMounts);
    expect(rendered).toEqual([mounts, mounts]);
    expect(volumeMounts).toHaveLength(1);
  });
});
