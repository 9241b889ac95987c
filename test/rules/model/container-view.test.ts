import { ContainerView, Role } from '../../../src/rules/model/container-view';
import { Field } from '../../../src/rules/model/field';

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
  expect(WEB.mounts.map(({ field }) => field.path)).toEqual(['volumeMounts[0]', 'volumeMounts[1]', 'volumeMounts[2]']);
});

test('the probes are those that are there', () => {
  expect(WEB.probes.map(({ path }) => path)).toEqual(['startupProbe', 'livenessProbe']);
});

test('the hooks are those that are there', () => {
  expect(WEB.hooks.map(({ path }) => path)).toEqual(['lifecycle.preStop']);
});

test('of two variables of one name the last one counts, as in the running container', () => {
  expect(WEB.env('MODE')?.path).toBe('env[2]');
  expect(WEB.env('PORT')?.at('value').text).toBe('80');
  expect(WEB.env('HOME')).toBeUndefined();
});

test('the command line is the command with its arguments, as far as they are texts', () => {
  expect(WEB.commandLine).toEqual(['/web', '--verbose']);
  expect(viewOf({ args: ['-v'] }).commandLine).toEqual(['-v']);
});

test('a setting of the security context is found at any depth, and is missing where there is none', () => {
  expect(WEB.security('capabilities', 'drop').texts).toEqual(['ALL']);
  expect(viewOf({}).security('runAsUser').missing?.path).toBe('securityContext');
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
  const { name, image, ports, mounts, probes, hooks, commandLine, env } = viewOf(value);
  expect([name, image, probes, hooks, commandLine]).toEqual(['', '', [], [], []]);
  expect([...ports, ...mounts].map(({ field }) => field.isObject)).not.toContain(true);
  expect(env.call(viewOf(value), 'A')).toBeUndefined();
});
