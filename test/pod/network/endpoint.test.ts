import * as kplus from 'cdk8s-plus-28';
import { type ClaimOptions, type Endpoint, MultiContainerPod } from '../../../src/index';
import { APP, container, newChart, newDeployment } from '../../support';

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
