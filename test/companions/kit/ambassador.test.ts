import * as kplus from 'cdk8s-plus-28';
import {
  AmbassadorPorts,
  ambassadorProbes,
  httpProbes,
  namedPorts,
  variablesOf,
} from '../../../src/companions/kit/ambassador';
import { type AmbassadorPort, MultiContainerPod } from '../../../src/index';
import { container, newChart, newDeployment } from '../../support';

const WORDS = { kind: 'Proxy', container: 'proxy', prop: 'upstreams', one: 'upstream' };
const API = { name: 'api', port: 8081 };
const DB = { name: 'main-db', port: 5432, variables: { host: 'PGHOST' } };

/** A Deployment "shop/web" with a sidecar that has these ports. */
function claim(...declared: AmbassadorPort[]) {
  const chart = newChart();
  const pod = MultiContainerPod.of(newDeployment(chart));
  pod.addSidecar({ name: 'proxy', image: 'acme/proxy:1.0.0', user: 1000 });
  const ports = new AmbassadorPorts(WORDS, namedPorts(declared), []);
  ports.claim(pod);
  return { chart, pod, ports };
}

const make =
  (declared: AmbassadorPort[], ...others: number[]) =>
  () =>
    new AmbassadorPorts(WORDS, namedPorts(declared), others);

test('the main container learns where each port is', () => {
  expect(container(claim(API, DB).chart, 'app').env).toEqual([
    { name: 'API_HOST', value: '127.0.0.1' },
    { name: 'API_PORT', value: '8081' },
    { name: 'API_URL', value: 'http://127.0.0.1:8081' },
    { name: 'PGHOST', value: '127.0.0.1' },
  ]);
});

test('no variables are set where none are named', () => {
  expect(container(claim({ ...API, variables: {} }).chart, 'app')).not.toHaveProperty('env');
});

test.each([
  ['main-db', true, { host: 'MAIN_DB_HOST', port: 'MAIN_DB_PORT', url: 'MAIN_DB_URL' }],
  ['cache', false, { host: 'CACHE_HOST', port: 'CACHE_PORT' }],
])('the variables of "%s" are named for it', (name, isHttp, expected) => {
  expect(variablesOf(name, isHttp)).toEqual(expected);
});

describe('an endpoint', () => {
  test('is found by name, and without one where there is no choice', () => {
    const { pod, ports } = claim(API, DB);
    expect(ports.endpoint(pod, 'main-db').port).toBe(5432);
    const one = claim(API);
    expect(one.ports.endpoint(one.pod).port).toBe(8081);
  });

  test('is a loopback listener that no other container can have', () => {
    const { pod } = claim(API);
    expect(pod.network.endpoints).toContainEqual(expect.objectContaining({ port: 8081, loopback: true }));
    expect(() => pod.network.claim({ container: 'app', port: 8081 })).toThrow('already used by container "proxy"');
  });

  test.each([
    [undefined, '"proxy" has several ports; say which upstream (known: api, main-db)'],
    ['cache', '"proxy" has no upstream "cache"; pass one of: api, main-db'],
  ])('fails with the name %s', (name, message) => {
    const { pod, ports } = claim(API, DB);
    expect(() => ports.endpoint(pod, name)).toThrow(new Error(`[shop/web] ${message}`));
  });

  test('fails in a pod without the ambassador', () => {
    const { ports } = claim(API);
    expect(() => ports.endpoint(MultiContainerPod.of(newDeployment(newChart())))).toThrow(
      new Error('[shop/web] "proxy" is not in this pod; call `pod.add` with it first'),
    );
  });
});

test.each([
  [make([]), '`upstreams` of "proxy" is empty; pass at least one upstream'],
  [make([API, { ...API, port: 1 }]), 'upstream "api" stands twice in `upstreams` of "proxy"; list it once'],
  [make([API, { ...DB, port: 8081 }]), '"proxy" would listen on port 8081 twice; give each listener a port of its own'],
  [make([API], 8081), '"proxy" would listen on port 8081 twice; give each listener a port of its own'],
  [make([API], 0), 'port 0 of "proxy" is not a port number; pass an integer from 1 to 65535'],
])('fails with wrong ports (%#)', (construct, message) => {
  expect(construct).toThrow(new Error(`[Proxy] ${message}`));
});

test('probes wait a minute for the first answer, and restart only what is silent for another', () => {
  const options: kplus.ProbeOptions[] = [];
  ambassadorProbes((each) => {
    options.push(each);
    return kplus.Probe.fromCommand(['true'], each);
  });
  expect(options.map(({ periodSeconds, failureThreshold }) => [periodSeconds?.toSeconds(), failureThreshold])).toEqual([
    [1, 60],
    [10, 3],
    [10, 6],
  ]);
});

test('probes by HTTP ask one page', () => {
  const chart = newChart();
  const pod = MultiContainerPod.of(newDeployment(chart));
  pod.addSidecar({
    name: 'proxy',
    image: 'acme/proxy:1.0.0',
    user: 1000,
    ports: [{ number: 9090, name: 'health' }],
    ...httpProbes('/healthz', 9090),
  });
  const { startupProbe, readinessProbe, livenessProbe } = container(chart, 'proxy') as any;
  for (const probe of [startupProbe, readinessProbe, livenessProbe]) {
    expect(probe.httpGet).toMatchObject({ path: '/healthz', port: 9090 });
  }
});
