import { ApiObject, App, Chart, Duration, JsonPatch, Size, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  FluentBit,
  FluentBitOutput,
  type ICompanion,
  type ILogAgent,
  InitContainer,
  LogFiles,
  MultiContainerPod,
  PodLifecycle,
  PodLogs,
  PodNetwork,
  PodStorage,
  PreStopSleep,
  Sidecar,
  SidecarMode,
  type SidecarProps,
} from '../../src';
import { describeCompanion } from '../contract';
import { schemaProblems } from '../kubernetes-schema';
import { restrictedViolations } from '../restricted';
import {
  APP,
  container,
  deepFreeze,
  JOBS,
  manifests,
  newChart,
  newDeployment,
  podSpec,
  podTemplate,
  WORKLOADS,
} from '../support';

/** A companion of somebody else, made with nothing but the public API. */
class Cache implements ICompanion {
  public bind(pod: MultiContainerPod): void {
    pod.addInitContainer({ name: 'cache-warmup', image: 'acme/warmup:1.0.0', user: 3001 });
    pod.addSidecar({ name: 'cache', image: 'acme/cache:1.0.0', user: 3000, flush: Duration.seconds(4) });
    const { address } = pod.network.claim({ container: 'cache', port: 6379, name: 'cache' });
    pod.addEnv(pod.main.name, 'CACHE', kplus.EnvValue.fromValue(address));
    const sockets = pod.storage.share('sockets', { sizeLimit: Size.mebibytes(8) });
    sockets.writtenBy('cache', '/run/cache');
    sockets.readBy(pod.main.name, '/run/cache');
    pod.storage.scratch('cache', '/tmp');
    pod.storage.configFiles({
      container: 'cache',
      directory: '/etc/cache',
      files: { 'cache.conf': 'maxmemory 32mb\n' },
    });
  }
}

/** A log agent of somebody else. */
class Tail implements ILogAgent {
  public readonly name = 'tail';

  public bind(pod: MultiContainerPod): void {
    pod.addSidecar({ name: this.name, image: 'acme/tail:1.0.0', user: 3000 });
  }

  public collect(pod: MultiContainerPod, logs: LogFiles): void {
    pod.logs.read(logs, this.name);
  }
}

describe.each(Object.keys(WORKLOADS))("a stranger's companion of a %s", (kind) => {
  const chart = newChart();
  MultiContainerPod.of(WORKLOADS[kind]!(chart, { containers: [APP] })).add(new Cache());

  test('adds a sidecar and an init container', () => {
    expect(podSpec(chart).initContainers?.map(({ name, restartPolicy }) => [name, restartPolicy])).toEqual([
      ['cache-warmup', undefined],
      ['cache', 'Always'],
    ]);
    expect(podSpec(chart).terminationGracePeriodSeconds).toBe(30 + 4 + 5);
  });

  test('takes a port and tells the main container where it is', () => {
    expect(container(chart, 'cache').ports).toEqual([{ containerPort: 6379, name: 'cache' }]);
    expect(container(chart, 'app').env).toEqual([{ name: 'CACHE', value: 'localhost:6379' }]);
  });

  test('shares a volume with the main container and keeps another for itself', () => {
    expect(container(chart, 'app').volumeMounts).toEqual([
      { mountPath: '/run/cache', name: 'sockets', readOnly: true },
    ]);
    expect(container(chart, 'cache').volumeMounts).toEqual([
      { mountPath: '/run/cache', name: 'sockets' },
      { mountPath: '/tmp', name: 'cache-tmp' },
      { mountPath: '/etc/cache', name: 'cache-config', readOnly: true },
    ]);
    expect(podSpec(chart).volumes).toContainEqual({ name: 'sockets', emptyDir: { sizeLimit: '8Mi' } });
  });

  test('gets a configuration file whose change rolls the pods', () => {
    expect(manifests(chart, 'ConfigMap').map(({ data }) => data)).toEqual([{ 'cache.conf': 'maxmemory 32mb\n' }]);
    expect(podTemplate(chart).metadata?.annotations).toHaveProperty('cdk8s-pod-patterns/config-checksum');
  });

  test('gives manifests that Kubernetes takes, restricted', () => {
    expect(Testing.synth(chart).flatMap(schemaProblems)).toEqual([]);
    expect(restrictedViolations(podSpec(chart))).toEqual([]);
  });
});

describeCompanion("a stranger's companion", {
  make: () => ({ bind: (pod) => void pod.addSidecar({ name: 'echo', image: 'acme/echo:1.0.0', user: 3000 }) }),
  containers: ['echo'],
});

test("a stranger's log agent reads what the agent of this library reads", () => {
  const logs = LogFiles.inDirectory('/var/log/app', { pattern: '*.log' });
  const mountsOf = (agent: ILogAgent) => {
    const chart = newChart();
    const pod = MultiContainerPod.of(newDeployment(chart));
    pod.add(agent);
    agent.collect(pod, logs);
    return container(chart, agent.name).volumeMounts;
  };
  const mount = { mountPath: '/var/log/app', name: 'app-var-log-app', readOnly: true };
  expect(mountsOf(new Tail())).toEqual([mount]);
  expect(mountsOf(new FluentBit({ output: FluentBitOutput.stdout() }))).toContainEqual(mount);
});

describe('multi container pod security', () => {
  const AGENT = { name: 'agent', image: 'acme/agent:1.0.0', user: 2000 };
  const RESTRICTED = {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
    privileged: false,
    readOnlyRootFilesystem: true,
    runAsNonRoot: true,
    seccompProfile: { type: 'RuntimeDefault' },
  };

  function compose(kind: string, securityContext: kplus.ContainerSecurityContextProps = { user: 1000 }) {
    const chart = newChart();
    return { chart, pod: MultiContainerPod.of(WORKLOADS[kind]!(chart, { containers: [{ ...APP, securityContext }] })) };
  }

  function securityOf(chart: Chart, name: string) {
    return container(chart, name).securityContext;
  }

  describe.each(Object.keys(WORKLOADS))('the security of a %s', (kind) => {
    test('is restricted for an existing container that states only its user', () => {
      const { chart } = compose(kind);
      expect(securityOf(chart, 'app')).toEqual({ ...RESTRICTED, runAsUser: 1000 });
      expect(restrictedViolations(podSpec(chart))).toEqual([]);
    });

    test('is restricted for everything that is added', () => {
      const { chart, pod } = compose(kind);
      pod.addSidecar({ ...AGENT, group: 2222 });
      pod.addInitContainer({ ...AGENT, name: 'setup', user: 3000 });
      if (!JOBS.includes(kind)) {
        pod.addSidecar({ ...AGENT, name: 'classic', mode: SidecarMode.CLASSIC });
        expect(securityOf(chart, 'classic')).toEqual({ ...RESTRICTED, runAsUser: 2000 });
      }
      expect(securityOf(chart, 'agent')).toEqual({ ...RESTRICTED, runAsUser: 2000, runAsGroup: 2222 });
      expect(securityOf(chart, 'setup')).toEqual({ ...RESTRICTED, runAsUser: 3000 });
      expect(restrictedViolations(podSpec(chart))).toEqual([]);
    });

    test('is what the user says where the user says something, in existing and added containers', () => {
      const own: kplus.ContainerSecurityContextProps = {
        readOnlyRootFilesystem: false,
        capabilities: { add: [kplus.Capability.NET_BIND_SERVICE] },
        seccompProfile: { type: kplus.SeccompProfileType.LOCALHOST, localhostProfile: 'shop.json' },
      };
      const { chart, pod } = compose(kind, { ...own, user: 1000 });
      pod.addSidecar({ ...AGENT, securityContext: own });
      for (const [name, runAsUser] of [
        ['app', 1000],
        ['agent', 2000],
      ] as const) {
        expect(securityOf(chart, name)).toEqual({
          ...RESTRICTED,
          runAsUser,
          readOnlyRootFilesystem: false,
          capabilities: { add: ['NET_BIND_SERVICE'], drop: ['ALL'] },
          seccompProfile: { type: 'Localhost', localhostProfile: 'shop.json' },
        });
      }
      expect(restrictedViolations(podSpec(chart))).toEqual([]);
    });

    test('is not strengthened against the word of the user', () => {
      const own: kplus.ContainerSecurityContextProps = {
        ensureNonRoot: false,
        allowPrivilegeEscalation: true,
        capabilities: { drop: [] },
        seccompProfile: { type: kplus.SeccompProfileType.UNCONFINED },
      };
      const { chart, pod } = compose(kind, { ...own, user: 0 });
      pod.addSidecar({ ...AGENT, user: 0, securityContext: { ...own, user: 0 } });
      for (const name of ['app', 'agent']) {
        expect(securityOf(chart, name)).toEqual({
          ...RESTRICTED,
          runAsUser: 0,
          runAsNonRoot: false,
          allowPrivilegeEscalation: true,
          capabilities: { drop: [] },
          seccompProfile: { type: 'Unconfined' },
        });
      }
    });
  });

  test('a container whose image drops only some capabilities keeps to its list', () => {
    const { chart } = compose('Deployment', { user: 1000, capabilities: { drop: [kplus.Capability.CHOWN] } });
    expect(securityOf(chart, 'app')?.capabilities).toEqual({ drop: ['CHOWN'] });
    expect(restrictedViolations(podSpec(chart))).toEqual(['app: capabilities.drop']);
  });

  test('a workload without a kernel is left as cdk8s-plus renders it', () => {
    const { chart } = compose('Deployment');
    const bare = new kplus.Deployment(chart, 'bare', { containers: [APP] });
    const manifest = Testing.synth(chart).find(({ metadata }) => metadata.name === bare.name);
    expect(manifest.spec.template.spec.containers[0].securityContext).not.toHaveProperty('seccompProfile');
  });
});

describe('multi container pod', () => {
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
      const main = pod.addMainContainer({
        name: 'shop',
        image: 'acme/shop:1.0.0',
        user: 1000,
        ports: [{ number: 80 }],
      });
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
        new Error(
          '[shop/web] there is no container "lat" in this pod (containers: agent, app, late); pass one of them',
        ),
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
});

describe('rendered checks', () => {
  const AGENT = { name: 'agent', image: 'acme/agent:1.0.0', user: 2000 };
  const BYE = { preStop: kplus.Handler.fromCommand(['bye']) };
  const RENDERED_BYE = { preStop: { exec: { command: ['bye'] } } };

  /** What a chart fails with, by line, without the first one, which is always the same. */
  function errorsOf(chart: Chart): string[] {
    try {
      Testing.synth(chart);
    } catch (error) {
      const [first, ...others] = (error as Error).message.split('\n  ');
      expect(first).toBe('Validation failed with the following errors:');
      return others;
    }
    return [];
  }

  const lost = (where: string, name: string) =>
    `[${where}] container "${name}" is not in the manifest, so what was declared for it is lost; name it where it is made, not by a patch`;
  const forgotten = (where: string, name: string) =>
    `[${where}] a probe of container "${name}" dials port 80, which the container does not list (cdk8s-plus dials 80 where a probe names no port); pass the probe a \`port\` that the container listens on`;
  const hookInPlace = (where: string, name: string) =>
    `[${where}] container "${name}" has a \`preStop\` hook, in whose place it should wait before its stop signal; remove one of the two`;
  const portTaken = (where: string) =>
    `[${where}] port 8080/TCP of container "twin" is already used by container "app", and containers of a pod share localhost; pick a free port`;

  /** A workload that is wrong in what it declares and in what it renders. */
  function addBroken(chart: Chart, id: string): void {
    const twin = { name: 'twin', image: 'acme/twin:1.0.0', ports: [{ number: 8080 }] };
    const containers = [{ ...APP, lifecycle: BYE }, twin];
    const deployment = new kplus.Deployment(chart, id, { containers });
    const pod = MultiContainerPod.of(deployment);
    pod.addSidecar({ ...AGENT, ports: [{ number: 2020 }], liveness: kplus.Probe.fromHttpGet('/') });
    pod.lifecycle.waitBeforeStop('app', Duration.seconds(5), PreStopSleep.COMMAND);
  }

  const brokenAt = (where: string) => [portTaken(where), forgotten(where, 'agent'), hookInPlace(where, 'app')];

  describe('what only the manifest shows', () => {
    test('fails together with all other errors', () => {
      const chart = newChart();
      addBroken(chart, 'web');
      expect(errorsOf(chart)).toEqual(brokenAt('shop/web'));
    });

    test('fails over two broken workloads of one app, of one chart or of two', () => {
      const together = newChart();
      addBroken(together, 'a');
      addBroken(together, 'b');
      expect(errorsOf(together).sort()).toEqual([...brokenAt('shop/a'), ...brokenAt('shop/b')].sort());

      const app = Testing.app();
      const [first, second] = [new Chart(app, 'one'), new Chart(app, 'two')];
      addBroken(first, 'a');
      addBroken(second, 'b');
      expect(errorsOf(first).sort()).toEqual([...brokenAt('one/a'), ...brokenAt('two/b')].sort());
    });

    test('fails where a patch renamed a container that has something to lose', () => {
      const chart = newChart();
      const deployment = newDeployment(chart);
      MultiContainerPod.of(deployment).addSidecar(AGENT);
      ApiObject.of(deployment).addJsonPatch(JsonPatch.replace('/spec/template/spec/containers/0/name', 'shop'));
      expect(errorsOf(chart)).toEqual([lost('shop/web', 'app')]);
    });

    test('fails for an init container with a hook', () => {
      const chart = newChart();
      const setup = { name: 'setup', image: 'acme/setup:1.0.0', lifecycle: BYE };
      MultiContainerPod.of(newDeployment(chart, { initContainers: [setup] }));
      expect(errorsOf(chart)).toEqual([
        '[shop/web] container "setup" is an init container with a `lifecycle`, which Kubernetes refuses; remove it',
      ]);
    });

    test('is looked at as often in an app of one chart as in an app of many', () => {
      const rendersOf = (charts: number) => {
        const app = new App();
        const apiObject = ApiObject.of(newDeployment(new Chart(app, 'first')));
        MultiContainerPod.of(app.node.findChild('first').node.findChild('web') as kplus.Deployment).addSidecar(AGENT);
        for (let index = 1; index < charts; index++) {
          new Chart(app, `chart-${index}`);
        }
        const toJson = jest.spyOn(apiObject, 'toJson');
        app.synthYaml();
        return toJson.mock.calls.length;
      };
      expect(rendersOf(1)).toBeGreaterThan(0);
      expect(rendersOf(9)).toBe(rendersOf(1));
    });

    test('is looked at again where something was added', () => {
      const chart = newChart();
      const pod = MultiContainerPod.of(newDeployment(chart));
      expect(errorsOf(chart)).toEqual([]);
      pod.addSidecar({ ...AGENT, ports: [{ number: 2020 }], liveness: kplus.Probe.fromHttpGet('/') });
      expect(errorsOf(chart)).toEqual([forgotten('shop/web', 'agent')]);
    });

    test('is looked at again where a JSON patch added to it', () => {
      const chart = newChart();
      const pod = MultiContainerPod.of(newDeployment(chart));
      pod.network.claim({ container: 'app', port: 9000, loopback: true });
      expect(errorsOf(chart)).toEqual([]);
      const port = kplus.k8s.IntOrString.fromNumber(9000);
      ApiObject.of(pod.workload).addJsonPatch(
        JsonPatch.add('/spec/template/spec/containers/0/livenessProbe', { tcpSocket: { port } }),
      );
      expect(errorsOf(chart)).toEqual([
        '[shop/web] a probe of container "app" dials port 9000, which the container opens on the loopback interface alone, and the kubelet dials the pod\'s address; probe a port that is open to all, or run a command',
      ]);
    });
  });

  describe('the group that containers of different users need', () => {
    const compose = (props: kplus.DeploymentProps = {}, agentUser = 2000) => {
      const chart = newChart();
      const pod = MultiContainerPod.of(newDeployment(chart, props));
      pod.addSidecar({ ...AGENT, user: agentUser });
      const claim = kplus.PersistentVolumeClaim.fromClaimName(chart, 'claim', 'data');
      pod.storage.mount('app', '/data', kplus.Volume.fromPersistentVolumeClaim(chart, 'data', claim, { name: 'data' }));
      const shared = pod.storage.share('content');
      shared.writtenBy('app', '/content');
      shared.readBy('agent', '/content');
      return chart;
    };

    test('fails where it would take over the files of a persistent volume', () => {
      expect(errorsOf(compose())).toEqual([
        '[shop/web] containers of different UIDs share files, for which the pod needs an `fsGroup`, and that would give all files of volume "data" to group 1000; set `securityContext.fsGroup` of the workload yourself, or run these containers as one user',
      ]);
    });

    test('is in order where the user chose it, or where it is not needed', () => {
      expect(errorsOf(compose({ securityContext: { fsGroup: 4000 } }))).toEqual([]);
      expect(errorsOf(compose({}, 1000))).toEqual([]);
    });
  });

  describe.each(Object.keys(WORKLOADS))('hooks of the user in a %s', (kind) => {
    const compose = () => {
      const chart = newChart();
      const native = { name: 'proxy', image: 'acme/proxy:1.0.0', restartPolicy: kplus.ContainerRestartPolicy.ALWAYS };
      const workload = WORKLOADS[kind]!(chart, {
        containers: [{ ...APP, lifecycle: BYE }],
        initContainers: [{ ...native, lifecycle: BYE }],
      });
      return { chart, pod: MultiContainerPod.of(workload) };
    };

    test('stay on containers that were there before, native sidecars too', () => {
      const { chart, pod } = compose();
      pod.addSidecar({ ...AGENT, flush: Duration.seconds(1) });
      expect(container(chart, 'app').lifecycle).toEqual(RENDERED_BYE);
      expect(container(chart, 'proxy').lifecycle).toEqual(RENDERED_BYE);
    });

    test('fail where the container should wait in their place, and are not replaced', () => {
      const { chart, pod } = compose();
      pod.lifecycle.waitBeforeStop('app', Duration.seconds(5), PreStopSleep.COMMAND);
      expect(errorsOf(chart)).toEqual([hookInPlace('shop/workload', 'app')]);
      const { spec } = ApiObject.of(pod.workload).toJson();
      const template = kind === 'Pod' ? { spec } : (spec.jobTemplate?.spec ?? spec).template;
      expect(template.spec.containers[0].lifecycle).toEqual(RENDERED_BYE);
    });
  });

  test.each(Object.keys(WORKLOADS))('an existing container of a %s is unchanged but for hardening', (kind) => {
    const rich: kplus.ContainerProps = {
      ...APP,
      lifecycle: BYE,
      liveness: kplus.Probe.fromHttpGet('/', { port: 8080 }),
      envVariables: { LEVEL: kplus.EnvValue.fromValue('info') },
      resources: { cpu: { limit: kplus.Cpu.millis(100) } },
    };
    const [bare, chart] = [newChart(), newChart()];
    WORKLOADS[kind]!(bare, { containers: [rich] });
    const pod = MultiContainerPod.of(WORKLOADS[kind]!(chart, { containers: [rich] }));
    pod.addSidecar(AGENT);
    const { securityContext: before, ...expected } = container(bare, 'app');
    const { securityContext: after, ...rendered } = container(chart, 'app');
    expect(rendered).toEqual(expected);
    expect(after).toMatchObject(before!);
  });
});
