import type { Container, PodSpec } from '../../../src/pod/manifest/pod-template';
import { renderedProblems } from '../../../src/pod/manifest/rendered-checks';

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
  return renderedProblems({ containers: [{ name: 'app', ...main }], initContainers }, []);
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
  expect(renderedProblems(spec, ['setup', 'app'])).toEqual([]);
});

test('each declared container fails that is not in the manifest', () => {
  expect(renderedProblems({ containers: [{ name: 'renamed' }] }, ['setup', 'app'])).toEqual([
    lost('setup'),
    lost('app'),
  ]);
});

describe('the group of the kernel', () => {
  const withVolumes = (volumes: PodSpec['volumes']) => ({ containers: [{ name: 'app' }], volumes });
  const persistent = [
    ['persistentVolumeClaim', { claimName: 'data' }],
    ['hostPath', { path: '/data' }],
    ['nfs', { server: 'nas', path: '/' }],
    ['csi', { driver: 'acme' }],
  ] as const;

  test.each(persistent)('fails where it would take over the files of a volume of kind %s', (source, value) => {
    expect(renderedProblems(withVolumes([{ name: 'data', [source]: value }]), [], 1000)).toEqual([takesOver('data')]);
  });

  test.each(persistent)('is in order beside a volume of kind %s where there is none', (source, value) => {
    expect(renderedProblems(withVolumes([{ name: 'data', [source]: value }]), [])).toEqual([]);
  });

  test.each(['emptyDir', 'configMap', 'secret', 'projected', 'downwardAPI', 'ephemeral'])(
    'is in order beside a volume of kind %s, which ends with the pod',
    (source) => {
      expect(renderedProblems(withVolumes([{ name: 'data', [source]: {} }]), [], 1000)).toEqual([]);
    },
  );

  test('is in order in a pod without volumes', () => {
    expect(renderedProblems(withVolumes(undefined), [], 1000)).toEqual([]);
  });

  test('fails for each volume, and names the group', () => {
    const volumes = ['a', 'b'].map((name) => ({ name, hostPath: { path: `/${name}` } }));
    expect(renderedProblems(withVolumes(volumes), [], 7)).toEqual([takesOver('a', 7), takesOver('b', 7)]);
  });
});

test('a pod fails with all that is wrong at once', () => {
  const spec = {
    containers: [{ name: 'app', ...LISTED, readinessProbe: tcp(80) }],
    initContainers: [
      { name: 'setup', lifecycle: HOOKS },
      { name: 'agent', restartPolicy: 'Always', ...LISTED, livenessProbe: http(80) },
    ],
    volumes: [{ name: 'data', hostPath: { path: '/data' } }],
  };
  expect(renderedProblems(spec, ['app', 'gone'], 1000)).toEqual([
    lost('gone'),
    forgotten('agent'),
    forgotten(),
    initWithHook('setup'),
    takesOver('data'),
  ]);
});
