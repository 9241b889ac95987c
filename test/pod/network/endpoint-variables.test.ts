import * as kplus from 'cdk8s-plus-28';
import { MultiContainerPod } from '../../../src/index';
import { valuesOf } from '../../../src/pod/network/endpoint-variables';
import { APP, container, newChart, newDeployment } from '../../support';

/** A Deployment "shop/web" with a listener on port 5432 that belongs to its container "app". */
function listen() {
  const chart = newChart();
  const pod = MultiContainerPod.of(newDeployment(chart));
  return { chart, pod, endpoint: pod.network.claim({ container: 'app', port: 5432, loopback: true }) };
}

const namesAndValues = (variables: object) =>
  valuesOf(listen().endpoint, variables).map(([name, { value }]) => [name, value]);

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
  const values = valuesOf(endpoint, { host: 'HOST', address: 'ADDRESS' }).map(([, { value }]) => value);
  expect(values).toEqual([host, `${host}:9125`]);
});
