import { spawnSync } from 'node:child_process';
import { chownSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { HaProxy, HaProxyMode, type ICompanion, MultiContainerPod, PgBouncer, PgBouncerCredentials } from '../../src';
import { newChart } from '../support';
import { describePods } from './runtime/describe-pods';
import { busyboxImage, debianImage, haProxyImage } from './runtime/images';
import { POD_IP } from './runtime/network';
import { RunningPod } from './runtime/pod';
import { tool } from './tools';

jest.setTimeout(120_000);

/** A pod whose main container runs this script once, as an application that asks at its start and never again. */
function podOf(script: string, companion: () => ICompanion, env = {}): any[] {
  const chart = newChart();
  const command = ['sh', '-c', `${script}\ntrap 'exit 0' TERM; sleep 3600 & wait`];
  const containers = [
    { name: 'app', image: 'acme/app:1', command, securityContext: { user: 1000 }, envVariables: env },
  ];
  MultiContainerPod.of(new kplus.Deployment(chart, 'shop', { containers })).add(companion());
  return Testing.synth(chart);
}

describePods('HAProxy as an ambassador', ['haproxy', 'busybox'], () => {
  const images = { app: busyboxImage(), haproxy: haProxyImage() };
  const haProxy = () =>
    new HaProxy({
      backends: [
        { name: 'api', localPort: 8081, servers: [{ host: '127.0.0.2', port: 80 }], hostHeader: 'api.shop' },
        { name: 'cache', localPort: 6379, mode: HaProxyMode.TCP, servers: [{ host: '127.0.0.3', port: 6379 }] },
      ],
    });
  const server = (script: string) => [process.execPath, '-e', script];
  const api = `require('http').createServer((q, s) => s.end(q.method + ' ' + q.headers.host + q.url + '\\n')).listen(80, '127.0.0.2')`;
  const cache = `require('net').createServer((socket) => socket.end('cached\\n')).listen(6379, '127.0.0.3')`;

  test('the main container reaches each server through the variables at its first attempt', async () => {
    const manifests = podOf(
      'wget -qO- "$API_URL/orders"; sleep 1 | nc "$CACHE_HOST" "$CACHE_PORT"; echo asked',
      haProxy,
    );
    const running = await RunningPod.start(manifests, {
      images,
      servers: { '127.0.0.2:80': server(api), '127.0.0.3:6379': server(cache) },
    });
    await running.until('the application has asked', () => running.container('app').output.includes('asked'));
    expect(running.container('app').output).toBe('GET api.shop/orders\ncached\nasked\n');
    for (const port of [8081, 6379]) {
      expect(await running.isOpen(`127.0.0.1:${port}`)).toBe(true);
      expect(await running.isOpen(`${POD_IP}:${port}`)).toBe(false);
    }
    expect(await running.stop()).toEqual({ haproxy: 0, app: 0 });
  });

  test('the pod is ready and alive while no server is there', async () => {
    const running = await RunningPod.start(podOf('wget -qO- "$API_URL"; echo asked', haProxy), { images });
    await running.until('the application has asked', () => running.container('app').output.includes('asked'));
    expect(running.container('app').output).toBe(
      'wget: server returned error: HTTP/1.1 503 Service Unavailable\nasked\n',
    );
    expect(await running.stop()).toEqual({ haproxy: 0, app: 0 });
  });
});

describePods('PgBouncer as an ambassador', ['pgbouncer', 'pg_lsclusters', 'psql', 'pg_isready'], () => {
  const STOPPED = { pgbouncer: 1, app: 0 }; // what SIGTERM does to Debian's 1.18; the image has 1.25, which waits for its clients
  const PASSWORD = `pa"ss' $(w)\\o rd`;
  const images = { app: debianImage(1000), pgbouncer: debianImage(70) };
  const hosts = { 'db.shop.svc': '127.0.0.2' };
  const secrets = { 'shop-db': { password: PASSWORD } };
  const password = { secret: kplus.Secret.fromSecretName(newChart(), 'db', 'shop-db'), key: 'password' };
  const environment = { PGPASSWORD: kplus.EnvValue.fromSecretValue(password) };
  const pgBouncer = () =>
    new PgBouncer({
      databases: [{ name: 'postgres', host: 'db.shop.svc' }],
      credentials: PgBouncerCredentials.ofUser('shop', password),
    });
  let data: string;

  beforeAll(() => {
    data = mkdtempSync(join(tmpdir(), 'postgres-'));
    writeFileSync(join(data, 'password'), PASSWORD);
    for (const path of [data, join(data, 'password')]) {
      chownSync(path, Number(id('-u')), Number(id('-g')));
    }
    const options = ['-U', 'shop', '-A', 'scram-sha-256', `--pwfile=${data}/password`, '--locale=C', '--no-sync'];
    const [program, ...args] = [...asPostgres('initdb'), '-D', `${data}/db`, ...options];
    const { status, stderr } = spawnSync(program!, args, { encoding: 'utf8', cwd: data });
    expect([status, stderr]).toEqual([0, expect.anything()]);
  });
  afterAll(() => rmSync(data, { recursive: true }));

  test('the main container asks PostgreSQL at its first attempt, with the password of the Secret', async () => {
    const manifests = podOf(
      'psql -At "user=shop dbname=postgres" -c "SELECT inet_server_addr(), current_user"; PGPASSWORD=no psql "user=shop dbname=postgres"; echo asked',
      pgBouncer,
      environment,
    );
    const settings = ['listen_addresses=127.0.0.2', `unix_socket_directories=${data}`, 'fsync=off'];
    const running = await RunningPod.start(manifests, {
      images,
      secrets,
      hosts,
      servers: {
        '127.0.0.2:5432': [
          ...asPostgres('postgres'),
          '-D',
          `${data}/db`,
          ...settings.flatMap((value) => ['-c', value]),
        ],
      },
    });
    await running.until('the application has asked', () => running.container('app').output.includes('asked'));
    expect(running.container('app').output).toMatch(
      /^127\.0\.0\.2\|shop\npsql: .* SASL authentication failed\nasked\n$/,
    );
    expect(await running.isOpen('127.0.0.1:5432')).toBe(true);
    expect(await running.isOpen(`${POD_IP}:5432`)).toBe(false);
    expect(await running.stop()).toEqual(STOPPED);
  });

  test('the pod is ready and alive while no database is there', async () => {
    const manifests = podOf('pg_isready -U shop -d pgbouncer; echo asked', pgBouncer, environment);
    const running = await RunningPod.start(manifests, { images, secrets, hosts });
    await running.until('the application has asked', () => running.container('app').output.includes('asked'));
    expect(running.container('app').output).toBe('127.0.0.1:5432 - accepting connections\nasked\n');
    expect(await running.stop()).toEqual(STOPPED);
  });
});

/** Debian keeps the programs of each release in a directory of its own, and PostgreSQL does not run as root. */
function asPostgres(program: string): string[] {
  const [newest] = readdirSync('/usr/lib/postgresql').sort((a, b) => Number(b) - Number(a));
  const ids = ['--reuid', 'postgres', '--regid', 'postgres', '--clear-groups'];
  return [tool('setpriv'), ...ids, `/usr/lib/postgresql/${newest}/bin/${program}`];
}

function id(option: string): string {
  return spawnSync('id', [option, 'postgres'], { encoding: 'utf8' }).stdout;
}
