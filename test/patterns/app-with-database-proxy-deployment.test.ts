import * as kplus from 'cdk8s-plus-28';
import {
  type ApplicationProps,
  AppWithDatabaseProxyDeployment,
  CloudSqlEngine,
  CloudSqlProxy,
  type ICompanion,
  PgBouncer,
  PgBouncerCredentials,
  Sidecar,
  SidecarMode,
} from '../../src';
import { describePattern } from '../pattern-contract';
import { container, deepFreeze, newChart, podSpec } from '../support';

const APP: ApplicationProps = deepFreeze({ name: 'orders', image: 'acme/orders:1.0.0', user: 1000, port: 8080 });
const INSTANCE = { connectionName: 'acme:europe-west1:orders', engine: CloudSqlEngine.POSTGRESQL };

describePattern('AppWithDatabaseProxyDeployment', {
  build: (scope, props) =>
    new AppWithDatabaseProxyDeployment(scope, 'web', {
      app: APP,
      databaseProxy: new CloudSqlProxy({ instances: [INSTANCE] }),
      ...props,
    }),
  prop: ['app', 'application'],
  main: 'orders',
  companions: ['cloud-sql-proxy'],
  parts: ['app', 'databaseProxy'],
  servedPort: 8080,
  scales: true,
  classic: false,
});

/** A Deployment "shop/web" of the application with this proxy. */
function connect(databaseProxy: ICompanion, app: Partial<ApplicationProps> = {}, sidecarMode?: SidecarMode) {
  const chart = newChart();
  new AppWithDatabaseProxyDeployment(chart, 'web', { app: { ...APP, ...app }, databaseProxy, sidecarMode });
  return chart;
}

function pgBouncer(): PgBouncer {
  const secret = kplus.Secret.fromSecretName(newChart(), 'secret', 'orders-database');
  return new PgBouncer({
    databases: [{ name: 'orders', host: 'postgres' }],
    credentials: PgBouncerCredentials.ofUser('orders', { secret, key: 'password' }),
  });
}

test.each<[string, string, () => ICompanion]>([
  ['cloud-sql-proxy', '5432', () => new CloudSqlProxy({ instances: [INSTANCE] })],
  ['pgbouncer', '5432', pgBouncer],
])('the application finds %s in its environment, ready before it starts', (name, port, proxy) => {
  const chart = connect(proxy());
  expect(container(chart, 'orders').env).toEqual([
    { name: 'PGHOST', value: '127.0.0.1' },
    { name: 'PGPORT', value: port },
  ]);
  expect(podSpec(chart).initContainers).toEqual([
    expect.objectContaining({ name, restartPolicy: 'Always', startupProbe: expect.any(Object) }),
  ]);
});

test('the proxy may be a companion of your own', () => {
  const chart = newChart();
  const databaseProxy: ICompanion = {
    bind(pod) {
      pod.add(new Sidecar({ name: 'tunnel', image: 'acme/tunnel:1.0.0', user: 2000 }));
      const endpoint = pod.network.claim({ container: 'tunnel', port: 3306, loopback: true });
      pod.addEndpointEnv(endpoint, { host: 'MYSQL_HOST' });
    },
  };
  const pattern = new AppWithDatabaseProxyDeployment(chart, 'web', { app: APP, databaseProxy });
  expect(pattern.databaseProxy).toBe(databaseProxy);
  expect(container(chart, 'orders').env).toEqual([{ name: 'MYSQL_HOST', value: '127.0.0.1' }]);
});

test('a worker has a proxy, too', () => {
  const chart = connect(new CloudSqlProxy({ instances: [INSTANCE] }), { port: undefined });
  expect(container(chart, 'orders')).not.toHaveProperty('ports');
  expect(container(chart, 'orders')).not.toHaveProperty('readinessProbe');
});

test('fails with an application that is told to go elsewhere', () => {
  const envVariables = { PGHOST: kplus.EnvValue.fromValue('postgres') };
  expect(() => connect(pgBouncer(), { envVariables })).toThrow(
    new Error(
      '[shop/web] environment variable "PGHOST" of container "orders" already has another value; set it once or choose another name',
    ),
  );
});

test('fails in classic mode, in which no proxy is ready first', () => {
  expect(() => connect(pgBouncer(), {}, SidecarMode.CLASSIC)).toThrow(
    new Error(
      '[shop/web] container "pgbouncer" must be ready before the main container, but Kubernetes starts ordinary containers without waiting for each other; use SidecarMode.NATIVE',
    ),
  );
});
