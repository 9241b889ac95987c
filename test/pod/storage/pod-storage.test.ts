import { ApiObject, Chart, JsonPatch, Size, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { LogFiles, MultiContainerPod, Sidecar, type VolumeOptions } from '../../../src';
import { toDnsLabel } from '../../../src/private/names';
import { schemaProblems } from '../../kubernetes-schema';
import { APP, container, newChart, newDeployment, podSpec } from '../../support';

describe('empty dirs names', () => {
  type Call = (pod: MultiContainerPod) => unknown;

  const logs = (directory: string) => LogFiles.inDirectory(directory, { pattern: '*.log' });

  /** A pod of the containers "app", "a" and "a-b". */
  function newPod(): MultiContainerPod {
    const others = ['a', 'a-b'].map((name) => ({ name, image: 'acme/other:1.0.0' }));
    return MultiContainerPod.of(newDeployment(newChart(), { containers: [APP, ...others] }));
  }

  /** The names of the volumes of a pod after these calls. */
  function namesAfter(...calls: Call[]): string[] {
    const pod = newPod();
    for (const call of calls) {
      call(pod);
    }
    expect(Testing.synth(Chart.of(pod)).flatMap(schemaProblems)).toEqual([]);
    return (podSpec(Chart.of(pod)).volumes ?? []).map(({ name }) => name);
  }

  describe('volumes whose generated names coincide', () => {
    const CASES: [string, Call, Call, string][] = [
      [
        'scratch directories of two containers',
        ({ storage }) => storage.scratch('a-b', '/c'),
        ({ storage }) => storage.scratch('a', '/b/c'),
        'a-b-c',
      ],
      [
        'scratch directories of one container',
        ({ storage }) => storage.scratch('app', '/data/0'),
        ({ storage }) => storage.scratch('app', '/data-0'),
        'app-data-0',
      ],
      [
        'log directories',
        (pod) => pod.logs.write(logs('/var/log/app')),
        (pod) => pod.logs.write(logs('/var/log-app')),
        'app-var-log-app',
      ],
      [
        'a log directory and a scratch directory',
        (pod) => pod.logs.write(logs('/var/log/app')),
        ({ storage }) => storage.scratch('app', '/var/log-app'),
        'app-var-log-app',
      ],
    ];

    test.each(CASES)('are told apart by a hash: %s', (_, first, second, name) => {
      const names = namesAfter(first, second);
      expect(names).toHaveLength(2);
      expect(names).toContain(name);
      expect(names.filter((other) => other !== name)).toEqual([
        expect.stringMatching(new RegExp(`^${name}-[0-9a-f]{8}$`)),
      ]);
    });

    test.each(CASES)('are the same ones where both are asked for again: %s', (_, first, second) => {
      expect(namesAfter(first, second, second, first)).toEqual(namesAfter(first, second));
    });

    test('have the same hash in every pod', () => {
      const [, first, second] = CASES[0]!;
      expect(namesAfter(first, second)).toEqual(namesAfter(first, second));
    });

    test('are told apart from a name that somebody chose', () => {
      const pod = newPod();
      pod.storage.share('app-tmp').writtenBy('a', '/tmp');
      pod.storage.scratch('app', '/tmp');
      expect(container(Chart.of(pod), 'a').volumeMounts).toEqual([{ name: 'app-tmp', mountPath: '/tmp' }]);
      expect(container(Chart.of(pod), 'app').volumeMounts).toEqual([
        { name: expect.stringMatching(/^app-tmp-[0-9a-f]{8}$/), mountPath: '/tmp' },
      ]);
    });

    test('stay labels however long they are', () => {
      const deep = (last: string) => `/${'d/'.repeat(26)}${last}`;
      const calls = ['x-y', 'x/y'].map<Call>(
        (last) =>
          ({ storage }) =>
            storage.scratch('app', deep(last)),
      );
      expect(toDnsLabel('app', deep('x-y'))).toHaveLength(59);
      const names = namesAfter(...calls);
      expect(new Set(names).size).toBe(2);
      expect(names.filter((name) => name.length > 63)).toEqual([]);
    });
  });

  describe('a volume whose chosen name another owner has', () => {
    test.each<[string, Call, Call, string, string, string]>([
      [
        'two scratch directories that were given one name',
        ({ storage }) => storage.scratch('app', '/tmp', { name: 'tmp' }),
        ({ storage }) => storage.scratch('a', '/tmp', { name: 'tmp' }),
        'tmp',
        'the scratch directory "/tmp" of container "a"',
        'the scratch directory "/tmp" of container "app"',
      ],
      [
        'a scratch directory and a shared volume',
        ({ storage }) => storage.scratch('app', '/tmp'),
        ({ storage }) => storage.share('app-tmp'),
        'app-tmp',
        '`storage.share`',
        'the scratch directory "/tmp" of container "app"',
      ],
      [
        'a log directory and a scratch directory that is given its name',
        (pod) => pod.logs.write(logs('/var/log/app')),
        ({ storage }) => storage.scratch('a', '/tmp', { name: 'app-var-log-app' }),
        'app-var-log-app',
        'the scratch directory "/tmp" of container "a"',
        'the logs of container "app" in "/var/log/app"',
      ],
    ])('fails, naming both: %s', (_, first, second, name, later, earlier) => {
      const pod = newPod();
      first(pod);
      expect(() => second(pod)).toThrow(
        new Error(`[shop/web] volume name "${name}" of ${later} is already taken by ${earlier}; pass another name`),
      );
      expect(pod.workload.node.validate()).toEqual([]);
    });

    test('fails where the user made that volume', () => {
      const pod = newPod();
      pod.workload.addVolume(kplus.Volume.fromEmptyDir(Chart.of(pod), 'own', 'app-tmp'));
      expect(() => pod.storage.scratch('app', '/tmp')).toThrow(
        new Error(
          '[shop/web] volume name "app-tmp" is already taken in this pod; pass another name, or share the one that is mounted with `shareMounted`',
        ),
      );
    });

    test('fails as a scratch directory where the logs are', () => {
      const pod = newPod();
      pod.logs.write(logs('/var/log/app'));
      expect(() => pod.storage.scratch('app', '/var/log/app')).toThrow(
        new Error(
          '[shop/web] container "app" already mounts volume "app-var-log-app" at "/var/log/app"; mount each volume at a path of its own',
        ),
      );
    });
  });
});

describe('empty dirs', () => {
  const MEMORY = kplus.EmptyDirMedium.MEMORY;
  const DEFAULT = kplus.EmptyDirMedium.DEFAULT;

  /** A pod of the containers "app", "a" and "a-b". */
  function newPod(): MultiContainerPod {
    const others = ['a', 'a-b'].map((name) => ({ name, image: 'acme/other:1.0.0' }));
    return MultiContainerPod.of(newDeployment(newChart(), { containers: [APP, ...others] }));
  }

  /** The volumes of a pod in which a volume of these options is asked for. */
  function rendered(options: VolumeOptions) {
    const pod = newPod();
    pod.storage.share('cache', options).writtenBy('app', '/cache');
    return podSpec(Chart.of(pod)).volumes;
  }

  test.each<[string, VolumeOptions, object]>([
    ['no options', {}, {}],
    ['the default medium', { medium: DEFAULT }, { medium: '' }],
    ['a size in whole mebibytes', { sizeLimit: Size.mebibytes(5) }, { sizeLimit: '5Mi' }],
    ['a size that is rounded up', { sizeLimit: Size.kibibytes(1500) }, { sizeLimit: '2Mi' }],
    ['a size of part of a mebibyte', { sizeLimit: Size.mebibytes(0.3) }, { sizeLimit: '1Mi' }],
    ['a size of part of a kibibyte', { sizeLimit: Size.kibibytes(0.5) }, { sizeLimit: '1Mi' }],
    ['memory', { sizeLimit: Size.gibibytes(1), medium: MEMORY }, { sizeLimit: '1Gi', medium: 'Memory' }],
  ])('a volume with %s', (_, options, emptyDir) => {
    expect(rendered(options)).toEqual([{ name: 'cache', emptyDir }]);
  });

  test.each(['My_Volume', 'a.b', 'a'.repeat(64)])('a volume fails with the name "%s"', (name) => {
    const error = new Error(
      `[shop/web] volume name "${name}" is not a DNS label; use at most 63 lower-case letters, digits and "-"`,
    );
    const { storage } = newPod();
    expect(() => storage.share(name)).toThrow(error);
    expect(() => storage.scratch('app', '/tmp', { name })).toThrow(error);
  });

  test('a shared volume fails without a name', () => {
    expect(() => newPod().storage.share('')).toThrow(
      new Error('[shop/web] volume name "" is not a DNS label; use at most 63 lower-case letters, digits and "-"'),
    );
  });

  test.each([DEFAULT, MEMORY])('a volume fails with a size of 0 in medium "%s"', (medium) => {
    const { storage } = newPod();
    const options = { sizeLimit: Size.mebibytes(0), medium };
    expect(() => storage.share('cache', options)).toThrow(
      new Error('[shop/web] `sizeLimit` of volume "cache" is 0; pass how much it may hold'),
    );
    expect(() => storage.scratch('app', '/tmp', options)).toThrow(
      new Error('[shop/web] `sizeLimit` of volume "app-tmp" is 0; pass how much it may hold'),
    );
  });

  test('a volume fails in memory without a size limit', () => {
    expect(() => newPod().storage.scratch('app', '/tmp', { medium: MEMORY })).toThrow(
      new Error(
        '[shop/web] volume "app-tmp" is kept in memory without a `sizeLimit`, so its files could fill the memory limit of whoever writes them; pass `sizeLimit`',
      ),
    );
  });

  describe('a volume that its owner asks for again', () => {
    test('is the same one where the options are equal', () => {
      const { storage } = newPod();
      const sizes = [Size.mebibytes(1024), Size.gibibytes(1), Size.kibibytes((1 << 20) - 1)];
      const [first, ...others] = sizes.map((sizeLimit) => storage.share('cache', { sizeLimit }));
      expect(others).toEqual([first, first]);
      expect(storage.share('other')).not.toBe(first);
    });

    test.each<[VolumeOptions, string, VolumeOptions, string]>([
      [
        { sizeLimit: Size.mebibytes(1) },
        'with a `sizeLimit` of 1Mi',
        { sizeLimit: Size.mebibytes(2) },
        'with a `sizeLimit` of 2Mi',
      ],
      [
        { sizeLimit: Size.mebibytes(1) },
        'with a `sizeLimit` of 1Mi',
        { sizeLimit: Size.mebibytes(1), medium: MEMORY },
        'with a `sizeLimit` of 1Mi in medium Memory',
      ],
      [{ sizeLimit: Size.mebibytes(1) }, 'with a `sizeLimit` of 1Mi', {}, 'without a `sizeLimit`'],
      [{}, 'without a `sizeLimit`', { sizeLimit: Size.mebibytes(1) }, 'with a `sizeLimit` of 1Mi'],
    ])('fails where the options differ: %j, %s, then %j, %s', (before, told, now, tells) => {
      const problem = (name: string) =>
        new Error(
          `[shop/web] volume "${name}" was asked for ${told} before and is now asked for ${tells}; use the same options or another name`,
        );
      const { storage } = newPod();
      storage.share('cache', before);
      expect(() => storage.share('cache', now)).toThrow(problem('cache'));
      storage.scratch('app', '/tmp', before);
      expect(() => storage.scratch('app', '/tmp', now)).toThrow(problem('app-tmp'));
    });
  });
});

describe('mounts', () => {
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
    const pod = newPod({ ...APP, securityContext: { privileged: true, allowPrivilegeEscalation: true } });
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
});

describe('pod storage', () => {
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
});

describe('shared volume', () => {
  function newPod(): MultiContainerPod {
    const reader = { name: 'reader', image: 'acme/reader:1.0.0', securityContext: { user: 1000 } };
    return MultiContainerPod.of(
      newDeployment(newChart(), { containers: [{ ...APP, volumeMounts: undefined }, reader] }),
    );
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
});
