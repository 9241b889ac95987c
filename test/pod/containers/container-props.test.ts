import { Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { MultiContainerPod, type PodContainerOptions, SidecarMode } from '../../../src/index';
import { APP, container, deepFreeze, JOBS, newChart, newDeployment, WORKLOADS } from '../../support';

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
    ['acme/agent@sha256:0a1b2c', 'IfNotPresent'],
    ['acme/agent:latest@sha256:0a1b2c', 'IfNotPresent'],
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

  test.each(['', ' ', ' acme/agent:1.0.0', 'acme/agent:1.0.0\n'])('fails with image "%s"', (image) => {
    expect(() => add({ image })).toThrow(
      new Error(
        `[shop/web] \`image\` "${image}" of container "agent" is not the name of an image; pass one without blanks`,
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

  test.each([-1, 1.5, Number.NaN])('fails with %d as its user', (user) => {
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
  expect(container(chart, 'app').resources).toMatchObject({ requests: { cpu: '1000m' } });
});
