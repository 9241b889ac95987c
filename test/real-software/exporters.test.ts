import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  type ICompanion,
  MultiContainerPod,
  NginxExporter,
  PostgresExporter,
  RedisExporter,
  WebServer,
} from '../../src';
import { APP, container, manifests, newChart, newDeployment } from '../support';
import { requireTools, SYSTEM_PATH, tool } from './tools';

const LINUX = process.platform === 'linux';
const PATIENCE_MS = 60_000;

/** What the Secrets hold to which the generated pods refer. */
const SECRETS: Readonly<Record<string, string>> = { username: 'postgres', password: 'open/sesame?&@' };
const secret = kplus.Secret.fromSecretName(newChart(), 'secret', 'secret');
const password = { secret, key: 'password' };

if (!LINUX) {
  console.warn('The tests of exporters are skipped: they need Linux.');
}
beforeAll(
  () =>
    LINUX &&
    requireTools(
      'nginx',
      'redis-server',
      'pg_lsclusters',
      'prometheus-nginx-exporter',
      'prometheus-redis-exporter',
      'prometheus-postgres-exporter',
    ),
);
jest.setTimeout(120_000);

/** Processes in a directory of their own, as a user that is not root. */
class Machine {
  public readonly root = fs.mkdtempSync(join(tmpdir(), 'exporters-'));
  private readonly started: ChildProcess[] = [];
  private output = '';

  public constructor() {
    fs.chmodSync(this.root, 0o777);
  }

  public write(name: string, text: string): string {
    fs.writeFileSync(join(this.root, name), text);
    return join(this.root, name);
  }

  public start(program: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): ChildProcess {
    const child = spawn(tool('setpriv'), ['--pdeathsig', 'TERM', program, ...args], {
      ...account(),
      cwd: this.root,
      env: { PATH: SYSTEM_PATH, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (text) => {
        this.output += text;
      });
    }
    this.started.push(child);
    return child;
  }

  /** Starts an exporter as its container is started, but for an address that no other machine reaches. */
  public startExporter(program: string, chart: Chart, name: string): void {
    const { args, env = [] } = container(chart, name) as any;
    const values = env.map((variable: any) => [
      variable.name,
      variable.value ?? SECRETS[variable.valueFrom.secretKeyRef.key],
    ]);
    const local = args.map((arg: string) => arg.replace('--web.listen-address=:', '--web.listen-address=127.0.0.1:'));
    this.start(tool(program), local, Object.fromEntries(values));
  }

  /** Reads a page until its text is as wanted. */
  public async read(url: string, wanted: RegExp): Promise<string> {
    let text = '';
    for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await sleep(50)) {
      text = await fetch(url).then(
        (response) => response.text(),
        (error) => String(error),
      );
      if (wanted.test(text)) {
        return text;
      }
    }
    throw new Error(`waited in vain for ${wanted} at ${url}: ${text.slice(0, 500)}\n${this.output.slice(-2000)}`);
  }

  public async end(): Promise<void> {
    for (const child of this.started.reverse()) {
      await stop(child);
    }
    fs.rmSync(this.root, { recursive: true });
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
}

/** PostgreSQL does not run as root. Its package brings a user. */
function account(): { uid?: number; gid?: number } {
  const id = (option: string) => Number(spawnSync('id', [option, 'postgres'], { encoding: 'utf8' }).stdout);
  return process.getuid?.() === 0 ? { uid: id('-u'), gid: id('-g') } : {};
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await once(server.close(), 'close');
  return port;
}

/** A pod whose main container listens at this port, with its exporter. */
function observe(exporter: ICompanion, port: number): Chart {
  const chart = newChart();
  const containers = [{ ...APP, ports: [{ number: port }] }];
  MultiContainerPod.of(newDeployment(chart, { containers })).add(exporter);
  return chart;
}

(LINUX ? describe : describe.skip)('with its generated arguments and environment', () => {
  let machine: Machine;
  let port: number;
  let url: string;

  beforeEach(async () => {
    machine = new Machine();
    port = await freePort();
    url = `http://127.0.0.1:${port}`;
  });
  afterEach(() => machine.end());

  /** The kubelet would restart the exporter where this page fails. */
  const livenessOf = async (chart: Chart, name: string): Promise<number> => {
    const { httpGet } = container(chart, name).livenessProbe as any;
    return (await fetch(`http://127.0.0.1:${httpGet.port}${httpGet.path}`)).status;
  };

  test('the exporter of nginx tells how many requests the generated status page counts, and lives on without nginx', async () => {
    const statusPort = await freePort();
    const chart = newChart();
    const pod = MultiContainerPod.of(newDeployment(chart, { containers: [] }));
    WebServer.nginx({ statusPort }).addTo(pod);
    pod.add(new NginxExporter({ port }));
    const { data } = manifests(chart, 'ConfigMap').find((map) => 'status.conf' in map.data);
    machine.write('status.conf', data['status.conf']);
    const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path tmp;`);
    const http = `access_log access.log; ${paths.join(' ')} include status.conf;`;
    const config = `daemon off; master_process off; pid nginx.pid; error_log error.log; events {} http { ${http} }`;
    const nginx = machine.start(tool('nginx'), [
      ...['-p', machine.root, '-e', 'error.log', '-c', machine.write('nginx.conf', config)],
    ]);
    await machine.read(`http://127.0.0.1:${statusPort}/stub_status`, /^Active connections: \d/);
    machine.startExporter('prometheus-nginx-exporter', chart, 'nginx-exporter');
    const metrics = await machine.read(`${url}/metrics`, /^nginx_up 1$/m);
    expect(metrics).toMatch(/^nginx_http_requests_total [1-9]/m);
    expect(fs.readFileSync(join(machine.root, 'access.log'), 'utf8')).toBe('');
    await stop(nginx);
    await machine.read(`${url}/metrics`, /^nginx_up 0$/m);
    expect(await livenessOf(chart, 'nginx-exporter')).toBe(200);
  });

  test('the exporter of Redis logs in and tells its keys, and lives on without Redis', async () => {
    const redisPort = await freePort();
    const options = { port: redisPort, bind: '127.0.0.1', save: '', requirepass: SECRETS.password!, dir: machine.root };
    const flags = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
    const redis = machine.start(tool('redis-server'), flags);
    const chart = observe(new RedisExporter({ port, password, args: ['--debug'] }), redisPort);
    machine.startExporter('prometheus-redis-exporter', chart, 'redis-exporter');
    const metrics = await machine.read(`${url}/metrics`, /^redis_up 1$/m);
    expect(metrics).toMatch(/^redis_connected_clients [1-9]/m);
    await stop(redis);
    await machine.read(`${url}/metrics`, /^redis_up 0$/m);
    expect(await livenessOf(chart, 'redis-exporter')).toBe(200);
  });

  test('the exporter of PostgreSQL logs in and tells its databases, and lives on without PostgreSQL', async () => {
    const databasePort = await freePort();
    const bin = postgresPrograms();
    const pwfile = machine.write('pw', SECRETS.password!);
    const auth = ['-U', SECRETS.username!, '-A', 'scram-sha-256', `--pwfile=${pwfile}`, '--locale=C', '--no-sync'];
    await once(machine.start(join(bin, 'initdb'), ['-D', 'data', ...auth]), 'exit');
    const settings = [`port=${databasePort}`, 'listen_addresses=127.0.0.1', `unix_socket_directories=${machine.root}`];
    const server = machine.start(join(bin, 'postgres'), ['-D', 'data', ...settings.flatMap((value) => ['-c', value])]);
    const username = { secret, key: 'username' };
    const collectors = { bgwriter: true, database: true };
    const chart = observe(new PostgresExporter({ port, username, password, collectors }), databasePort);
    machine.startExporter('prometheus-postgres-exporter', chart, 'postgres-exporter');
    const metrics = await machine.read(`${url}/metrics`, /^pg_up 1$/m);
    expect(metrics).toMatch(/^pg_database_size_bytes\{datname="postgres".*\} [1-9]/m);
    server.kill('SIGINT');
    await once(server, 'exit');
    await machine.read(`${url}/metrics`, /^pg_up 0$/m);
    expect(await livenessOf(chart, 'postgres-exporter')).toBe(200);
  });
});

/** Debian keeps the programs of each release in a directory of its own, outside of the search path. */
function postgresPrograms(): string {
  const root = '/usr/lib/postgresql';
  const [newest] = fs.readdirSync(root).sort((a, b) => Number(b) - Number(a));
  return join(root, newest!, 'bin');
}
