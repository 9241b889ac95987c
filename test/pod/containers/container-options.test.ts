import { Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  type InitContainerProps,
  type MainContainerProps,
  MultiContainerPod,
  PreStopSleep,
  SidecarMode,
  type SidecarProps,
} from '../../../src/index';
import type { Container } from '../../../src/pod/manifest/pod-template';
import { container, newChart, newDeployment, podSpec } from '../../support';

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
const RUNNING: [keyof MainContainerProps, Partial<MainContainerProps>, (rendered: Container) => unknown, unknown][] = [
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
