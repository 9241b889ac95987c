import type { Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { type ClaimOptions, type Endpoint, type ExposeOptions, MultiContainerPod, SidecarMode } from '../../../src';
import { toEnvEntries } from '../../../src/pod/network/endpoint-variables';
import { APP, container, manifests, newChart, newDeployment, podTemplate, WORKLOADS } from '../../support';

/** A Deployment "shop/web" with a listener on port 5432 that belongs to its container "app". */
function listen() {
  const chart = newChart();
  const pod = MultiContainerPod.of(newDeployment(chart));
  return { chart, pod, endpoint: pod.network.claim({ container: 'app', port: 5432, loopback: true }) };
}

const namesAndValues = (variables: object) =>
  toEnvEntries(listen().endpoint, variables).map(([name, { value }]) => [name, value]);

test.each([
  [{ host: 'PGHOST' }, [['PGHOST', '127.0.0.1']]],
  [{ port: 'PGPORT' }, [['PGPORT', '5432']]],
  [{ address: 'DATABASE' }, [['DATABASE', '127.0.0.1:5432']]],
  [{ url: 'API_URL' }, [['API_URL', 'http://127.0.0.1:5432']]],
  [
    { port: 'B', host: 'A' },
    [
      ['A', '127.0.0.1'],
      ['B', '5432'],
    ],
  ],
  [{}, []],
])('the variables %j hold what they are named for', (variables, expected) => {
  expect(namesAndValues(variables)).toEqual(expected);
});

test('the main container learns where a neighbour listens', () => {
  const { chart, pod, endpoint } = listen();
  pod.addEndpointEnv(endpoint, { host: 'PGHOST', port: 'PGPORT' });
  expect(container(chart, 'app').env).toEqual([
    { name: 'PGHOST', value: '127.0.0.1' },
    { name: 'PGPORT', value: '5432' },
  ]);
});

test('another container may learn it instead', () => {
  const { chart, pod, endpoint } = listen();
  pod.addSidecar({ name: 'worker', image: 'acme/worker:1.0.0', user: 1000 });
  pod.addEndpointEnv(endpoint, { container: 'worker', url: 'API_URL' });
  expect(container(chart, 'worker').env).toEqual([{ name: 'API_URL', value: 'http://127.0.0.1:5432' }]);
  expect(container(chart, 'app')).not.toHaveProperty('env');
});

test('fails where the container has another value for the variable', () => {
  const envVariables = { PGHOST: kplus.EnvValue.fromValue('db.shop') };
  const chart = newChart();
  const pod = MultiContainerPod.of(newDeployment(chart, { containers: [{ ...APP, envVariables }] }));
  const endpoint = pod.network.claim({ container: 'app', port: 5432 });
  expect(() => pod.addEndpointEnv(endpoint, { host: 'PGHOST' })).toThrow(
    new Error(
      '[shop/web] environment variable "PGHOST" of container "app" already has another value; set it once or choose another name',
    ),
  );
});

test.each([
  [true, '127.0.0.1'],
  [false, 'localhost'],
])('with loopback %s, the listener is found at %s', (loopback, host) => {
  const pod = MultiContainerPod.of(newDeployment(newChart()));
  const endpoint = pod.network.claim({ container: 'app', port: 9125, loopback });
  const values = toEnvEntries(endpoint, { host: 'HOST', address: 'ADDRESS' }).map(([, { value }]) => value);
  expect(values).toEqual([host, `${host}:9125`]);
});

function claim(options: Omit<ClaimOptions, 'container'>): Endpoint {
  return MultiContainerPod.of(newDeployment(newChart())).network.claim({ container: 'app', ...options });
}

test('an endpoint is reached at localhost, as address and as URL', () => {
  const { host, port, address, url } = claim({ port: 9000 });
  expect({ host, port, address, url }).toEqual({
    host: 'localhost',
    port: 9000,
    address: 'localhost:9000',
    url: 'http://localhost:9000',
  });
});

test('a listener on the loopback interface is reached at its address, which no client takes for a socket or for ::1', () => {
  const { host, address, url } = claim({ port: 3306, loopback: true });
  expect([host, address, url]).toEqual(['127.0.0.1', '127.0.0.1:3306', 'http://127.0.0.1:3306']);
});

test('an endpoint says what was claimed', () => {
  expect(claim({ port: 53, name: 'dns', protocol: kplus.Protocol.UDP, loopback: true })).toMatchObject({
    container: 'app',
    protocol: 'UDP',
    loopback: true,
    name: 'dns',
  });
});

test('a claim that says nothing more is TCP on all interfaces, without a name', () => {
  const { protocol, loopback, name } = claim({ port: 9000 });
  expect([protocol, loopback, name]).toEqual(['TCP', false, undefined]);
});

test('a neighbour takes the URL into its environment', () => {
  const chart = newChart();
  const pod = MultiContainerPod.of(
    newDeployment(chart, { containers: [APP, { name: 'cache', image: 'acme/cache:1.0.0' }] }),
  );
  const cache = pod.network.claim({ container: 'cache', port: 6379, loopback: true });
  pod.addEnv('app', 'CACHE_URL', kplus.EnvValue.fromValue(cache.url));
  expect(container(chart, 'app').env).toEqual([{ name: 'CACHE_URL', value: 'http://127.0.0.1:6379' }]);
});

const HTTP = { number: 8080, name: 'http' };
const ADMIN = { number: 9000, name: 'admin' };

/** A pod whose companions listen too, and whose main container lists these ports. */
function compose(ports?: kplus.ContainerPort[], props: kplus.DeploymentProps = {}) {
  const chart = newChart();
  const deployment = newDeployment(chart, { containers: [{ ...APP, ports }], ...props });
  const pod = MultiContainerPod.of(deployment);
  pod.addSidecar({ name: 'native', image: 'a:1', user: 2000, ports: [{ number: 2020, name: 'agent' }] });
  const classic = { name: 'classic', image: 'a:1', user: 2000, mode: SidecarMode.CLASSIC };
  pod.addSidecar({ ...classic, ports: [{ number: 2021, name: 'other' }] });
  pod.network.claim({ container: 'classic', port: 2022, name: 'claimed' });
  return { chart, deployment, pod };
}

function service(chart: Chart) {
  const [{ spec, metadata }] = manifests(chart, 'Service') as [any];
  return { ports: spec.ports, selector: spec.selector, type: spec.type, metadata };
}

describe.each(Object.keys(WORKLOADS))('the Service of a %s', (kind) => {
  test('has the ports of the main container and finds the pods', () => {
    const chart = newChart();
    const pod = MultiContainerPod.of(WORKLOADS[kind]!(chart, { containers: [APP] }));
    pod.addSidecar({ name: 'agent', image: 'a:1', user: 2000, ports: [{ number: 2020, name: 'agent' }] });
    pod.expose({ name: 'shop' });
    const exposed = manifests(chart, 'Service').find(({ metadata }) => metadata.name === 'shop');
    expect(exposed.spec.ports).toEqual([{ name: 'http', port: 8080, targetPort: 8080 }]);
    expect(podTemplate(chart).metadata?.labels).toMatchObject(exposed.spec.selector);
    expect(Object.keys(exposed.spec.selector)).not.toEqual([]);
  });
});

describe('the Service of a pod', () => {
  test('leaves out what companions listen on, native and classic', () => {
    const { chart, pod } = compose([HTTP, ADMIN]);
    pod.expose();
    expect(service(chart)).toMatchObject({
      type: 'ClusterIP',
      ports: [
        { name: 'http', port: 8080, targetPort: 8080 },
        { name: 'admin', port: 9000, targetPort: 9000 },
      ],
    });
  });

  test('leaves it out too where cdk8s-plus makes it', () => {
    const { chart, deployment } = compose([HTTP]);
    deployment.exposeViaService();
    expect(service(chart).ports).toEqual([{ name: 'http', port: 8080, targetPort: 8080 }]);
  });

  test.each<[string, kplus.ContainerPort[], ExposeOptions, object]>([
    ['has another port than the container', [HTTP], { port: 80 }, { name: 'http', port: 80, targetPort: 8080 }],
    [
      'has one of several ports',
      [HTTP, ADMIN],
      { targetPort: 'admin' },
      { name: 'admin', port: 9000, targetPort: 9000 },
    ],
    [
      'has that one under another number',
      [HTTP, ADMIN],
      { targetPort: 'http', port: 80 },
      { name: 'http', port: 80, targetPort: 8080 },
    ],
    ['needs no name for a single port', [{ number: 8080 }], { port: 80 }, { port: 80, targetPort: 8080 }],
    [
      'keeps the protocol',
      [{ number: 53, protocol: kplus.Protocol.UDP }],
      {},
      { port: 53, targetPort: 53, protocol: 'UDP' },
    ],
  ])('%s', (_, ports, options, expected) => {
    const { chart, pod } = compose(ports);
    pod.expose(options);
    expect(service(chart).ports).toEqual([expected]);
  });

  test('has the kind and name that the user gives, in the namespace of the workload', () => {
    const { chart, pod } = compose([HTTP], { metadata: { namespace: 'shops' } });
    const exposed = pod.expose({ name: 'shop', serviceType: kplus.ServiceType.NODE_PORT });
    expect(exposed.name).toBe('shop');
    expect(service(chart)).toMatchObject({ type: 'NodePort', metadata: { name: 'shop', namespace: 'shops' } });
  });

  test('may be one of several, each with a name', () => {
    const { chart, pod } = compose([HTTP, ADMIN]);
    pod.expose({ targetPort: 'http' });
    pod.expose({ targetPort: 'admin', name: 'back-office' });
    expect(manifests(chart, 'Service').map(({ spec }) => spec.ports[0].port)).toEqual([8080, 9000]);
  });

  test.each<[string, ExposeOptions]>([
    ['the same pod', {}],
    ['the same pod by the same name', { name: 'shop' }],
  ])('fails to expose %s twice', (_, options) => {
    const { pod } = compose([HTTP]);
    pod.expose(options);
    expect(() => pod.expose(options)).toThrow(
      new Error(
        '[shop/web] the pod is already exposed by this Service; use the one that `expose` returned, or pass another `name`',
      ),
    );
  });

  test.each<[string, kplus.ContainerPort[], ExposeOptions, string]>([
    [
      'without a port of the main container, though companions have some',
      [],
      {},
      'container "app" lists no port to expose; declare it in its `ports`',
    ],
    [
      'with a port that the main container does not list',
      [HTTP, { number: 9000 }],
      { targetPort: 'agent' },
      'container "app" lists no port "agent" to expose; declare it in its `ports` (ports: http, 9000)',
    ],
    [
      'with one number for several ports',
      [HTTP, ADMIN],
      { port: 80 },
      '`port` 80 could lead to any port of container "app"; pass the name of one as `targetPort` (ports: http, admin)',
    ],
    [
      'with several ports of which one has no name',
      [HTTP, { number: 9000 }],
      {},
      'container "app" has several ports, and a Service needs a name for each of them; give each a `name` (ports: http, 9000)',
    ],
  ])('fails %s', (_, ports, options, text) => {
    expect(() => compose(ports).pod.expose(options)).toThrow(new Error(`[shop/web] ${text}`));
  });

  test('has the ports that are claimed for the main container, but not those on loopback', () => {
    const { chart, pod } = compose([HTTP]);
    pod.network.claim({ container: 'app', port: 9000, name: 'admin' });
    pod.network.claim({ container: 'app', port: 9001, name: 'debug', loopback: true });
    pod.expose();
    expect(service(chart).ports).toEqual([
      { name: 'http', port: 8080, targetPort: 8080 },
      { name: 'admin', port: 9000, targetPort: 9000 },
    ]);
  });

  test('may have no other port than a claimed one', () => {
    const { chart, pod } = compose([]);
    pod.network.claim({ container: 'app', port: 53, name: 'dns', protocol: kplus.Protocol.UDP });
    pod.expose({ targetPort: 'dns' });
    expect(service(chart).ports).toEqual([{ name: 'dns', port: 53, targetPort: 53, protocol: 'UDP' }]);
  });

  test.each([0, -1, 65536, 80.5])('fails with port %d', (port) => {
    expect(() => compose([HTTP]).pod.expose({ port })).toThrow(
      new Error(`[shop/web] \`port\` ${port} of the Service is not a port number; pass an integer from 1 to 65535`),
    );
  });

  test.each(['', 'Shop', '1shop', 'shop.web', 'shop-', 'a'.repeat(64)])('fails with the name "%s"', (name) => {
    expect(() => compose([HTTP]).pod.expose({ name })).toThrow(
      new Error(
        `[shop/web] Service name "${name}" is no DNS label; use at most 63 lower-case letters, digits and "-", and a letter first`,
      ),
    );
  });

  test('fails where the pod has no container yet', () => {
    expect(() => MultiContainerPod.of(newDeployment(newChart(), { containers: [] })).expose()).toThrow(
      new Error('[shop/web] the pod has no container yet; add the main container first'),
    );
  });
});
