import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, statSync } from 'node:fs';
import { Duration } from 'cdk8s';
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
} from '../../src';
import { container, manifests, newChart, newDeployment } from '../support';
import { Box, freePorts, listens } from './box';
import { requireTools, SYSTEM_PATH, tool } from './tools';

const LINUX = process.platform === 'linux';
const secret = kplus.Secret.fromSecretName(newChart(), 'db', 'shop-db');
const PASSWORD = `pa"ss' $(w)\\o rd`;
const USER = 'the-"shop"';
const SHOP = { name: 'shop', host: '127.0.0.1', port: 1 };
const ADMIN = { settings: { admin_users: USER } };

if (!LINUX) {
  console.warn('The tests of PgBouncer are skipped: they need Linux.');
}
beforeAll(() => LINUX && requireTools('pgbouncer', 'psql', 'pg_isready', 'busybox', 'dash', 'setpriv'));
jest.setTimeout(120_000);

// Debian's PgBouncer is 1.18, that of the image 1.25. Of what is generated only SIGTERM means another thing: 1.18 ends at once.
(LINUX ? describe : describe.skip)('the real PgBouncer', () => {
  let box: Box;
  let port: number;
  beforeEach(async () => {
    box = new Box();
    [port] = (await freePorts(1)) as [number];
  });
  afterEach(() => box.end());

  /** What the container runs and is probed with, with its files in the box. */
  const place = (more: Partial<PgBouncerProps>) => {
    const chart = newChart();
    const credentials = PgBouncerCredentials.ofUser(USER, { secret, key: 'password' });
    MultiContainerPod.of(newDeployment(chart)).add(
      new PgBouncer({ databases: [SHOP], credentials, localPort: port, flush: Duration.seconds(1), ...more }),
    );
    const inBox = (text: string) => text.replace(/\/(etc|run)\/(pgbouncer|trusted-ca)/g, (path) => box.at(path));
    box.write('run/pgbouncer/users.txt', '"reader" "md5aa1bb2cc3dd4ee5ff6778899aabbccdd"\n');
    for (const { data } of manifests(chart, 'ConfigMap')) {
      for (const [file, text] of Object.entries<string>(data)) {
        box.write(file === 'ca.crt' ? 'etc/trusted-ca/postgresql/ca.crt' : `etc/pgbouncer/${file}`, inBox(text));
      }
    }
    const { command = [], livenessProbe } = container(chart, 'pgbouncer') as any;
    return { command: command.map(inBox) as string[], probe: livenessProbe.exec.command as string[] };
  };

  const run = async (more: Partial<PgBouncerProps> = {}, shell: readonly string[] = []) => {
    const { command, probe } = place(more);
    const words = command[0] === 'sh' && shell.length > 0 ? [...shell, ...command.slice(1)] : command;
    const process = box.start(words, { PGBOUNCER_USER: USER, PGBOUNCER_PASSWORD: PASSWORD });
    await box.until('it listens', () => process.exitCode !== null || listens(port));
    return { process, probe };
  };

  const call = ([program, ...args]: readonly string[], env = {}): SpawnSyncReturns<string> =>
    spawnSync(tool(program!), args, { env: { PATH: SYSTEM_PATH, ...env }, encoding: 'utf8' });

  /** What PgBouncer says of its own configuration, over a connection with the password. */
  const ask = (question: string, password = PASSWORD) => {
    const url = ['-h', '127.0.0.1', '-p', String(port), '-U', USER, '-d', 'pgbouncer'];
    const { stdout, stderr } = call(['psql', ...url, '-AtF=', '-c', question], { PGPASSWORD: password });
    return stdout + stderr;
  };

  const ca = CaCertificates.fromPem(readFileSync('/etc/ssl/certs/ca-certificates.crt', 'utf8'));

  test.each<[string, Partial<PgBouncerProps>]>([
    ['one database', {}],
    [
      'databases of all kinds',
      {
        databases: [
          { ...SHOP, name: '*' },
          {
            ...SHOP,
            name: 'a.b-c_d',
            database: "it's",
            user: 'a b',
            poolSize: 1,
            poolMode: PgBouncerPoolMode.STATEMENT,
          },
        ],
      },
    ],
    ['the users of a file', { credentials: PgBouncerCredentials.fromUserList({ secret, key: 'users.txt' }) }],
    ['settings', { settings: { server_idle_timeout: '60', server_reset_query: 'DISCARD ALL', dns_nxdomain_ttl: '1' } }],
    ['verified TLS', { tlsMode: PgBouncerTlsMode.VERIFY_FULL, ca }],
    ...Object.values(PgBouncerAuthentication).map((authentication): [string, Partial<PgBouncerProps>] => [
      `authentication ${authentication}`,
      { authentication },
    ]),
    ...Object.values(PgBouncerPoolMode).map((poolMode): [string, Partial<PgBouncerProps>] => [
      `pool mode ${poolMode}`,
      { poolMode },
    ]),
    ...[PgBouncerTlsMode.DISABLE, PgBouncerTlsMode.PREFER, PgBouncerTlsMode.REQUIRE].map(
      (tlsMode): [string, Partial<PgBouncerProps>] => [`TLS mode ${tlsMode}`, { tlsMode }],
    ),
  ])('starts with %s, and its probe succeeds while no database is there', async (_, props) => {
    const { probe } = await run(props);
    expect(box.output).toContain('process up');
    expect(box.output).not.toMatch(/ERROR|WARNING|FATAL/);
    const { status, stdout, stderr } = call(probe);
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  test('has the settings that it was told', async () => {
    await run({
      ...ADMIN,
      poolMode: PgBouncerPoolMode.TRANSACTION,
      queryWaitTimeout: Duration.seconds(7),
      poolSize: 3,
    });
    expect(
      ask('SHOW CONFIG')
        .split('\n')
        .map((line) => line.split('=').slice(0, 2).join('=')),
    ).toEqual(
      expect.arrayContaining([
        'listen_addr=127.0.0.1',
        `listen_port=${port}`,
        'unix_socket_dir=',
        'auth_type=scram-sha-256',
        'pool_mode=transaction',
        'default_pool_size=3',
        'query_wait_timeout=7',
        'server_tls_sslmode=prefer',
      ]),
    );
  });

  test.each([
    ['dash', ['dash']],
    ['busybox', ['busybox', 'sh']],
  ])('takes user and password of any letters from its environment, with %s', async (_, shell) => {
    await run(ADMIN, shell);
    expect(ask('SHOW VERSION')).toContain('PgBouncer');
    expect(ask('SHOW VERSION', 'another')).toContain('FATAL');
    expect(statSync(box.at('run/pgbouncer/userlist.txt')).mode & 0o777).toBe(0o600);
  });

  test('knows the password of today after a restart', async () => {
    box.write('run/pgbouncer/userlist.txt', '"shop" "yesterday"\n');
    const { command } = place(ADMIN);
    const [shell] = command;
    expect(shell).toBe('sh');
    call(['chmod', '666', box.at('run/pgbouncer/userlist.txt')]);
    await run(ADMIN);
    expect(ask('SHOW VERSION')).toContain('PgBouncer');
  });

  test('its probe writes nothing to the log, and fails once it is gone', async () => {
    const { process, probe } = await run();
    expect(call(probe).status).toBe(0);
    process.kill('SIGHUP'); // which is logged, after what came before
    await box.until('it has read its configuration again', () => box.output.includes('SIGHUP'));
    expect(box.output.split('\n').filter((line) => / C-0x/.test(line))).toEqual([]);
    process.kill('SIGTERM');
    await once(process, 'exit');
    expect(call(probe).status).toBe(2);
  });
});
