import { type Chart, Duration, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  CaCertificates,
  MultiContainerPod,
  PgBouncer,
  PgBouncerAuthentication,
  PgBouncerCredentials,
  PgBouncerPoolMode,
  type PgBouncerProps,
  PgBouncerTlsMode,
} from '../../../src';
import { renderPgBouncer, renderPgBouncerScript } from '../../../src/companions/ambassadors/pg-bouncer/config';
import { validatePgBouncer } from '../../../src/companions/ambassadors/pg-bouncer/validate';
import { describeAmbassador } from '../../ambassador-contract';
import { container, deepFreeze, manifests, newChart, newDeployment, podSpec } from '../../support';

describe('pg bouncer', () => {
  const SECRETS = newChart();
  const SECRET = kplus.Secret.fromSecretName(SECRETS, 'db', 'shop-db');
  const CREDENTIALS = PgBouncerCredentials.ofUser('shop', { secret: SECRET, key: 'password' });
  const USER_LIST = PgBouncerCredentials.fromUserList({ secret: SECRET, key: 'users.txt' });
  const SHOP = { name: 'shop', host: 'postgres.db' };
  const CA = CaCertificates.fromPem('-----BEGIN CERTIFICATE-----\n');

  const props = (): PgBouncerProps => ({
    databases: [{ ...SHOP }],
    credentials: CREDENTIALS,
    settings: { server_idle_timeout: '60' },
  });

  describeAmbassador('PgBouncer', {
    props,
    from: (given) => new PgBouncer(given),
    port: 5432,
    env: { PGHOST: '127.0.0.1', PGPORT: '5432' },
    flushes: true,
  });

  /** A Deployment "shop/web" with a PgBouncer. */
  function pool(more: Partial<PgBouncerProps> = {}) {
    const chart = newChart();
    const pod = MultiContainerPod.of(newDeployment(chart));
    pod.add(new PgBouncer({ ...props(), ...more }));
    return chart;
  }

  const files = (chart: Chart): { [name: string]: string } => manifests(chart, 'ConfigMap')[0].data;
  const config = (more: Partial<PgBouncerProps> = {}) => files(pool(more))['pgbouncer.ini']!;
  const volume = (chart: Chart, name: string) => podSpec(chart).volumes?.find((each) => each.name === name);

  describe('a PgBouncer', () => {
    test('pools connections of the databases, behind the loopback interface', () => {
      expect(config()).toBe(`[databases]
shop = host=postgres.db port=5432

[pgbouncer]
ignore_startup_parameters = extra_float_digits
log_connections = 0
log_disconnections = 0
stats_users = shop
listen_addr = 127.0.0.1
listen_port = 5432
unix_socket_dir =
auth_type = scram-sha-256
auth_file = /run/pgbouncer/userlist.txt
pool_mode = session
default_pool_size = 20
max_client_conn = 100
query_wait_timeout = 120
server_tls_sslmode = prefer
server_idle_timeout = 60
`);
    });

    test('takes what databases and pools are', () => {
      const text = config({
        databases: [
          SHOP,
          {
            name: 'reports',
            host: '10.0.0.7',
            port: 6000,
            database: "dwh's",
            user: 'reader',
            poolMode: PgBouncerPoolMode.STATEMENT,
            poolSize: 3,
          },
        ],
        authentication: PgBouncerAuthentication.MD5,
        poolMode: PgBouncerPoolMode.TRANSACTION,
        poolSize: 5,
        maxClientConnections: 400,
        queryWaitTimeout: Duration.seconds(10),
        localPort: 6432,
      });
      expect(text).toContain('shop = host=postgres.db port=5432\n');
      expect(text).toContain(
        "reports = host=10.0.0.7 port=6000 dbname='dwh''s' user=reader pool_mode=statement pool_size=3\n",
      );
      for (const line of [
        'auth_type = md5',
        'pool_mode = transaction',
        'default_pool_size = 5',
        'max_client_conn = 400',
        'query_wait_timeout = 10',
        'listen_port = 6432',
      ]) {
        expect(text.split('\n')).toContain(line);
      }
    });

    test('writes the password of a Secret into a file in memory, anew at each start', () => {
      const chart = pool();
      const { command, env, volumeMounts } = container(chart, 'pgbouncer');
      expect(command).toEqual(['sh', '/etc/pgbouncer/start.sh']);
      expect(env).toEqual([
        { name: 'PGBOUNCER_USER', value: 'shop' },
        { name: 'PGBOUNCER_PASSWORD', valueFrom: { secretKeyRef: { name: 'shop-db', key: 'password' } } },
      ]);
      expect(volumeMounts).toEqual([
        { mountPath: '/run/pgbouncer', name: 'pgbouncer-users' },
        { mountPath: '/etc/pgbouncer', name: 'pgbouncer-config', readOnly: true },
      ]);
      expect(volume(chart, 'pgbouncer-users')?.emptyDir).toEqual({ medium: 'Memory', sizeLimit: '1Mi' });
      expect(files(chart)['start.sh']).toContain('>/run/pgbouncer/userlist.txt\n');
    });

    test('reads the users of a Secret where it is mounted', () => {
      const chart = pool({ credentials: USER_LIST });
      const { command, env } = container(chart, 'pgbouncer');
      expect(command).toEqual(['pgbouncer', '/etc/pgbouncer/pgbouncer.ini']);
      expect(env).toBeUndefined();
      expect(files(chart)['pgbouncer.ini']).toContain('auth_file = /run/pgbouncer/users.txt\n');
      expect(Object.keys(files(chart))).toEqual(['pgbouncer.ini']);
      expect(volume(chart, 'pgbouncer-users')).toMatchObject({
        secret: { secretName: 'shop-db', items: [{ key: 'users.txt', path: 'users.txt' }] },
      });
    });

    test('lets containers in without a password where it is told to', () => {
      expect(config({ authentication: PgBouncerAuthentication.TRUST })).toContain('auth_type = trust\n');
    });

    test('verifies PostgreSQL with certificates of a text', () => {
      const chart = pool({ tlsMode: PgBouncerTlsMode.VERIFY_FULL, ca: CA });
      const [text] = manifests(chart, 'ConfigMap').flatMap(({ data }) => data['pgbouncer.ini'] ?? []);
      expect(text).toContain(
        'server_tls_sslmode = verify-full\nserver_tls_ca_file = /etc/trusted-ca/postgresql/ca.crt\n',
      );
      expect(container(chart, 'pgbouncer').volumeMounts).toContainEqual({
        mountPath: '/etc/trusted-ca/postgresql',
        name: 'pgbouncer-postgresql-ca',
        readOnly: true,
      });
    });

    test('is probed as a user that it knows, where it knows one', () => {
      const command = (credentials: PgBouncerCredentials) =>
        (container(pool({ credentials }), 'pgbouncer') as any).livenessProbe.exec.command;
      const probe = ['pg_isready', '-q', '-h', '127.0.0.1', '-p', '5432', '-d', 'pgbouncer', '-U'];
      expect(command(CREDENTIALS)).toEqual([...probe, 'shop']);
      expect(command(USER_LIST)).toEqual([...probe, 'probe']);
    });

    test('waits for its last clients when the pod stops', () => {
      const grace = (more?: Partial<PgBouncerProps>) => podSpec(pool(more)).terminationGracePeriodSeconds;
      expect([grace(), grace({ flush: Duration.seconds(20) })]).toEqual([30 + 5 + 5, 30 + 20 + 5]);
    });

    test('lets settings change what no prop says', () => {
      const text = config({ settings: { ignore_startup_parameters: 'options', log_connections: '1' } });
      expect(text).toContain('ignore_startup_parameters = options\nlog_connections = 1\n');
    });

    test('tells another container where it is, under other names', () => {
      const chart = pool({ variables: { address: 'DATABASE' } });
      expect(container(chart, 'app').env).toEqual([{ name: 'DATABASE', value: '127.0.0.1:5432' }]);
      expect(container(pool({ variables: {} }), 'app')).not.toHaveProperty('env');
    });

    test('leaves frozen props as they are', () => {
      expect(() => Testing.synth(pool(deepFreeze({ databases: [SHOP], settings: {} })))).not.toThrow();
    });
  });

  test.each<[Partial<PgBouncerProps>, string]>([
    [
      { envVariables: { PGBOUNCER_USER: kplus.EnvValue.fromValue('me') } },
      'environment variable "PGBOUNCER_USER" of "pgbouncer" is set by the companion itself; choose another name',
    ],
    [{ localPort: 70000 }, 'port 70000 of "pgbouncer" is not a port number; pass an integer from 1 to 65535'],
  ])('a PgBouncer fails with %j', (wrong, message) => {
    expect(() => new PgBouncer({ ...props(), ...wrong })).toThrow(new Error(`[PgBouncer] ${message}`));
  });
});

test('databases and settings stand in sections of their own, and what is undefined is left out', () => {
  const databases = [{ name: '*', connection: { host: 'db', dbname: undefined, user: "it's me" } }];
  expect(renderPgBouncer(databases, { listen_port: 5432, unix_socket_dir: '', auth_query: undefined })).toBe(
    "[databases]\n* = host=db user='it''s me'\n\n[pgbouncer]\nlisten_port = 5432\nunix_socket_dir =\n",
  );
});

test('the script becomes PgBouncer, which then has no password in its environment', () => {
  const script = renderPgBouncerScript('/run/users', '/etc/pool.ini');
  expect(script).toMatch(/^#!\/bin\/sh\nset -eu\numask 077\n/);
  expect(script).toMatch(/unset PGBOUNCER_USER PGBOUNCER_PASSWORD\nexec pgbouncer \/etc\/pool\.ini\n$/);
});

const password = { secret: kplus.Secret.fromSecretName(newChart(), 'db', 'shop-db'), key: 'password' };

test.each(['', 'a\nb'])('a user cannot be named "%s"', (user) => {
  expect(() => PgBouncerCredentials.ofUser(user, password)).toThrow(
    new Error(`[PgBouncerCredentials] "${user}" cannot be the name of a user; pass one line`),
  );
});

describe('validate', () => {
  const secret = kplus.Secret.fromSecretName(newChart(), 'db', 'shop-db');
  const SHOP = { name: 'shop', host: 'postgres.db' };
  const PROPS: PgBouncerProps = {
    databases: [SHOP],
    credentials: PgBouncerCredentials.ofUser('shop', { secret, key: 'password' }),
  };
  const ca = CaCertificates.fromPem('-----BEGIN CERTIFICATE-----\n');
  const check = (props: Partial<PgBouncerProps>) => validatePgBouncer('pool', { ...PROPS, ...props }, ['pool_mode']);

  test.each<Partial<PgBouncerProps>>([
    {},
    { databases: [{ ...SHOP, name: '*' }] },
    { databases: [SHOP, { ...SHOP, name: 'shop-2.old' }] },
    { authentication: PgBouncerAuthentication.TRUST },
    { tlsMode: PgBouncerTlsMode.VERIFY_CA, ca },
    { databases: [{ ...SHOP, host: 'db-0,db-1.pg, ::1' }] },
    { databases: [{ ...SHOP, host: '/var/run/postgresql' }] },
    { settings: { server_idle_timeout: '60', auth_query: 'SELECT usename, passwd FROM user_lookup($1)' } },
  ])('nothing is wrong with %j', (props) => {
    expect(check(props)).toEqual([]);
  });

  test.each<[Partial<PgBouncerProps>, string]>([
    [{ databases: [] }, '`databases` of "pool" is empty; pass at least one'],
    [{ databases: [SHOP, SHOP] }, 'database "shop" stands twice in `databases` of "pool"; list it once'],
    [
      { databases: [{ ...SHOP, name: 'the shop' }] },
      'database name "the shop" cannot stand in the configuration; use letters, digits, "_", "." and "-", or "*"',
    ],
    [
      { databases: [{ ...SHOP, port: 0 }] },
      '`port` 0 of database "shop" is not a port number; pass an integer from 1 to 65535',
    ],
    [
      { databases: [{ ...SHOP, host: 'a\nb' }] },
      '`host` "a\nb" of database "shop" is no name or address of a host; pass one without port and path',
    ],
    [
      { databases: [{ ...SHOP, host: 'postgres://bob:hunter2@db/shop' }] },
      '`host` "postgres://bob:hunter2@db/shop" of database "shop" is no name or address of a host; pass one without port and path',
    ],
    [
      { databases: [{ ...SHOP, host: 'db:5432' }] },
      '`host` "db:5432" of database "shop" is no name or address of a host; pass one without port and path',
    ],
    [{ databases: [{ ...SHOP, user: '' }] }, '`user` of database "shop" is empty or more than one line; pass one line'],
    [
      { settings: { 'pool mode': '1' } },
      'setting "pool mode" of "pool" is not one line; pass a name of letters and "_", and one line',
    ],
    [
      { settings: { pool_mode: 'session' } },
      'setting "pool_mode" of "pool" is set by the companion itself; use the prop that says it',
    ],
    [
      { settings: { auth_password: 'hunter2' } },
      'setting "auth_password" of "pool" would show a credential in a ConfigMap; pass it with `credentials`',
    ],
    [
      { tlsMode: PgBouncerTlsMode.VERIFY_FULL },
      '`tlsMode` verify-full of "pool" verifies PostgreSQL, but nobody says against whom; pass `ca`',
    ],
    [{ ca }, '"pool" has `ca`, but verifies nobody; pass `tlsMode` VERIFY_CA or VERIFY_FULL too'],
  ])('fails with %j', (props, message) => {
    expect(check(props)).toEqual([message]);
  });
});
