import { ApiObject, type Chart, JsonPatch, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  InitContainer,
  MultiContainerPod,
  PodLifecycle,
  PodLogs,
  PodNetwork,
  PodStorage,
  Sidecar,
  SidecarMode,
  type SidecarProps,
} from '../../src';
import { schemaProblems } from '../kubernetes-schema';
import { APP, container, deepFreeze, newChart, newDeployment, podSpec, podTemplate, WORKLOADS } from '../support';

const AGENT: SidecarProps = deepFreeze({ name: 'agent', image: 'acme/agent:1.0.0', user: 2000 });
const SETUP = deepFreeze({ name: 'setup', image: 'acme/setup:1.0.0', user: 2001 });
const DEFAULT_CONTAINER = 'kubectl.kubernetes.io/default-container';

function names(chart: Chart) {
  const { initContainers = [], containers } = podSpec(chart);
  return { init: initContainers.map(({ name }) => name), ordinary: containers.map(({ name }) => name) };
}

describe.each(Object.keys(WORKLOADS))('the pod of a %s', (kind) => {
  const compose = (props: kplus.WorkloadProps = { containers: [APP] }) => {
    const chart = newChart();
    const workload = WORKLOADS[kind]!(chart, props);
    return { chart, workload, pod: MultiContainerPod.of(workload) };
  };

  test('has one kernel, however often it is asked for', () => {
    const { chart, workload, pod } = compose();
    pod.addSidecar({ ...AGENT, ports: [{ number: 2020 }] });
    expect(MultiContainerPod.of(workload)).toBe(pod);
    expect(MultiContainerPod.of(workload, { sidecarMode: SidecarMode.NATIVE })).toBe(pod);
    expect(pod.workload).toBe(workload);
    expect(names(chart)).toEqual({ init: ['agent'], ordinary: ['app'] });
    expect(container(chart, 'agent').ports).toEqual([{ containerPort: 2020 }]);
  });

  test('is found under the main container by kubectl, unless the user says otherwise', () => {
    const { chart, workload, pod } = compose();
    pod.addSidecar(AGENT);
    expect(podTemplate(chart).metadata?.annotations?.[DEFAULT_CONTAINER]).toBe('app');
    workload.podMetadata.addAnnotation(DEFAULT_CONTAINER, 'agent');
    expect(podTemplate(chart).metadata?.annotations?.[DEFAULT_CONTAINER]).toBe('agent');
  });

  test('keeps the other annotations and labels of the user', () => {
    const { chart, workload } = compose();
    workload.podMetadata.addAnnotation('acme/team', 'shop');
    workload.podMetadata.addLabel('tier', 'web');
    expect(podTemplate(chart).metadata).toMatchObject({
      annotations: { 'acme/team': 'shop' },
      labels: { tier: 'web' },
    });
  });

  test('starts what comes before the main container in the order in which it was added', () => {
    const { chart, pod } = compose();
    pod.add(new Sidecar({ ...AGENT, name: 'first' }));
    pod.add(new InitContainer(SETUP));
    pod.add(new Sidecar(AGENT));
    expect(names(chart)).toEqual({ init: ['first', 'setup', 'agent'], ordinary: ['app'] });
  });

  test('takes its main container after its companions', () => {
    const { chart, pod } = compose({});
    pod.addSidecar(AGENT);
    const main = pod.addMainContainer({ name: 'shop', image: 'acme/shop:1.0.0', user: 1000, ports: [{ number: 80 }] });
    expect(pod.main).toBe(main);
    expect(names(chart)).toEqual({ init: ['agent'], ordinary: ['shop'] });
    expect(Testing.synth(chart).flatMap(schemaProblems)).toEqual([]);
  });

  test('fails to take a second main container', () => {
    expect(() => compose().pod.addMainContainer(AGENT)).toThrow(
      new Error(
        '[shop/workload] the pod already has the main container "app", so "agent" cannot be another; add it with `addSidecar` or give it a pod of its own',
      ),
    );
  });

  test('fails without a main container', () => {
    expect(() => compose({}).pod.main).toThrow(
      new Error('[shop/workload] the pod has no container yet; add the main container first'),
    );
    expect(() => podSpec(compose({}).chart)).toThrow(
      new Error(
        'Validation failed with the following errors:\n  [shop/workload] the pod has no container; add the main container',
      ),
    );
  });
});

describe('the pod of an existing workload', () => {
  const compose = (containers: kplus.ContainerProps[] = [APP]) => {
    const chart = newChart();
    const deployment = newDeployment(chart, { containers });
    return { chart, deployment, pod: MultiContainerPod.of(deployment) };
  };

  test('keeps its main container first, whatever is added', () => {
    const { chart, pod } = compose();
    pod.addSidecar({ ...AGENT, mode: SidecarMode.CLASSIC });
    expect(names(chart).ordinary).toEqual(['app', 'agent']);
    expect(pod.main.name).toBe('app');
  });

  test('knows the containers that were added without it', () => {
    const { deployment, pod } = compose();
    const late = deployment.addContainer({ name: 'late', image: 'acme/late:1.0.0' });
    const agent = pod.addSidecar(AGENT);
    expect([pod.container('late'), pod.container('agent')]).toEqual([late, agent]);
    expect(() => pod.container('lat')).toThrow(
      new Error('[shop/web] there is no container "lat" in this pod (containers: agent, app, late); pass one of them'),
    );
  });

  test('is apart from the pod of another workload', () => {
    const { chart, pod } = compose();
    const other = new kplus.Deployment(chart, 'other', { containers: [APP] });
    expect(MultiContainerPod.of(other)).not.toBe(pod);
  });

  test('fails with another sidecar mode than it was made with', () => {
    const { deployment } = compose();
    expect(() => MultiContainerPod.of(deployment, { sidecarMode: SidecarMode.CLASSIC })).toThrow(
      new Error(
        '[shop/web] the pod exists with `sidecarMode` native, not classic; say it once, where `MultiContainerPod.of` is called first',
      ),
    );
  });

  test('leaves the props of the caller as they are', () => {
    const { chart, pod } = compose();
    const props = deepFreeze({
      ...AGENT,
      args: ['run'],
      envVariables: {},
      volumeMounts: [],
      writableDirectories: ['/tmp'],
    });
    pod.addSidecar(props);
    pod.addEnv('agent', 'MODE', kplus.EnvValue.fromValue('fast'));
    pod.addEnv('app', 'AGENT', kplus.EnvValue.fromValue('localhost'));
    pod.storage.scratch('agent', '/var/agent');
    expect(container(chart, 'agent').env).toEqual([{ name: 'MODE', value: 'fast' }]);
    expect(container(chart, 'app').env).toEqual([{ name: 'AGENT', value: 'localhost' }]);
    expect(props).toEqual({
      ...AGENT,
      args: ['run'],
      envVariables: {},
      volumeMounts: [],
      writableDirectories: ['/tmp'],
    });
  });

  test('keeps the JSON patches of the user', () => {
    const { chart, deployment, pod } = compose();
    ApiObject.of(deployment).addJsonPatch(
      JsonPatch.replace('/spec/template/spec/containers/0/image', 'acme/app:2.0.0'),
      JsonPatch.add('/spec/template/spec/priorityClassName', 'high'),
      JsonPatch.add('/spec/template/spec/containers/0/securityContext/seccompProfile', { type: 'Unconfined' }),
      JsonPatch.add('/spec/template/metadata/annotations', { [DEFAULT_CONTAINER]: 'agent' }),
      JsonPatch.add('/metadata/labels', { team: 'shop' }),
      JsonPatch.add('/spec/template/spec/containers/-', { name: 'mesh', image: 'acme/mesh:1.0.0' }),
    );
    pod.addSidecar(AGENT);
    const { image, securityContext } = container(chart, 'app');
    expect(image).toBe('acme/app:2.0.0');
    expect(securityContext?.seccompProfile).toEqual({ type: 'Unconfined' });
    expect(podSpec(chart).priorityClassName).toBe('high');
    expect(names(chart)).toEqual({ init: ['agent'], ordinary: ['app', 'mesh'] });
    expect(podTemplate(chart).metadata?.annotations).toEqual({ [DEFAULT_CONTAINER]: 'agent' });
    expect(Testing.synth(chart)[0].metadata.labels).toEqual({ team: 'shop' });
  });

  test('is rendered the same each time', () => {
    const { chart, pod } = compose();
    pod.addSidecar({ ...AGENT, ports: [{ number: 2020 }], writableDirectories: ['/tmp'] });
    pod.addEnv('app', 'AGENT', kplus.EnvValue.fromValue('localhost'));
    pod.spread();
    const first = Testing.synth(chart);
    expect(Testing.synth(chart)).toEqual(first);
    expect(Testing.synth(chart)).toEqual(first);
  });
});

describe('a probe', () => {
  const probes: [string, (probe: kplus.Probe) => Partial<SidecarProps>][] = [
    ['liveness', (liveness) => ({ liveness })],
    ['readiness', (readiness) => ({ readiness })],
    ['startup', (startup) => ({ startup })],
  ];
  const synthesize = (props: Partial<SidecarProps>) => {
    const chart = newChart();
    MultiContainerPod.of(newDeployment(chart)).addSidecar({ ...AGENT, ports: [{ number: 2020 }], ...props });
    return container(chart, 'agent');
  };

  test.each(probes)('fails as %s probe that names no port of a container that lists others', (_, props) => {
    const message =
      'Validation failed with the following errors:\n  [shop/web] a probe of container "agent" dials port 80, which the container does not list (cdk8s-plus dials 80 where a probe names no port); pass the probe a `port` that the container listens on';
    for (const probe of [kplus.Probe.fromHttpGet('/'), kplus.Probe.fromTcpSocket()]) {
      expect(() => synthesize(props(probe))).toThrow(new Error(message));
    }
  });

  test.each(probes)('dials the port of the container as %s probe', (kind, props) => {
    const rendered = synthesize(props(kplus.Probe.fromHttpGet('/', { port: 2020 })));
    expect(rendered[`${kind}Probe`]).toMatchObject({ httpGet: { path: '/', port: 2020 } });
  });

  test('needs no port where it runs a command, or where the container lists none', () => {
    expect(synthesize({ liveness: kplus.Probe.fromCommand(['up']) }).livenessProbe).toMatchObject({
      exec: { command: ['up'] },
    });
    expect(synthesize({ ports: [], liveness: kplus.Probe.fromHttpGet('/') }).livenessProbe).toMatchObject({
      httpGet: { port: 80 },
    });
  });
});

test('a synth fails with everything that is wrong with the finished pod', () => {
  const chart = newChart();
  const volume = kplus.Volume.fromEmptyDir(chart, 'volume', 'data');
  const deployment = newDeployment(chart, {
    replicas: 1,
    containers: [
      {
        ...APP,
        volumeMounts: [
          { path: '/data', volume },
          { path: '/data/', volume },
        ],
      },
      { name: 'twin', image: 'acme/twin:1.0.0' },
      { name: 'twin', image: 'acme/twin:2.0.0' },
      { name: 'Proxy', image: 'acme/proxy:1.0.0', ports: [{ number: 8080 }, { number: 9000, name: 'UI' }] },
    ],
  });
  MultiContainerPod.of(deployment).keepAvailable({ minAvailable: kplus.PercentOrAbsolute.absolute(1) });
  expect(() => Testing.synth(chart)).toThrow(
    new Error(
      [
        'Validation failed with the following errors:',
        'container name "Proxy" is not a DNS label; use at most 63 lower-case letters, digits and "-"',
        'container name "twin" is already taken in this pod; pass another `name` (taken: app, twin, Proxy)',
        'the disruption budget lets none of 1 pod go (`minAvailable` 1), so no node with one of them could ever be drained; keep fewer or run more',
        'port name "UI" of container "Proxy" is not an IANA service name; use at most 15 lower-case letters, digits and single "-", with a letter among them',
        'port 8080/TCP of container "Proxy" is already used by container "app", and containers of a pod share localhost; pick a free port',
        'container "app" already mounts volume "data" at "/data"; mount each volume at a path of its own',
      ].join('\n  [shop/web] '),
    ),
  );
});

test('a pod has a network, storage, logs and a lifecycle', () => {
  const pod = MultiContainerPod.of(newDeployment(newChart()));
  expect(pod.network).toBeInstanceOf(PodNetwork);
  expect(pod.storage).toBeInstanceOf(PodStorage);
  expect(pod.logs).toBeInstanceOf(PodLogs);
  expect(pod.lifecycle).toBeInstanceOf(PodLifecycle);
});
