import { Duration } from 'cdk8s';
import { Protocol } from 'cdk8s-plus-28';
import { MultiContainerPod, PreStopSleep, type ServingOptions } from '../../src';
import { addServing, servingParts } from '../../src/web/serving';
import { container, newChart, newDeployment, podSpec } from '../support';

const SHOP = { name: 'shop', image: 'acme/shop:1.0.0', user: 1000 };

type Options = Partial<ServingOptions> & { readonly port?: number };

/** A Deployment "shop/web" of this container. */
function serve(options: Options) {
  const chart = newChart();
  const pod = MultiContainerPod.of(newDeployment(chart, { containers: [] }));
  addServing(pod, servingParts('shop', { ...SHOP, ...options }));
  return { chart, pod, main: container(chart, 'shop') };
}

test('a container that serves has its port first, and once', () => {
  const ports = [{ number: 8080 }, { number: 8080, protocol: Protocol.UDP, name: 'quic' }, { number: 9000 }];
  expect(serve({ port: 8080, ports }).main.ports?.map(({ containerPort, name }) => [containerPort, name])).toEqual([
    [8080, 'http'],
    [8080, 'quic'],
    [9000, undefined],
  ]);
});

test('a container without a port is probed at its health port alone', () => {
  expect(serve({}).main).not.toHaveProperty('readinessProbe');
  const { main, pod } = serve({ healthPort: 9000, healthPath: '/healthz' });
  expect(main.livenessProbe?.httpGet).toMatchObject({ path: '/healthz', port: 9000 });
  expect(main.ports).toEqual([{ containerPort: 9000, name: 'health' }]);
  expect(() => pod.expose()).toThrow('lists no port to expose');
});

test('a container that serves has a pause, and its drain after that', () => {
  const { chart, main } = serve({ port: 8080, preStopSleep: PreStopSleep.ACTION, drain: Duration.seconds(40) });
  expect(main.lifecycle).toEqual({ preStop: { sleep: { seconds: 5 } } });
  expect(podSpec(chart).terminationGracePeriodSeconds).toBe(45);
});

test.each<[string, Options]>([
  ['loopback', { loopback: true }],
  ['healthPath', { healthPath: '/healthz' }],
])('fails with `%s` of a container without a port', (prop, options) => {
  expect(() => serve(options)).toThrow(
    new Error(`[shop] \`${prop}\` is given without \`port\`; pass the port that "shop" listens on`),
  );
});
