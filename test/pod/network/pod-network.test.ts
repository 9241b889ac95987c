import { ApiObject, Chart, JsonPatch, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import fc from 'fast-check';
import { MultiContainerPod, Sidecar, SidecarMode } from '../../../src';
import {
  findListenerName,
  isSameListener,
  type Listener,
  ListenerIndex,
  matchesEndpoint,
  mergeListeners,
  toEndpoint,
  toListener,
  toListenerKey,
  validateHostPortPair,
  validateListener,
  validatePortPair,
} from '../../../src/pod/network/listener';
import { assertAlways } from '../../runs';
import { APP, container, manifests, newChart, newDeployment, podSpec, WORKLOADS } from '../../support';

describe('listener index', () => {
  const HTTP: Listener = { owner: 'app', port: 8080, protocol: kplus.Protocol.TCP, loopback: false, name: 'http' };
  const of = (other: Partial<Listener>): Listener => ({ ...HTTP, ...other });

  test('listeners are near each other that share a port, a name or a port of the node, in their order', () => {
    const named = of({ port: 81 });
    const hosted = of({ port: 82, name: undefined, hostPort: 80 });
    const far = of({ port: 83, name: 'admin', protocol: kplus.Protocol.UDP });
    const index = new ListenerIndex([hosted, far, named, HTTP]);
    expect(index.findNear(of({ hostPort: 80 }))).toEqual([hosted, named, HTTP]);
    expect(index.findNear(of({ port: 83, name: undefined }))).toEqual([]);
    expect(index.all).toEqual([hosted, far, named, HTTP]);
  });

  test('whatever clashes with a listener is near it', () => {
    const listener: fc.Arbitrary<Listener> = fc.record({
      owner: fc.constantFrom('app', 'proxy'),
      port: fc.integer({ min: 80, max: 83 }),
      protocol: fc.constantFrom(kplus.Protocol.TCP, kplus.Protocol.UDP),
      loopback: fc.boolean(),
      name: fc.constantFrom(undefined, 'http', 'admin'),
      hostPort: fc.constantFrom(undefined, 80, 81),
      hostIp: fc.constantFrom(undefined, '10.0.0.1', '10.0.0.2'),
    });
    assertAlways(
      fc.property(fc.array(listener), listener, (listeners, later) => {
        const problems = (others: readonly Listener[]) =>
          others.flatMap((other) => [...validatePortPair(later, other), ...validateHostPortPair(later, other)]);
        expect(problems(new ListenerIndex(listeners).findNear(later))).toEqual(problems(listeners));
      }),
    );
  });
});

describe('listener', () => {
  const HTTP: Listener = { owner: 'app', port: 8080, protocol: kplus.Protocol.TCP, loopback: false, name: 'http' };
  const of = (other: Partial<Listener>): Listener => ({ ...HTTP, ...other });

  test('a port of cdk8s-plus is TCP on all interfaces unless it says otherwise', () => {
    expect(toListener('app', { number: 8080, name: 'http' })).toEqual(HTTP);
    expect(toListener('app', { number: 53, protocol: kplus.Protocol.UDP })).toMatchObject({
      port: 53,
      protocol: 'UDP',
    });
  });

  test('a listener is known by container, port and protocol', () => {
    expect(isSameListener(HTTP, of({ name: undefined, loopback: true }))).toBe(true);
    expect(matchesEndpoint(toEndpoint(HTTP), HTTP)).toBe(true);
    for (const other of [{ owner: 'proxy' }, { port: 81 }, { protocol: kplus.Protocol.UDP }]) {
      expect([isSameListener(HTTP, of(other)), matchesEndpoint(toEndpoint(HTTP), of(other))]).toEqual([false, false]);
    }
  });

  test('listeners that mean one port are one, with the name that the first of them gave', () => {
    const [unnamed, admin] = [of({ name: undefined }), of({ port: 81, name: 'admin' })];
    expect(mergeListeners([unnamed, admin, HTTP, of({ name: 'web' })])).toEqual([HTTP, admin]);
    expect([toListenerKey(unnamed) === toListenerKey(HTTP), toListenerKey(admin) === toListenerKey(HTTP)]).toEqual([
      true,
      false,
    ]);
  });

  test('a listener has the name that anybody gave it', () => {
    expect(findListenerName(of({ name: undefined }), [of({ port: 81, name: 'admin' }), HTTP])).toBe('http');
    expect(findListenerName(of({ name: undefined }), [])).toBeUndefined();
  });

  test.each<[Partial<Listener>, Partial<Listener>, number]>([
    [{ owner: 'proxy' }, {}, 1],
    [{ owner: 'proxy', port: 81 }, {}, 1],
    [{ name: 'web' }, {}, 1],
    [{ name: undefined }, {}, 0],
    [{ owner: 'proxy', port: 81, name: 'entry' }, {}, 0],
    [{ owner: 'proxy', protocol: kplus.Protocol.UDP, name: 'dns' }, {}, 0],
  ])('%p beside %p has %d clashes', (later, earlier, count) => {
    expect(validatePortPair(of(later), of(earlier))).toHaveLength(count);
  });

  test.each<[Partial<Listener>, number]>([
    [{ hostPort: 80 }, 1],
    [{ hostPort: 80, hostIp: '10.0.0.1' }, 1],
    [{ hostPort: 81 }, 0],
    [{}, 0],
  ])('%p has %d clashes with port 80 of the node', (later, count) => {
    expect(validateHostPortPair(of({ owner: 'proxy', ...later }), of({ hostPort: 80 }))).toHaveLength(count);
  });

  test.each<[Partial<Listener>, number]>([
    [{}, 0],
    [{ port: 0 }, 1],
    [{ hostPort: 70000 }, 1],
    [{ name: 'HTTP' }, 1],
  ])('%p has %d problems by itself', (listener, count) => {
    expect(validateListener(of(listener))).toHaveLength(count);
  });
});

describe('pod network claims', () => {
  const PROXY = { name: 'proxy', image: 'acme/proxy:1.0.0' };

  /** A pod of the application "app" with these ports, and of others. */
  function podOf(ports: kplus.ContainerPort[], ...others: kplus.ContainerProps[]): MultiContainerPod {
    return MultiContainerPod.of(newDeployment(newChart(), { containers: [{ ...APP, ports }, ...others] }));
  }

  const portsOf = (pod: MultiContainerPod, name = 'app') => container(Chart.of(pod), name).ports;
  const problemsOf = (pod: MultiContainerPod) => pod.workload.node.validate();

  const portTaken = (number: string, later: string, earlier: string) =>
    `port ${number} of container "${later}" is already used by container "${earlier}", and containers of a pod share localhost; pick a free port`;
  const nameTaken = (name: string, later: string, earlier: string) =>
    `port name "${name}" of container "${later}" is already used by container "${earlier}", and Services find ports by name; pass another \`name\``;
  const hostPortTaken = (later: string, earlier: string) =>
    `host port 80/TCP of container "${later}" is already used by container "${earlier}", and both would bind it on the same node; pick a free \`hostPort\``;

  describe('a claim of a port that a container declares without a name', () => {
    test('gives its name to the port, in the manifest and in every endpoint', () => {
      const pod = podOf([{ number: 8080 }, { number: 9090 }]);
      expect(pod.network.endpoints.map(({ name }) => name)).toEqual([undefined, undefined]);
      expect(pod.network.claim({ container: 'app', port: 8080, name: 'http' }).name).toBe('http');
      expect(portsOf(pod)).toEqual([{ containerPort: 8080, name: 'http' }, { containerPort: 9090 }]);
      expect(pod.network.endpoints.map(({ port, name }) => [port, name])).toEqual([
        [8080, 'http'],
        [9090, undefined],
      ]);
      expect(pod.network.claim({ container: 'app', port: 8080 }).name).toBe('http');
    });

    test('gives the name only to the port of its own protocol', () => {
      const pod = podOf([{ number: 53 }, { number: 53, protocol: kplus.Protocol.UDP }]);
      pod.network.claim({ container: 'app', port: 53, name: 'dns', protocol: kplus.Protocol.UDP });
      expect(portsOf(pod)).toEqual([{ containerPort: 53 }, { containerPort: 53, name: 'dns', protocol: 'UDP' }]);
    });

    test('keeps that name from other ports', () => {
      const pod = podOf([{ number: 8080 }], PROXY);
      pod.network.claim({ container: 'app', port: 8080, name: 'http' });
      expect(() => pod.network.claim({ container: 'proxy', port: 81, name: 'http' })).toThrow(
        new Error(`[shop/web] ${nameTaken('http', 'proxy', 'app')}`),
      );
    });

    test('fails to give another name than an earlier claim gave', () => {
      const pod = podOf([{ number: 8080 }]);
      pod.network.claim({ container: 'app', port: 8080, name: 'http' });
      expect(() => pod.network.claim({ container: 'app', port: 8080, name: 'web' })).toThrow(
        new Error(
          '[shop/web] port 8080/TCP of container "app" is already named "http"; use that name or none, not "web"',
        ),
      );
    });
  });

  describe('a claim of an init container that ends before the others start', () => {
    const newPod = () => {
      const pod = podOf([{ number: 8080, name: 'http' }]);
      pod.addInitContainer({ name: 'migrate', image: 'acme/migrate:1.0.0', user: 1000 });
      return pod;
    };

    test('is no clash with a port or a name of a running container', () => {
      const pod = newPod();
      const endpoint = pod.network.claim({ container: 'migrate', port: 8080, name: 'http' });
      expect(endpoint).toMatchObject({ container: 'migrate', port: 8080, name: 'http' });
      expect(portsOf(pod, 'migrate')).toEqual([{ containerPort: 8080, name: 'http' }]);
      expect(problemsOf(pod)).toEqual([]);
    });

    test('keeps no port from a container that runs later, and is no endpoint of the pod', () => {
      const pod = newPod();
      pod.network.claim({ container: 'migrate', port: 9000, name: 'admin' });
      pod.network.claim({ container: 'app', port: 9000, name: 'admin' });
      expect(problemsOf(pod)).toEqual([]);
      expect(pod.network.endpoints.map((endpoint) => [endpoint.container, endpoint.port])).toEqual([
        ['app', 8080],
        ['app', 9000],
      ]);
    });

    test('agrees with its other claims on a name', () => {
      const pod = newPod();
      pod.network.claim({ container: 'migrate', port: 9000 });
      pod.network.claim({ container: 'migrate', port: 9000, name: 'admin' });
      expect(portsOf(pod, 'migrate')).toEqual([{ containerPort: 9000, name: 'admin' }]);
      expect(() => pod.network.claim({ container: 'migrate', port: 9000, name: 'web' })).toThrow(
        new Error(
          '[shop/web] port 9000/TCP of container "migrate" is already named "admin"; use that name or none, not "web"',
        ),
      );
      expect(() => pod.network.claim({ container: 'migrate', port: 9001, name: 'admin' })).toThrow(
        new Error(`[shop/web] ${nameTaken('admin', 'migrate', 'migrate')}`),
      );
    });

    test('fails where it is no port all the same', () => {
      expect(() => newPod().network.claim({ container: 'migrate', port: 0 })).toThrow(
        new Error('[shop/web] port 0 of container "migrate" is not a port number; pass an integer from 1 to 65535'),
      );
    });

    test('fails of a native sidecar, which runs on', () => {
      const pod = podOf([{ number: 8080 }]);
      pod.addSidecar({ ...PROXY, user: 1000 });
      expect(() => pod.network.claim({ container: 'proxy', port: 8080 })).toThrow(
        new Error(`[shop/web] ${portTaken('8080/TCP', 'proxy', 'app')}`),
      );
    });
  });

  describe('a host port', () => {
    test.each([undefined, '', '0.0.0.0', '::'])('on every address, written "%s", fails beside one on any', (hostIp) => {
      const all = { number: 81, hostPort: 80, hostIp };
      const one = { number: 82, hostPort: 80, hostIp: '10.0.0.1' };
      expect(problemsOf(podOf([all], { ...PROXY, ports: [one] }))).toEqual([hostPortTaken('proxy', 'app')]);
      expect(problemsOf(podOf([one], { ...PROXY, ports: [all] }))).toEqual([hostPortTaken('proxy', 'app')]);
      expect(problemsOf(podOf([all], { ...PROXY, ports: [{ ...all, number: 82 }] }))).toEqual([
        hostPortTaken('proxy', 'app'),
      ]);
    });

    test('of a sidecar fails at once where it is taken', () => {
      const pod = podOf([{ number: 81, hostPort: 80 }]);
      const ports = [{ number: 82, hostPort: 80 }];
      expect(() => pod.addSidecar({ ...PROXY, user: 1000, ports })).toThrow(
        new Error(`[shop/web] ${hostPortTaken('proxy', 'app')}`),
      );
    });

    test.each([0, -1, 65536, 80.5])('fails as %d', (hostPort) => {
      const problem = `host port ${hostPort} of container "proxy" is not a port number; pass an integer from 1 to 65535`;
      const ports = [{ number: 82, hostPort }];
      expect(problemsOf(podOf([], { ...PROXY, ports }))).toEqual([problem]);
      expect(() => podOf([]).addSidecar({ ...PROXY, user: 1000, ports })).toThrow(new Error(`[shop/web] ${problem}`));
    });

    test('fails at an address of the node that is none', () => {
      const problem = '`hostIp` of port 82 of container "proxy" is "node"; pass an IP address';
      const ports = [{ number: 82, hostPort: 80, hostIp: 'node' }];
      expect(problemsOf(podOf([], { ...PROXY, ports }))).toEqual([problem]);
      expect(() => podOf([]).addSidecar({ ...PROXY, user: 1000, ports })).toThrow(new Error(`[shop/web] ${problem}`));
    });

    test.each([1, 65535])('may be %d', (hostPort) => {
      expect(problemsOf(podOf([], { ...PROXY, ports: [{ number: 82, hostPort }] }))).toEqual([]);
    });
  });

  describe('a container that fails to be added for its port', () => {
    test('is not in the pod', () => {
      const pod = podOf([{ number: 8080 }]);
      expect(() => pod.addSidecar({ ...PROXY, user: 1000, ports: [{ number: 8080 }] })).toThrow(
        new Error(`[shop/web] ${portTaken('8080/TCP', 'proxy', 'app')}`),
      );
      expect(podSpec(Chart.of(pod)).initContainers).toBeUndefined();
      pod.addSidecar({ ...PROXY, user: 1000, ports: [{ number: 9000 }] });
      expect(portsOf(pod, 'proxy')).toEqual([{ containerPort: 9000 }]);
    });

    test('fails at once as the main container, where a companion has the port', () => {
      const pod = MultiContainerPod.of(newDeployment(newChart(), { containers: [] }));
      pod.addSidecar({ ...PROXY, user: 1000, ports: [{ number: 8080 }] });
      const main = { name: 'app', image: 'acme/app:1.0.0', user: 1000 };
      expect(() => pod.addMainContainer({ ...main, ports: [{ number: 8080, name: 'http' }] })).toThrow(
        new Error(`[shop/web] ${portTaken('8080/TCP', 'app', 'proxy')}`),
      );
      expect(pod.workload.containers).toEqual([]);
      pod.addMainContainer({ ...main, ports: [{ number: 8081, name: 'http' }] });
      expect(portsOf(pod)).toEqual([{ containerPort: 8081, name: 'http' }]);
    });

    test.each(['addSidecar', 'addMainContainer'] as const)('fails in `%s` where it lists a port twice', (add) => {
      const pod = MultiContainerPod.of(newDeployment(newChart(), { containers: add === 'addSidecar' ? [APP] : [] }));
      const ports = [{ number: 9000 }, { number: 9000, name: 'admin' }];
      expect(() => pod[add]({ ...PROXY, user: 1000, ports })).toThrow(
        new Error('[shop/web] port 9000/TCP stands twice in the `ports` of container "proxy"; list it once'),
      );
      expect(pod.network.endpoints.filter(({ port }) => port === 9000)).toEqual([]);
      const both = [{ number: 9000 }, { number: 9000, protocol: kplus.Protocol.UDP }];
      pod[add]({ ...PROXY, user: 1000, ports: both });
      expect(portsOf(pod, 'proxy')).toEqual([{ containerPort: 9000 }, { containerPort: 9000, protocol: 'UDP' }]);
    });

    test('leaves no claim behind where its lifecycle is refused', () => {
      const pod = podOf([{ number: 8080 }]);
      const ports = [{ number: 9000, name: 'admin' }];
      expect(() => pod.addSidecar({ ...PROXY, user: 1000, ports, readyBeforeMain: true })).toThrow(
        new Error(
          '[shop/web] container "proxy" must be ready before the main container, but has no `startup` probe that says when it is; pass one',
        ),
      );
      expect(pod.network.endpoints.map(({ port }) => port)).toEqual([8080]);
      pod.network.claim({ container: 'app', port: 9000, name: 'admin' });
      expect(problemsOf(pod)).toEqual([]);
    });
  });
});

describe('pod network entrance', () => {
  const HTTP = { number: 8080, name: 'http' };
  const PROXY = { name: 'proxy', image: 'acme/proxy:1.0.0', user: 2000, ports: [{ number: 4180, name: 'entry' }] };

  /** A Deployment "shop/web" with a proxy, through which nothing enters yet. */
  function compose(mode = SidecarMode.NATIVE, ports: kplus.ContainerPort[] = [HTTP]) {
    const chart = newChart();
    const deployment = newDeployment(chart, { containers: [{ ...APP, ports }] });
    const pod = MultiContainerPod.of(deployment);
    pod.addSidecar({ ...PROXY, mode });
    return { chart, deployment, pod, entry: pod.network.claim({ container: 'proxy', port: 4180 }) };
  }

  const portsOf = (chart: any, index = 0): object[] => manifests(chart, 'Service')[index].spec.ports;

  describe('requests that enter a pod through a proxy', () => {
    test.each([SidecarMode.NATIVE, SidecarMode.CLASSIC])('reach it by its Service, %s', (mode) => {
      const { chart, pod, entry } = compose(mode);
      pod.network.receiveThrough(entry);
      pod.expose({ port: 80 });
      expect(portsOf(chart)).toEqual([{ name: 'entry', port: 80, targetPort: 4180 }]);
    });

    test('reach it at its own port where no other is given', () => {
      const { chart, pod, entry } = compose();
      pod.network.receiveThrough(entry);
      pod.expose();
      expect(portsOf(chart)).toEqual([{ name: 'entry', port: 4180, targetPort: 4180 }]);
    });

    test('pass it by only where the user names a port of the main container', () => {
      const { chart, pod, entry } = compose(undefined, [HTTP, { number: 9000, name: 'admin' }]);
      pod.network.receiveThrough(entry);
      pod.expose({ targetPort: 'entry', port: 80 });
      pod.expose({ targetPort: 'admin', name: 'back-office' });
      expect([portsOf(chart, 0), portsOf(chart, 1)]).toEqual([
        [{ name: 'entry', port: 80, targetPort: 4180 }],
        [{ name: 'admin', port: 9000, targetPort: 9000 }],
      ]);
    });

    test('may be declared twice for the same listener', () => {
      const { pod, entry } = compose();
      pod.network.receiveThrough(entry);
      pod.expose();
      expect(() => pod.network.receiveThrough(entry)).not.toThrow();
    });

    test('fail to enter through two listeners', () => {
      const { pod, entry } = compose();
      pod.network.receiveThrough(entry);
      const second = pod.network.claim({ container: 'proxy', port: 4181 });
      expect(() => pod.network.receiveThrough(second)).toThrow(
        new Error(
          '[shop/web] requests enter the pod through port 4180/TCP of container "proxy" already, so they cannot enter through port 4181/TCP of container "proxy"; add one of the two',
        ),
      );
    });

    test('fail to enter on the loopback interface', () => {
      const { pod } = compose();
      const inside = pod.network.claim({ container: 'proxy', port: 4181, loopback: true });
      expect(() => pod.network.receiveThrough(inside)).toThrow(
        new Error(
          '[shop/web] requests cannot enter the pod through port 4181/TCP of container "proxy", which is open on the loopback interface alone; pass a listener on all interfaces',
        ),
      );
    });

    test('fail to enter through a listener of another pod', () => {
      const { entry } = compose();
      const pod = MultiContainerPod.of(newDeployment(newChart()));
      expect(() => pod.network.receiveThrough(entry)).toThrow(
        new Error('[shop/web] no listener 4180/TCP of container "proxy" is known in this pod; claim the port first'),
      );
    });

    test('fail to enter where a Service leads past already', () => {
      const { pod, entry } = compose();
      pod.expose({ name: 'shop' });
      expect(() => pod.network.receiveThrough(entry)).toThrow(
        new Error(
          '[shop/web] the pod is exposed by Service "shop" already, which would lead past port 4180/TCP of container "proxy"; let requests enter there before the pod is exposed',
        ),
      );
    });

    test.each(['before', 'after'])('fail where cdk8s-plus made a Service that leads past, %s', (when) => {
      const { chart, deployment, pod, entry } = compose();
      if (when === 'before') {
        deployment.exposeViaService({ name: 'past' });
      }
      pod.network.receiveThrough(entry);
      if (when === 'after') {
        deployment.exposeViaService({ name: 'past' });
      }
      expect(() => Testing.synth(chart)).toThrow(
        new Error(
          'Validation failed with the following errors:\n  [shop/web] Service "past" leads past container "proxy", through which requests enter the pod; make it with `expose` of the pod',
        ),
      );
    });

    test.each(Object.keys(WORKLOADS))('leave the headless Service of a %s alone', (kind) => {
      const chart = newChart();
      const pod = MultiContainerPod.of(WORKLOADS[kind]!(chart, { containers: [APP] }));
      pod.addSidecar(PROXY);
      pod.network.receiveThrough(pod.network.claim({ container: 'proxy', port: 4180 }));
      pod.expose({ name: 'shop' });
      expect(() => Testing.synth(chart)).not.toThrow();
    });
  });

  describe('a port that is not exposed', () => {
    test('is listed, and reached by a Service only where that names it', () => {
      const { chart, pod } = compose();
      pod.network.claim({ container: 'app', port: 8081, name: 'health', exposed: false });
      pod.expose({ port: 80 });
      pod.expose({ targetPort: 'health', name: 'health' });
      expect(portsOf(chart, 0)).toEqual([{ name: 'http', port: 80, targetPort: 8080 }]);
      expect(portsOf(chart, 1)).toEqual([{ name: 'health', port: 8081, targetPort: 8081 }]);
    });
  });

  describe('a main container on the loopback interface', () => {
    test('fails to be exposed where no proxy receives its requests', () => {
      const { pod } = compose(undefined, []);
      pod.network.claim({ container: 'app', port: 8080, name: 'http', loopback: true });
      pod.network.claim({ container: 'app', port: 8081, name: 'health', exposed: false });
      expect(() => pod.expose({ port: 80 })).toThrow(
        new Error(
          '[shop/web] container "app" listens on the loopback interface alone, which no Service reaches; add a proxy that requests enter the pod through, or let the container listen on all interfaces',
        ),
      );
      expect(() => pod.expose({ targetPort: 'http' })).toThrow(
        new Error(
          '[shop/web] container "app" lists no port "http" to expose; declare it in its `ports` (ports: health)',
        ),
      );
    });

    test.each<[string, kplus.ContainerOpts]>([
      ['readiness', { readiness: kplus.Probe.fromHttpGet('/up', { port: 8080 }) }],
      ['liveness', { liveness: kplus.Probe.fromTcpSocket({ port: 8080 }) }],
      ['startup', { startup: kplus.Probe.fromHttpGet('/up', { port: 8080 }) }],
    ])('fails where its %s asks there', (_, probes) => {
      const chart = newChart();
      const pod = MultiContainerPod.of(newDeployment(chart, { containers: [{ ...APP, ports: [], ...probes }] }));
      expect(() => Testing.synth(chart)).not.toThrow();
      pod.network.claim({ container: 'app', port: 8080, loopback: true });
      expect(() => Testing.synth(chart)).toThrow(
        new Error(
          'Validation failed with the following errors:\n  [shop/web] a probe of container "app" dials port 8080, which the container opens on the loopback interface alone, and the kubelet dials the pod\'s address; probe a port that is open to all, or run a command',
        ),
      );
    });
  });
});

describe('pod network', () => {
  const PROXY = { name: 'proxy', image: 'acme/proxy:1.0.0' };
  const NATIVE = { ...PROXY, restartPolicy: kplus.ContainerRestartPolicy.ALWAYS };

  /** A pod of the application "app", which listens on 8080 as "http", and of others. */
  function podOf(...others: kplus.ContainerProps[]): MultiContainerPod {
    return MultiContainerPod.of(newDeployment(newChart(), { containers: [APP, ...others] }));
  }

  const rendered = (pod: MultiContainerPod, name: string) => container(Chart.of(pod), name);
  const problemsOf = (pod: MultiContainerPod) => pod.workload.node.validate();

  const portTaken = (number: string, later: string, earlier: string) =>
    `port ${number} of container "${later}" is already used by container "${earlier}", and containers of a pod share localhost; pick a free port`;
  const nameTaken = (name: string, later: string, earlier: string) =>
    `port name "${name}" of container "${later}" is already used by container "${earlier}", and Services find ports by name; pass another \`name\``;
  const hostPortTaken = (number: string, later: string, earlier: string) =>
    `host port ${number} of container "${later}" is already used by container "${earlier}", and both would bind it on the same node; pick a free \`hostPort\``;

  describe('a claim', () => {
    test('lists the port at the container', () => {
      const pod = podOf();
      pod.network.claim({ container: 'app', port: 9090, name: 'metrics' });
      pod.network.claim({ container: 'app', port: 9090, protocol: kplus.Protocol.UDP });
      expect(rendered(pod, 'app').ports).toEqual([
        { containerPort: 8080, name: 'http' },
        { containerPort: 9090, name: 'metrics' },
        { containerPort: 9090, protocol: 'UDP' },
      ]);
    });

    test('of a port that the container declares changes nothing and takes its name', () => {
      const pod = podOf();
      expect(pod.network.claim({ container: 'app', port: 8080 }).name).toBe('http');
      expect(rendered(pod, 'app').ports).toEqual([{ containerPort: 8080, name: 'http' }]);
    });

    test('on loopback is not listed, but keeps the port from others', () => {
      const pod = podOf(PROXY);
      pod.network.claim({ container: 'proxy', port: 9000, loopback: true });
      expect(rendered(pod, 'proxy').ports).toBeUndefined();
      expect(() => pod.network.claim({ container: 'app', port: 9000 })).toThrow(
        new Error(`[shop/web] ${portTaken('9000/TCP', 'app', 'proxy')}`),
      );
    });

    test('of the other protocol on the same port is no clash', () => {
      const pod = podOf(PROXY);
      pod.network.claim({ container: 'proxy', port: 8080, protocol: kplus.Protocol.UDP });
      expect(problemsOf(pod)).toEqual([]);
    });

    test('fails where another container declares the port', () => {
      expect(() => podOf(PROXY).network.claim({ container: 'proxy', port: 8080 })).toThrow(
        new Error(`[shop/web] ${portTaken('8080/TCP', 'proxy', 'app')}`),
      );
    });

    test('fails where another container has a port of this name', () => {
      expect(() => podOf(PROXY).network.claim({ container: 'proxy', port: 81, name: 'http' })).toThrow(
        new Error(`[shop/web] ${nameTaken('http', 'proxy', 'app')}`),
      );
    });

    test('fails where the port has another name already', () => {
      expect(() => podOf().network.claim({ container: 'app', port: 8080, name: 'web' })).toThrow(
        new Error(
          '[shop/web] port 8080/TCP of container "app" is already named "http"; use that name or none, not "web"',
        ),
      );
    });

    test.each([0, 65536, -1, 80.5])('fails where the port is %d', (port) => {
      expect(() => podOf().network.claim({ container: 'app', port })).toThrow(
        new Error(`[shop/web] port ${port} of container "app" is not a port number; pass an integer from 1 to 65535`),
      );
    });

    test.each(['HTTP', '8080', 'a--b', 'more-than-fifteen'])('fails where the name of the port is "%s"', (name) => {
      expect(() => podOf().network.claim({ container: 'app', port: 81, name })).toThrow(
        new Error(
          `[shop/web] port name "${name}" of container "app" is not an IANA service name; use at most 15 lower-case letters, digits and single "-", with a letter among them`,
        ),
      );
    });

    test('fails where there is no such container', () => {
      expect(() => podOf().network.claim({ container: 'proxy', port: 81 })).toThrow(
        new Error('[shop/web] there is no container "proxy" in this pod (containers: app); pass one of them'),
      );
    });
  });

  describe('the endpoints of a pod', () => {
    test('are the ports that running containers declare and those that are claimed, each once', () => {
      const pod = podOf(PROXY);
      pod.network.claim({ container: 'app', port: 8080 });
      pod.network.claim({ container: 'proxy', port: 9000, loopback: true });
      pod.workload.addInitContainer({ name: 'migrate', image: 'acme/migrate:1.0.0', portNumber: 8080 });
      expect(pod.network.endpoints).toMatchObject([
        { container: 'app', port: 8080, name: 'http', loopback: false },
        { container: 'proxy', port: 9000, loopback: true },
      ]);
      expect(pod.network.endpoints).toHaveLength(2);
    });
  });

  describe('a sidecar', () => {
    test('lists its ports with all their fields', () => {
      const pod = podOf();
      const ports = [{ number: 53, name: 'dns', protocol: kplus.Protocol.UDP, hostPort: 5353, hostIp: '10.0.0.1' }];
      pod.add(new Sidecar({ ...PROXY, user: 1000, ports }));
      expect(rendered(pod, 'proxy').ports).toEqual([
        { containerPort: 53, name: 'dns', protocol: 'UDP', hostPort: 5353, hostIP: '10.0.0.1' },
      ]);
    });

    test.each([
      ['port', { number: 8080 }, portTaken('8080/TCP', 'proxy', 'app')],
      ['port name', { number: 81, name: 'http' }, nameTaken('http', 'proxy', 'app')],
    ])('fails where its %s is taken', (_, port, problem) => {
      expect(() => podOf().add(new Sidecar({ ...PROXY, user: 1000, ports: [port] }))).toThrow(
        new Error(`[shop/web] ${problem}`),
      );
    });
  });

  describe('the finished pod', () => {
    test('fails where a container that was added to the workload later takes a port', () => {
      const pod = podOf();
      pod.workload.addContainer({ ...PROXY, portNumber: 8080 });
      expect(problemsOf(pod)).toEqual([portTaken('8080/TCP', 'proxy', 'app')]);
    });

    test('fails where a container that came through the kernel is given a port that is taken', () => {
      const pod = MultiContainerPod.of(new kplus.Deployment(newChart(), 'web'));
      const main = pod.addMainContainer({ name: 'app', image: 'acme/app:1.0.0', user: 1000 });
      pod.addSidecar({ ...PROXY, user: 1000, ports: [{ number: 8080 }] });
      expect(problemsOf(pod)).toEqual([]);
      main.addPort({ number: 8080 });
      expect(problemsOf(pod)).toEqual([portTaken('8080/TCP', 'proxy', 'app')]);
    });

    test('fails where a native sidecar of cdk8s-plus takes a port', () => {
      const pod = podOf();
      pod.workload.addInitContainer({ ...NATIVE, portNumber: 8080 });
      expect(problemsOf(pod)).toEqual([portTaken('8080/TCP', 'app', 'proxy')]);
    });

    test('is in order where an init container that has ended by then listened on the same port', () => {
      const pod = podOf();
      pod.workload.addInitContainer({ ...PROXY, portNumber: 8080 });
      expect(problemsOf(pod)).toEqual([]);
    });

    test('fails where two ports have one name', () => {
      const pod = podOf({ ...PROXY, ports: [{ number: 81, name: 'http' }] });
      expect(problemsOf(pod)).toEqual([nameTaken('http', 'proxy', 'app')]);
    });

    test('fails where a native sidecar and another container have one host port', () => {
      const pod = podOf({ ...PROXY, ports: [{ number: 81, hostPort: 80 }] });
      pod.workload.addInitContainer({ ...NATIVE, name: 'tunnel', ports: [{ number: 82, hostPort: 80 }] });
      expect(problemsOf(pod)).toEqual([hostPortTaken('80/TCP', 'proxy', 'tunnel')]);
    });

    test('fails once for a clash with a port that was claimed twice', () => {
      const pod = podOf(PROXY);
      for (const name of [undefined, 'admin']) {
        pod.network.claim({ container: 'app', port: 9000, name });
      }
      pod.workload.addContainer({ name: 'late', image: 'acme/late:1.0.0', portNumber: 9000 });
      expect(problemsOf(pod)).toEqual([portTaken('9000/TCP', 'app', 'late')]);
    });

    test('fails where one container asks for a host port twice', () => {
      const pod = podOf({
        ...PROXY,
        ports: [
          { number: 81, hostPort: 80 },
          { number: 82, hostPort: 80 },
        ],
      });
      expect(problemsOf(pod)).toEqual([hostPortTaken('80/TCP', 'proxy', 'proxy')]);
    });

    test.each([
      ['on two addresses', { hostIp: '10.0.0.1' }, { hostIp: '10.0.0.2' }, []],
      ['of two protocols', {}, { protocol: kplus.Protocol.UDP }, []],
      ['on one address', { hostIp: '10.0.0.1' }, { hostIp: '10.0.0.1' }, [hostPortTaken('80/TCP', 'proxy', 'app')]],
      ['on one and on every address', { hostIp: '10.0.0.1' }, {}, [hostPortTaken('80/TCP', 'proxy', 'app')]],
    ])('one host port %s', (_, a, b, problems) => {
      const pod = MultiContainerPod.of(
        newDeployment(newChart(), {
          containers: [
            { ...APP, ports: [{ number: 81, hostPort: 80, ...a }] },
            { ...PROXY, ports: [{ number: 82, hostPort: 80, ...b }] },
          ],
        }),
      );
      expect(problemsOf(pod)).toEqual(problems);
    });

    test('fails with all that is wrong at once', () => {
      const pod = podOf({ ...PROXY, ports: [{ number: 8080 }, { number: 70000, name: 'WEB' }] });
      expect(() => Testing.synth(Chart.of(pod))).toThrow(
        new Error(
          [
            'Validation failed with the following errors:',
            '  [shop/web] port 70000 of container "proxy" is not a port number; pass an integer from 1 to 65535',
            '  [shop/web] port name "WEB" of container "proxy" is not an IANA service name; use at most 15 lower-case letters, digits and single "-", with a letter among them',
            `  [shop/web] ${portTaken('8080/TCP', 'proxy', 'app')}`,
          ].join('\n'),
        ),
      );
    });
  });

  describe('the TCP startup probe that cdk8s-plus adds to a `portNumber`', () => {
    const IMPLICIT = { failureThreshold: 3, tcpSocket: { port: 9000 } };

    test('is gone on a plain init container, where Kubernetes refuses it', () => {
      const pod = podOf();
      pod.workload.addInitContainer({ ...PROXY, portNumber: 9000 });
      expect(rendered(pod, 'proxy')).not.toHaveProperty('startupProbe');
    });

    test('is gone on a loopback listener, where it would never succeed', () => {
      const pod = podOf({ ...PROXY, portNumber: 9000 });
      pod.network.claim({ container: 'proxy', port: 9000, loopback: true });
      expect(rendered(pod, 'proxy')).not.toHaveProperty('startupProbe');
    });

    test('stays on a listener that the kubelet reaches', () => {
      const pod = podOf({ ...PROXY, portNumber: 9000 });
      pod.workload.addInitContainer({ ...NATIVE, name: 'tunnel', portNumber: 9001 });
      pod.network.claim({ container: 'proxy', port: 9002, loopback: true });
      expect(rendered(pod, 'proxy').startupProbe).toEqual(IMPLICIT);
      expect(rendered(pod, 'tunnel').startupProbe).toEqual({ ...IMPLICIT, tcpSocket: { port: 9001 } });
    });
  });

  test('a container that only a JSON patch adds keeps its startup probe', () => {
    const pod = podOf();
    const startupProbe = { exec: { command: ['is-up'] } };
    ApiObject.of(pod.workload).addJsonPatch(
      JsonPatch.add('/spec/template/spec/containers/-', { ...PROXY, startupProbe }),
    );
    expect(rendered(pod, 'proxy').startupProbe).toEqual(startupProbe);
  });
});

describe('a port that a process opens without root', () => {
  const open = (port: number, sysctls?: kplus.Sysctl[]) => {
    const chart = newChart();
    const pod = MultiContainerPod.of(newDeployment(chart, { securityContext: { sysctls } }));
    pod.network._needs.openWithoutRoot('app', { port, other: undefined });
    return { chart, pod };
  };
  const START = 'net.ipv4.ip_unprivileged_port_start';
  const failure =
    '[shop/web] `port` of container "app" is 80, which no process opens without root; pass an integer from 1024 to 65535, or give the pod `net.ipv4.ip_unprivileged_port_start` "80" in `securityContext.sysctls` of the workload';

  test('is one from 1024 up', () => {
    expect(() => Testing.synth(open(1024).chart)).not.toThrow();
    expect(() => Testing.synth(open(80).chart)).toThrow(failure);
  });

  test.each(['0', '80'])('is lower where the pod says so, such as "%s"', (value) => {
    expect(() => Testing.synth(open(80, [{ name: START, value }]).chart)).not.toThrow();
  });

  test('is not low enough where the pod says too little', () => {
    expect(() => Testing.synth(open(80, [{ name: START, value: '81' }]).chart)).toThrow(failure);
  });

  test('is lower where a patch says so', () => {
    const { chart, pod } = open(80);
    const sysctls = [{ name: START, value: '0' }];
    ApiObject.of(pod.workload).addJsonPatch(JsonPatch.add('/spec/template/spec/securityContext/sysctls', sysctls));
    expect(() => Testing.synth(chart)).not.toThrow();
  });
});
