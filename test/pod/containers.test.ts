import { Chart, Duration, Size, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { ContainerRestartPolicy, EnvFieldPaths, EnvValue } from 'cdk8s-plus-28';
import {
  InitContainer,
  type InitContainerProps,
  type MainContainerProps,
  MultiContainerPod,
  type PodContainerOptions,
  PreStopSleep,
  SidecarMode,
  type SidecarProps,
} from '../../src';
import { toResources } from '../../src/pod/containers/container-props';
import { Inventory } from '../../src/pod/containers/inventory';
import type { Container } from '../../src/pod/manifest/pod-template';
import { APP, container, deepFreeze, JOBS, newChart, newDeployment, podSpec, WORKLOADS } from '../support';

describe('container options', () => {
  const PROBE = (path: string) => kplus.Probe.fromHttpGet(path, { port: 8080 });
  const HOOK = (command: string) => kplus.Handler.fromCommand([command]);

  /** Every option that any container takes, and where it arrives. */
  const ANY: [keyof InitContainerProps, Partial<InitContainerProps>, (rendered: Container) => unknown, unknown][] = [
    ['name', { name: 'other' }, ({ name }) => name, 'other'],
    ['image', { image: 'acme/other:2.0.0' }, ({ image }) => image, 'acme/other:2.0.0'],
    ['user', { user: 4000 }, ({ securityContext }) => securityContext?.runAsUser, 4000],
    ['group', { group: 4001 }, ({ securityContext }) => securityContext?.runAsGroup, 4001],
    ['command', { command: ['run'] }, ({ command }) => command, ['run']],
    ['args', { args: ['-v'] }, ({ args }) => args, ['-v']],
    ['workingDir', { workingDir: '/srv' }, ({ workingDir }) => workingDir, '/srv'],
    [
      'envVariables',
      { envVariables: { A: kplus.EnvValue.fromValue('1') } },
      ({ env }) => env,
      [{ name: 'A', value: '1' }],
    ],
    [
      'writableDirectories',
      { writableDirectories: ['/tmp'] },
      ({ volumeMounts }) => volumeMounts,
      [{ mountPath: '/tmp', name: 'unit-tmp' }],
    ],
    [
      'imagePullPolicy',
      { imagePullPolicy: kplus.ImagePullPolicy.NEVER },
      ({ imagePullPolicy }) => imagePullPolicy,
      'Never',
    ],
    [
      'resources',
      { resources: { cpu: { request: kplus.Cpu.millis(3) } } },
      ({ resources }) => resources,
      { requests: { cpu: '3m' } },
    ],
    [
      'securityContext',
      { securityContext: { readOnlyRootFilesystem: false } },
      ({ securityContext }) => securityContext?.readOnlyRootFilesystem,
      false,
    ],
  ];

  /** Every option that only a container takes that keeps running. */
  const RUNNING: [keyof MainContainerProps, Partial<MainContainerProps>, (rendered: Container) => unknown, unknown][] =
    [
      [
        'ports',
        { ports: [{ number: 53, name: 'dns', protocol: kplus.Protocol.UDP, hostPort: 5353, hostIp: '10.0.0.1' }] },
        ({ ports }) => ports,
        [{ containerPort: 53, name: 'dns', protocol: 'UDP', hostPort: 5353, hostIP: '10.0.0.1' }],
      ],
      [
        'liveness',
        { liveness: PROBE('/alive') },
        (rendered) => rendered.livenessProbe?.httpGet,
        { path: '/alive', port: 8080, scheme: 'HTTP' },
      ],
      [
        'readiness',
        { readiness: PROBE('/ready') },
        (rendered) => rendered.readinessProbe?.httpGet,
        { path: '/ready', port: 8080, scheme: 'HTTP' },
      ],
      [
        'startup',
        { startup: PROBE('/up') },
        (rendered) => rendered.startupProbe?.httpGet,
        { path: '/up', port: 8080, scheme: 'HTTP' },
      ],
      [
        'lifecycle',
        { lifecycle: { postStart: HOOK('hello') } },
        ({ lifecycle }) => lifecycle,
        { postStart: { exec: { command: ['hello'] } } },
      ],
    ];

  /** Adds a container named `unit` to a pod, and renders it. */
  function render(add: (pod: MultiContainerPod) => unknown, containers: kplus.ContainerProps[], name = 'unit') {
    const chart = newChart();
    add(MultiContainerPod.of(newDeployment(chart, { containers })));
    return container(chart, name);
  }

  const APP = { name: 'app', image: 'acme/app:1.0.0' };
  const UNIT = { name: 'unit', image: 'acme/unit:1.0.0', user: 2000 };

  describe.each<[string, (props: Partial<SidecarProps>) => Container]>([
    ['a main container', (props) => render((pod) => pod.addMainContainer({ ...UNIT, ...props }), [], props.name)],
    ['a native sidecar', (props) => render((pod) => pod.addSidecar({ ...UNIT, ...props }), [APP], props.name)],
    [
      'a classic sidecar',
      (props) => render((pod) => pod.addSidecar({ ...UNIT, ...props, mode: SidecarMode.CLASSIC }), [APP], props.name),
    ],
  ])('%s', (_, rendered) => {
    test.each([...ANY, ...RUNNING])('gets its `%s`', (_option, props, part, expected) => {
      expect(part(rendered(props))).toEqual(expected);
    });

    test('gets no probe, no port and no hook that nobody asked for', () => {
      for (const field of ['startupProbe', 'livenessProbe', 'readinessProbe', 'ports', 'lifecycle']) {
        expect(rendered({})).not.toHaveProperty(field);
      }
    });
  });

  describe('an init container', () => {
    test.each(ANY)('gets its `%s`', (_option, props, part, expected) => {
      expect(part(render((pod) => pod.addInitContainer({ ...UNIT, ...props }), [APP], props.name))).toEqual(expected);
    });
  });

  test('a container gets its `envFrom` and `volumeMounts`', () => {
    const chart = newChart();
    const secret = kplus.Secret.fromSecretName(chart, 'secret', 'keys');
    const volume = kplus.Volume.fromSecret(chart, 'volume', secret, { name: 'keys' });
    MultiContainerPod.of(newDeployment(chart)).addSidecar({
      ...UNIT,
      envFrom: [kplus.Env.fromSecret(secret)],
      volumeMounts: [
        { path: '/keys', volume, readOnly: true, subPath: 'tls' },
        { path: '/mine', volume, subPathExpr: '$(POD)', propagation: kplus.MountPropagation.HOST_TO_CONTAINER },
      ],
    });
    const { envFrom, volumeMounts } = container(chart, 'unit');
    expect(envFrom).toEqual([{ secretRef: { name: 'keys' } }]);
    expect(volumeMounts).toEqual([
      { name: 'keys', mountPath: '/keys', readOnly: true, subPath: 'tls' },
      { name: 'keys', mountPath: '/mine', subPathExpr: '$(POD)', mountPropagation: 'HostToContainer' },
    ]);
    expect(podSpec(chart).volumes).toEqual([{ name: 'keys', secret: { secretName: 'keys' } }]);
  });

  test('a sidecar gets its `mode`, `readyBeforeMain`, `flush` and `preStopSleep`', () => {
    const chart = newChart();
    const pod = MultiContainerPod.of(newDeployment(chart));
    const flush = Duration.seconds(8);
    pod.addSidecar({ ...UNIT, flush, mode: SidecarMode.CLASSIC, preStopSleep: PreStopSleep.COMMAND });
    pod.addSidecar({ ...UNIT, name: 'proxy', readyBeforeMain: true, startup: kplus.Probe.fromCommand(['up']) });
    const { containers, initContainers, terminationGracePeriodSeconds } = podSpec(chart);
    expect(containers.map(({ name }) => name)).toEqual(['app', 'unit']);
    expect(initContainers?.map(({ name }) => name)).toEqual(['proxy']);
    expect(terminationGracePeriodSeconds).toBe(30 + 2 + 8 + 5);
    expect(container(chart, 'unit').lifecycle).toEqual({ preStop: { exec: { command: ['sleep', '32'] } } });
  });
});

const IMAGE = 'acme/agent:1.0.0';

/** What adds a container to a pod, by its part in it. */
const PARTS: Record<string, (pod: MultiContainerPod, props: PodContainerOptions & { name: string }) => unknown> = {
  'a native sidecar': (pod, props) => pod.addSidecar(props),
  'a classic sidecar': (pod, props) => pod.addSidecar({ ...props, mode: SidecarMode.CLASSIC }),
  'an init container': (pod, props) => pod.addInitContainer(props),
  'a main container': (pod, props) => pod.addMainContainer(props),
};

describe.each(Object.keys(PARTS))('%s', (part) => {
  const add = (props: Partial<PodContainerOptions> & { name?: string }) => {
    const chart = newChart();
    const pod = MultiContainerPod.of(newDeployment(chart, { containers: part === 'a main container' ? [] : [APP] }));
    PARTS[part]!(pod, { name: 'agent', image: IMAGE, user: 2000, ...props });
    return () => container(chart, props.name ?? 'agent');
  };

  test.each([
    [IMAGE, 'IfNotPresent'],
    ['registry.acme.io:5000/agent:1.0.0', 'IfNotPresent'],
    [`acme/agent@sha256:${'0a'.repeat(32)}`, 'IfNotPresent'],
    [`acme/agent:latest@sha256:${'0a'.repeat(32)}`, 'IfNotPresent'],
    ['acme/agent:latest', 'Always'],
    ['acme/agent', 'Always'],
    ['registry.acme.io:5000/agent', 'Always'],
  ])('of image %s is pulled %s', (image, policy) => {
    expect(add({ image })()).toMatchObject({ image, imagePullPolicy: policy });
  });

  test('is pulled as the user says', () => {
    expect(add({ imagePullPolicy: kplus.ImagePullPolicy.NEVER })().imagePullPolicy).toBe('Never');
  });

  test('has room of its size, with a limit on memory alone', () => {
    const memory = part === 'a main container' ? '512Mi' : '64Mi';
    const cpu = part === 'a main container' ? '250m' : '50m';
    expect(add({})().resources).toEqual({ limits: { memory }, requests: { cpu, memory } });
  });

  test('has the room that the user gives', () => {
    const resources = { cpu: { request: kplus.Cpu.millis(7) }, memory: { limit: Size.mebibytes(9) } };
    expect(add({ resources })().resources).toEqual({ limits: { memory: '9Mi' }, requests: { cpu: '7m' } });
  });

  test('runs as the user and group it names', () => {
    expect(add({ group: 3000 })().securityContext).toMatchObject({ runAsUser: 2000, runAsGroup: 3000 });
    expect(add({ securityContext: { group: 3001 } })().securityContext).toMatchObject({ runAsGroup: 3001 });
    expect(add({ securityContext: { user: 2000 } })().securityContext).toMatchObject({ runAsUser: 2000 });
    expect(add({})().securityContext).not.toHaveProperty('runAsGroup');
  });

  test('may be root where it says that it must be', () => {
    expect(add({ user: 0, securityContext: { ensureNonRoot: false } })().securityContext).toMatchObject({
      runAsNonRoot: false,
      runAsUser: 0,
    });
  });

  test('fails as root of a pod that runs as non-root', () => {
    const message =
      '[shop/web] container "agent" has `user` 0, and the kubelet starts no root process in a pod that runs as non-root; pass another `user`, or `securityContext.ensureNonRoot: false` where it must be root';
    expect(() => add({ user: 0 })).toThrow(new Error(message));
    expect(() => add({ user: 0, securityContext: { ensureNonRoot: true } })).toThrow(new Error(message));
  });

  test('leaves the variables and sources of the caller as they are', () => {
    const props = deepFreeze({ envVariables: { A: kplus.EnvValue.fromValue('1') }, envFrom: [], command: ['run'] });
    const chart = newChart();
    const pod = MultiContainerPod.of(newDeployment(chart, { containers: part === 'a main container' ? [] : [APP] }));
    const added = PARTS[part]!(pod, { name: 'agent', image: IMAGE, user: 2000, ...props }) as kplus.Container;
    added.env.addVariable('B', kplus.EnvValue.fromValue('2'));
    added.env.copyFrom(kplus.Env.fromConfigMap(kplus.ConfigMap.fromConfigMapName(chart, 'map', 'map')));
    expect(Object.keys(added.env.variables)).toEqual(['A', 'B']);
    expect(props).toMatchObject({ envFrom: [], command: ['run'] });
    expect(Object.keys(props.envVariables)).toEqual(['A']);
  });

  test.each([
    ['', 'is no image name'],
    [' ', 'begins or ends with a blank'],
    [' acme/agent:1.0.0', 'begins or ends with a blank'],
    ['acme/agent:1.0.0\n', 'begins or ends with a blank'],
    ['acme/Agent:1.0.0', 'has capital letters in its repository'],
    ['*', 'is no image name'],
  ])('fails with image "%s"', (image, problem) => {
    expect(() => add({ image })).toThrow(
      new Error(
        `[shop/web] \`image\` "${image}" of container "agent" ${problem}; pass one such as "registry.example.com/team/app:1.4"`,
      ),
    );
  });

  test.each([undefined, false])(
    'fails as privileged with `allowPrivilegeEscalation` %p',
    (allowPrivilegeEscalation) => {
      expect(() => add({ securityContext: { privileged: true, allowPrivilegeEscalation } })).toThrow(
        new Error(
          '[shop/web] container "agent" is privileged, which Kubernetes takes only with `allowPrivilegeEscalation: true`; pass that too',
        ),
      );
    },
  );

  test('may be privileged where it says that it may gain privileges', () => {
    const securityContext = { privileged: true, allowPrivilegeEscalation: true };
    expect(add({ securityContext })().securityContext).toMatchObject(securityContext);
  });

  test.each([-1, 1.5])('fails with %d as its user', (user) => {
    expect(() => add({ user })).toThrow(
      new Error(`[shop/web] \`user\` ${user} of container "agent" is not an ID; pass the number of the image's user`),
    );
  });

  test.each([-1, 1.5])('fails with %d as its group, wherever that stands', (group) => {
    const error = new Error(
      `[shop/web] \`group\` ${group} of container "agent" is not an ID; pass the number of the image's group`,
    );
    expect(() => add({ group })).toThrow(error);
    expect(() => add({ group, securityContext: { group } })).toThrow(error);
  });

  test('fails with two users', () => {
    expect(() => add({ securityContext: { user: 2001 } })).toThrow(
      new Error('[shop/web] container "agent" has `user` 2000 and `securityContext.user` 2001; pass `user` alone'),
    );
  });

  test('fails with two groups, and takes one that is said twice', () => {
    expect(() => add({ group: 3000, securityContext: { group: 3001 } })).toThrow(
      new Error('[shop/web] container "agent" has `group` 3000 and `securityContext.group` 3001; pass `group` alone'),
    );
    expect(add({ group: 3000, securityContext: { group: 3000 } })().securityContext).toMatchObject({
      runAsGroup: 3000,
    });
  });

  test('keeps its command and arguments, whatever becomes of the arrays of the caller', () => {
    const [command, args] = [['run'], ['-v']];
    const render = add({ command, args });
    command.push('away');
    args.length = 0;
    expect(render()).toMatchObject({ command: ['run'], args: ['-v'] });
  });

  test('fails with a name that Kubernetes does not take', () => {
    expect(() => add({ name: 'log_agent' })).toThrow(
      new Error(
        '[shop/web] container name "log_agent" is not a DNS label; use at most 63 lower-case letters, digits and "-"',
      ),
    );
  });

  if (part !== 'a main container') {
    test('fails with the name of another container', () => {
      expect(() => add({ name: 'app' })).toThrow(
        new Error('[shop/web] container name "app" is already taken in this pod; pass another `name` (taken: app)'),
      );
    });
  }
});

test.each(Object.keys(WORKLOADS))('a companion of a %s asks for far less than cdk8s-plus would give it', (kind) => {
  const chart = newChart();
  const pod = MultiContainerPod.of(WORKLOADS[kind]!(chart, { containers: [APP] }));
  pod.addSidecar({ name: 'agent', image: IMAGE, user: 2000 });
  if (!JOBS.includes(kind)) {
    pod.addSidecar({ name: 'classic', image: IMAGE, user: 2000, mode: SidecarMode.CLASSIC });
    expect(container(chart, 'classic').resources).toEqual(container(chart, 'agent').resources);
  }
  expect(container(chart, 'agent').resources).toMatchObject({ requests: { cpu: '50m' } });
  expect(container(chart, 'app').resources).toMatchObject({ requests: { cpu: '1' } });
});

const INFO = EnvValue.fromValue('info');

function newPod(envVariables: Record<string, EnvValue> = {}): MultiContainerPod {
  return MultiContainerPod.of(
    newDeployment(newChart(), { containers: [{ ...APP, envVariables: deepFreeze(envVariables) }] }),
  );
}

const envOf = (pod: MultiContainerPod, name = 'app') => container(Chart.of(pod), name).env;

test('a variable is added to those of the container', () => {
  const pod = newPod({ LEVEL: INFO });
  pod.addEnv('app', 'POD', EnvValue.fromFieldRef(EnvFieldPaths.POD_NAME));
  pod.addEnv('app', 'EMPTY', EnvValue.fromValue(''));
  expect(envOf(pod)).toEqual([
    { name: 'LEVEL', value: 'info' },
    { name: 'POD', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
    { name: 'EMPTY', value: '' },
  ]);
});

test('init containers and native sidecars take variables too', () => {
  const pod = newPod();
  pod.add(new InitContainer({ name: 'migrate', image: 'acme/migrate:1.0.0', user: 1000 }));
  pod.workload.addInitContainer({
    name: 'proxy',
    image: 'acme/proxy:1.0.0',
    restartPolicy: ContainerRestartPolicy.ALWAYS,
  });
  for (const name of ['migrate', 'proxy']) {
    pod.addEnv(name, 'LEVEL', INFO);
    expect(envOf(pod, name)).toEqual([{ name: 'LEVEL', value: 'info' }]);
  }
  expect(envOf(pod)).toBeUndefined();
});

test('the same value twice is one, whoever set it first', () => {
  const pod = newPod({ LEVEL: INFO });
  for (const name of ['LEVEL', 'OTHER', 'OTHER']) {
    pod.addEnv('app', name, EnvValue.fromValue('info'));
  }
  expect(envOf(pod)).toEqual([
    { name: 'LEVEL', value: 'info' },
    { name: 'OTHER', value: 'info' },
  ]);
});

test.each([
  ['the container itself has', true],
  ['was added', false],
])('fails where a variable gets another value than %s', (_, own) => {
  const pod = newPod(own ? { LEVEL: INFO } : {});
  if (!own) {
    pod.addEnv('app', 'LEVEL', INFO);
  }
  expect(() => pod.addEnv('app', 'LEVEL', EnvValue.fromValue('debug'))).toThrow(
    new Error(
      '[shop/web] environment variable "LEVEL" of container "app" already has another value; set it once or choose another name',
    ),
  );
});

test.each(['constructor', 'toString', '__proto__'])(
  'a variable may be named "%s", like what every object has',
  (name) => {
    const pod = newPod({ LEVEL: INFO });
    pod.addEnv('app', name, INFO);
    expect(envOf(pod)).toEqual([
      { name: 'LEVEL', value: 'info' },
      { name, value: 'info' },
    ]);
  },
);

describe('a variable that cdk8s-plus sets after it was added', () => {
  const podWithLater = (value: EnvValue) => {
    const pod = MultiContainerPod.of(newDeployment(newChart(), { containers: [{ ...APP, envVariables: {} }] }));
    pod.addEnv('app', 'LEVEL', INFO);
    pod.main.env.addVariable('LEVEL', value);
    return pod;
  };

  test('is one where the value is the same', () => {
    expect(envOf(podWithLater(EnvValue.fromValue('info')))).toEqual([{ name: 'LEVEL', value: 'info' }]);
  });

  test('fails where the value is another one', () => {
    const pod = podWithLater(EnvValue.fromValue('debug'));
    expect(() => Testing.synth(Chart.of(pod))).toThrow(
      new Error(
        'Validation failed with the following errors:\n  [shop/web] environment variable "LEVEL" of container "app" already has another value; set it once or choose another name',
      ),
    );
  });
});

test('fails where there is no such container', () => {
  expect(() => newPod().addEnv('web', 'LEVEL', INFO)).toThrow(
    new Error('[shop/web] there is no container "web" in this pod (containers: app); pass one of them'),
  );
});

test.each(['', '1A', 'A B', 'A=B', 'Ä', 'A\n'])('fails where a variable is named "%s"', (name) => {
  expect(() => newPod().addEnv('app', name, INFO)).toThrow(
    new Error(
      `[shop/web] "${name}" cannot name an environment variable of container "app"; use letters, digits, "_", "-" and ".", and no digit first`,
    ),
  );
});

test.each(['A', '_a1', 'my.app-level', '.A', '-A'])('a variable may be named "%s"', (name) => {
  const pod = newPod();
  pod.addEnv('app', name, INFO);
  expect(envOf(pod)).toEqual([{ name, value: 'info' }]);
});

describe('the environment of another container', () => {
  test('is copied, with what is added to it later, before what the container has itself', () => {
    const pod = newPod({ LEVEL: INFO });
    pod.add(
      new InitContainer({ name: 'migrate', image: 'a:1.0.0', user: 1, envVariables: { OWN: INFO, LEVEL: INFO } }),
    );
    pod.copyEnv('app', 'migrate');
    pod.addEnv('app', 'LATER', INFO);
    expect(envOf(pod, 'migrate')?.map(({ name }) => name)).toEqual(['LEVEL', 'LATER', 'OWN']);
    expect(envOf(pod)?.map(({ name }) => name)).toEqual(['LEVEL', 'LATER']);
  });

  test('may be empty', () => {
    const pod = newPod();
    pod.add(new InitContainer({ name: 'migrate', image: 'a:1.0.0', user: 1 }));
    pod.copyEnv('app', 'migrate');
    expect(container(Chart.of(pod), 'migrate')).not.toHaveProperty('env');
    expect(container(Chart.of(pod), 'migrate')).not.toHaveProperty('envFrom');
  });

  test('fails for a container that the pod has not', () => {
    const message = 'there is no container "other" in this pod (containers: app); pass one of them';
    expect(() => newPod().copyEnv('app', 'other')).toThrow(message);
    expect(() => newPod().copyEnv('other', 'app')).toThrow(message);
  });

  test('fails at synth where both have a value for one variable', () => {
    const pod = newPod({ LEVEL: INFO });
    pod.add(new InitContainer({ name: 'migrate', image: 'a:1.0.0', user: 1 }));
    pod.copyEnv('app', 'migrate');
    pod.addEnv('migrate', 'LEVEL', EnvValue.fromValue('debug'));
    expect(() => Testing.synth(Chart.of(pod))).toThrow(
      'environment variable "LEVEL" of container "migrate" is another than that of container "app", whose environment it has; choose another name',
    );
  });
});

const NATIVE = { name: 'proxy', image: 'acme/proxy:1.0.0', restartPolicy: kplus.ContainerRestartPolicy.ALWAYS };
const INIT = { name: 'migrate', image: 'acme/migrate:1.0.0' };

function inventoryOf(...containers: kplus.ContainerProps[]): Inventory {
  return new Inventory(newDeployment(newChart(), { containers }));
}

test('containers are known in the order in which they start', () => {
  const inventory = inventoryOf(APP, { name: 'agent', image: 'acme/agent:1.0.0' });
  inventory.workload.addInitContainer(INIT);
  inventory.workload.addInitContainer(NATIVE);
  expect(inventory.all.map(({ name }) => name)).toEqual(['migrate', 'proxy', 'app', 'agent']);
  expect(inventory.running.map(({ name }) => name)).toEqual(['proxy', 'app', 'agent']);
  expect(inventory.main.name).toBe('app');
});

test('only an init container that runs to its end is a plain one', () => {
  const inventory = inventoryOf(APP);
  inventory.workload.addInitContainer(INIT);
  inventory.workload.addInitContainer(NATIVE);
  expect(inventory.all.map((container) => inventory.isPlainInit(container))).toEqual([true, false, false]);
});

test('a container is found by its name, whether it runs before the main one or beside it', () => {
  const inventory = inventoryOf(APP);
  const init = inventory.workload.addInitContainer(INIT);
  expect(inventory.find('migrate')).toBe(init);
  expect(inventory.find('app')).toBe(inventory.main);
});

test('fails where there is no container of this name, and lists those there are', () => {
  expect(() => inventoryOf(APP).find('web')).toThrow(
    new Error('[shop/web] there is no container "web" in this pod (containers: app); pass one of them'),
  );
});

test('fails where the main container is asked for before there is one', () => {
  expect(() => inventoryOf().main).toThrow(
    new Error('[shop/web] the pod has no container yet; add the main container first'),
  );
});

test.each(['app', 'migrate'])('fails where a new container takes the name "%s" of another', (name) => {
  const inventory = inventoryOf(APP);
  inventory.workload.addInitContainer(INIT);
  expect(inventory.validateNewName(name)).toEqual([
    `container name "${name}" is already taken in this pod; pass another \`name\` (taken: migrate, app)`,
  ]);
});

test('fails where a new container has a name that Kubernetes refuses', () => {
  expect(inventoryOf(APP).validateNewName('My_App')).toEqual([
    'container name "My_App" is not a DNS label; use at most 63 lower-case letters, digits and "-"',
  ]);
});

test('a free name may be taken', () => {
  expect(inventoryOf(APP).validateNewName('agent')).toEqual([]);
});

describe('the finished pod', () => {
  const problemsOf = (...containers: kplus.ContainerProps[]) =>
    MultiContainerPod.of(newDeployment(newChart(), { containers })).workload.node.validate();

  test('is in order where every container has a name of its own', () => {
    expect(problemsOf(APP, INIT)).toEqual([]);
  });

  test('fails where two containers are left unnamed, which makes both "main"', () => {
    expect(problemsOf({ image: 'acme/app:1.0.0' }, { image: 'acme/agent:1.0.0' })).toEqual([
      'container name "main" is already taken in this pod; pass another `name` (taken: main)',
    ]);
  });

  test('fails once for a name that three containers have', () => {
    expect(problemsOf(APP, { ...APP, ports: [] }, { ...APP, ports: [] })).toEqual([
      'container name "app" is already taken in this pod; pass another `name` (taken: app)',
    ]);
  });

  test('fails where it has no container', () => {
    expect(problemsOf()).toEqual(['the pod has no container; add the main container']);
  });

  test('fails with all that is wrong at once, at the path of the workload', () => {
    const chart = newChart();
    const { workload } = MultiContainerPod.of(newDeployment(chart));
    workload.addContainer({ name: 'Log_Agent', image: 'acme/agent:1.0.0' });
    workload.addInitContainer({ ...APP, ports: [] });
    expect(() => Testing.synth(chart)).toThrow(
      new Error(
        [
          'Validation failed with the following errors:',
          '  [shop/web] container name "Log_Agent" is not a DNS label; use at most 63 lower-case letters, digits and "-"',
          '  [shop/web] container name "app" is already taken in this pod; pass another `name` (taken: app, Log_Agent)',
        ].join('\n'),
      ),
    );
  });
});

test('a container requests CPU without a limit, and as much memory as it may have at most', () => {
  const { cpu, memory } = toResources(50, 64);
  expect([cpu?.request?.amount, cpu?.limit]).toEqual(['50m', undefined]);
  expect([memory?.request?.toMebibytes(), memory?.limit?.toMebibytes()]).toEqual([64, 64]);
});
