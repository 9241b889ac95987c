import { Duration, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  CloudSqlEngine,
  type CloudSqlInstance,
  CloudSqlNetwork,
  CloudSqlProxy,
  type CloudSqlProxyProps,
  MultiContainerPod,
} from '../../../src';
import {
  toCloudSqlArguments,
  validateCloudSqlArguments,
} from '../../../src/companions/ambassadors/cloud-sql-proxy/arguments';
import { describeAmbassador } from '../../ambassador-contract';
import { container, deepFreeze, newChart, newDeployment, podSpec } from '../../support';

const SHOP: CloudSqlInstance = { connectionName: 'acme:europe-west1:shop', engine: CloudSqlEngine.POSTGRESQL };
const LEDGER: CloudSqlInstance = { connectionName: 'acme.com:acme:us-central1:ledger', engine: CloudSqlEngine.MYSQL };
const REPORTS: CloudSqlInstance = { connectionName: 'acme:us-central1:reports', engine: CloudSqlEngine.SQL_SERVER };

const props = (): CloudSqlProxyProps => ({ instances: [{ ...SHOP }], args: ['--prometheus'] });

describeAmbassador('CloudSqlProxy', {
  props,
  from: (given) => new CloudSqlProxy(given),
  port: 5432,
  env: { PGHOST: '127.0.0.1', PGPORT: '5432' },
  probed: { port: 9090, path: '/startup' },
});

/** A Deployment "shop/web" with a proxy. */
function proxy(more: Partial<CloudSqlProxyProps> = {}) {
  const chart = newChart();
  const pod = MultiContainerPod.of(newDeployment(chart));
  const companion = new CloudSqlProxy({ instances: [SHOP], ...more });
  pod.add(companion);
  return { chart, pod, companion };
}

const args = (more?: Partial<CloudSqlProxyProps>) => container(proxy(more).chart, 'cloud-sql-proxy').args as string[];

describe('a Cloud SQL Auth Proxy', () => {
  test('knows port and address of each instance, so that it asks nobody when it starts', () => {
    expect(args()).toEqual([
      '--structured-logs',
      '--health-check',
      '--http-address=0.0.0.0',
      '--http-port=9090',
      '--exit-zero-on-sigterm',
      '--max-sigterm-delay=5s',
      'acme:europe-west1:shop?address=127.0.0.1&port=5432',
    ]);
  });

  test('leads to several instances, each on the port of its engine', () => {
    const { chart, pod, companion } = proxy({ instances: [SHOP, LEDGER, REPORTS] });
    expect(container(chart, 'app').env).toEqual([
      { name: 'PGHOST', value: '127.0.0.1' },
      { name: 'PGPORT', value: '5432' },
      { name: 'MYSQL_HOST', value: '127.0.0.1' },
      { name: 'MYSQL_TCP_PORT', value: '3306' },
      { name: 'MSSQL_HOST', value: '127.0.0.1' },
      { name: 'MSSQL_PORT', value: '1433' },
    ]);
    expect(companion.endpoint(pod, LEDGER.connectionName).address).toBe('127.0.0.1:3306');
  });

  test('gives two instances of one engine ports and variables of their own', () => {
    const copy = { ...SHOP, connectionName: 'acme:europe-west1:copy', localPort: 5433, variables: { address: 'COPY' } };
    expect(container(proxy({ instances: [SHOP, copy] }).chart, 'app').env).toContainEqual({
      name: 'COPY',
      value: '127.0.0.1:5433',
    });
    expect(() => proxy({ instances: [SHOP, { ...copy, localPort: undefined }] })).toThrow(
      new Error(
        '[CloudSqlProxy] "cloud-sql-proxy" would listen on port 5432 twice; give each listener a port of its own',
      ),
    );
  });

  test('takes the way to an instance and its login', () => {
    const instances = [
      { ...SHOP, network: CloudSqlNetwork.PRIVATE_IP, autoIamAuthn: true },
      { ...LEDGER, network: CloudSqlNetwork.PSC },
      { ...REPORTS, network: CloudSqlNetwork.PUBLIC_IP },
    ];
    expect(args({ instances }).slice(-3)).toEqual([
      'acme:europe-west1:shop?address=127.0.0.1&port=5432&private-ip=true&auto-iam-authn=true',
      'acme.com:acme:us-central1:ledger?address=127.0.0.1&port=3306&psc=true',
      'acme:us-central1:reports?address=127.0.0.1&port=1433',
    ]);
  });

  test('reads a key file from a Secret', () => {
    const secret = kplus.Secret.fromSecretName(newChart(), 'key', 'cloud-sql-key');
    const { chart } = proxy({ credentialsFile: { secret, key: 'key.json' } });
    const { args: flags, volumeMounts } = container(chart, 'cloud-sql-proxy');
    expect(flags).toContain('--credentials-file=/etc/cloud-sql-proxy/key.json');
    expect(volumeMounts).toEqual([
      { mountPath: '/etc/cloud-sql-proxy', name: 'cloud-sql-proxy-credentials', readOnly: true },
    ]);
    expect(podSpec(chart).volumes).toEqual([
      {
        name: 'cloud-sql-proxy-credentials',
        secret: { secretName: 'cloud-sql-key', items: [{ key: 'key.json', path: 'key.json' }] },
      },
    ]);
  });

  test('asks the proxy alone whether it lives and is ready', () => {
    const { startupProbe, readinessProbe, livenessProbe } = container(proxy().chart, 'cloud-sql-proxy') as any;
    expect([startupProbe, readinessProbe, livenessProbe].map(({ httpGet }) => httpGet.path)).toEqual([
      '/startup',
      '/startup',
      '/liveness',
    ]);
  });

  test('takes limits, another account, more flags, another health port and time to stop', () => {
    const { chart } = proxy({
      maxConnections: 20,
      impersonateServiceAccount: 'db@acme.iam.gserviceaccount.com',
      args: ['--prometheus', '--quota-project=acme'],
      healthPort: 9191,
      flush: Duration.seconds(12),
    });
    const { args: flags, ports } = container(chart, 'cloud-sql-proxy');
    expect(flags).toEqual(
      expect.arrayContaining([
        '--max-connections=20',
        '--impersonate-service-account=db@acme.iam.gserviceaccount.com',
        '--prometheus',
        '--quota-project=acme',
        '--http-port=9191',
        '--max-sigterm-delay=12s',
      ]),
    );
    expect(ports).toEqual([{ containerPort: 9191, name: 'cloud-sql-proxy' }]);
    expect(podSpec(chart).terminationGracePeriodSeconds).toBe(30 + 12 + 5);
  });

  test('leaves frozen props as they are', () => {
    expect(() => Testing.synth(proxy(deepFreeze({ instances: [SHOP], args: [] })).chart)).not.toThrow();
  });

  test.each(['shop', 'acme:shop', 'acme:europe-west1:', 'acme:europe-west1:shop?port=1', 'Acme:eu:Shop', 'a:b:c:d:e'])(
    'fails with the connection name "%s"',
    (connectionName) => {
      expect(() => proxy({ instances: [{ ...SHOP, connectionName }] })).toThrow(
        new Error(
          `[CloudSqlProxy] "${connectionName}" is not a connection name; pass "project:region:instance", as the Cloud SQL instance shows it`,
        ),
      );
    },
  );

  test('fails without instances', () => {
    expect(() => proxy({ instances: [] })).toThrow(
      new Error('[CloudSqlProxy] `instances` of "cloud-sql-proxy" is empty; pass at least one instance'),
    );
  });

  test('fails with a login that SQL Server does not know', () => {
    expect(() => proxy({ instances: [{ ...REPORTS, autoIamAuthn: true }] })).toThrow(
      new Error(
        '[CloudSqlProxy] instance "acme:us-central1:reports" has `autoIamAuthn`, which SQL Server does not know; leave it out',
      ),
    );
  });
});

const check = (args: string[]) => validateCloudSqlArguments('proxy', args);

/** The name of a flag alone: `-tabc` is "-t" and its value. */
const shown = (argument: string) => /^--[a-z-]+|^-[a-z]/.exec(argument)![0];

test.each(['--prometheus', '--lazy-refresh', '--quota-project=acme', '--admin-port=9091'])('takes %s', (flag) => {
  expect(check([flag])).toEqual([]);
  expect(toCloudSqlArguments({ instances: [], healthPort: 9090, sigtermSeconds: 5, args: [flag] })).toContain(flag);
});

test.each(['--token=abc', '-tabc', '-t', '--json-credentials={}', '-j', '--login-token=abc'])(
  'refuses %s, which is a credential',
  (argument) => {
    expect(check([argument])).toEqual([
      `argument "${shown(argument)}" of "proxy" would show a credential to all who may read the pod; use \`credentialsFile\``,
    ]);
  },
);

test.each(['--port=1', '-p', '-p1', '--address=0.0.0.0', '--private-ip', '-i', '--health-check=false', '-c=/key'])(
  'refuses %s, which a prop says',
  (argument) => {
    expect(check([argument])).toEqual([
      `argument "${shown(argument)}" of "proxy" is set by the companion itself; leave it out, or use its prop`,
    ]);
  },
);

test('refuses what is no flag', () => {
  expect(() => new CloudSqlProxy({ instances: [], args: ['--quota-project', 'acme'] })).toThrow(
    new Error('[CloudSqlProxy] argument "acme" of "cloud-sql-proxy" is no flag; pass each as `--flag=value`'),
  );
});
