import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Duration } from 'cdk8s';
import { HaProxy, HaProxyBalance, HaProxyMode, type HaProxyProps, MultiContainerPod } from '../../src';
import { container, manifests, newChart, newDeployment } from '../support';
import { Box, freePorts, listens } from './box';
import { requireTools, SYSTEM_PATH } from './tools';

const LINUX = process.platform === 'linux';
const DIRECTORY = '/usr/local/etc/haproxy';

if (!LINUX) {
  console.warn('The tests of HAProxy are skipped: they need Linux.');
}
beforeAll(() => LINUX && requireTools('haproxy', 'setpriv'));
jest.setTimeout(120_000);

// Debian's HAProxy is 2.6, that of the image 3.4. What is generated is the same language in both.
(LINUX ? describe : describe.skip)('the real HAProxy', () => {
  let box: Box;
  beforeEach(() => {
    box = new Box();
  });
  afterEach(() => box.end());

  /** The command of the container, with its files in the box. */
  const command = (props: HaProxyProps): string[] => {
    const chart = newChart();
    MultiContainerPod.of(newDeployment(chart)).add(new HaProxy(props));
    for (const [file, text] of Object.entries<string>(manifests(chart, 'ConfigMap')[0].data)) {
      box.write(`haproxy/${file}`, text);
    }
    const { command = [], args = [] } = container(chart, 'haproxy') as any;
    return [...command, ...args].map((word) => word.replace(DIRECTORY, box.at('haproxy')));
  };

  const check = (props: HaProxyProps) => {
    const [program, ...args] = command(props);
    const { status, stdout, stderr } = spawnSync(program!, [...args, '-c'], {
      env: { PATH: SYSTEM_PATH },
      encoding: 'utf8',
    });
    return { status, output: stdout + stderr };
  };

  const api = { name: 'api', localPort: 8081, servers: [{ host: 'api.shop.svc.cluster.local', port: 80 }] };

  test.each<[string, HaProxyProps]>([
    ['a name that is not known', { backends: [api] }],
    ['health checks', { backends: [{ ...api, healthCheckPath: '/healthz?a=b&c=%20', hostHeader: 'api:8080' }] }],
    ['the addresses of a name', { backends: [{ ...api, servers: [{ ...api.servers[0]!, addresses: 9, weight: 0 }] }] }],
    ['TLS', { backends: [{ ...api, tls: {}, servers: [{ ...api.servers[0]!, port: 443, backup: true }] }] }],
    ['TLS of bytes', { backends: [{ ...api, mode: HaProxyMode.TCP, tls: { serverName: 'db.example.com' } }] }],
    ['an address of IPv6', { backends: [{ ...api, servers: [{ host: 'fd00::1', port: 80 }] }] }],
    ['times', { backends: [{ ...api, connectTimeout: Duration.seconds(1), idleTimeout: Duration.hours(1) }] }],
    ['few logs', { backends: [api], accessLog: false, maxConnections: 3, flush: Duration.seconds(1) }],
    [
      'sections of its user',
      {
        config: {
          text: 'frontend a\n  mode http\n  bind 127.0.0.1:8082\n  use_backend b if { path /b }\nbackend b\n  mode http\n  server s b.shop.svc.cluster.local:80',
          ports: [{ name: 'a', localPort: 8082 }],
        },
      },
    ],
    ...Object.values(HaProxyBalance).map((balance): [string, HaProxyProps] => [
      `balance ${balance}`,
      { backends: [{ ...api, balance }] },
    ]),
  ])('takes %s without a warning', (_, props) => {
    expect(check(props)).toEqual({ status: 0, output: 'Configuration file is valid\n' });
  });

  test('is ready without its servers, forwards a request to the one that is there, and ends after the last one', async () => {
    const [port, healthPort, nobody] = await freePorts(3);
    const server = createServer(({ headers, url }, response) => {
      setTimeout(() => response.end(JSON.stringify({ host: headers.host, url })), 300);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const servers = [
      { host: 'api.shop.svc.cluster.local', port: 80 },
      { host: '127.0.0.1', port: nobody! },
      { host: '127.0.0.1', port: (server.address() as AddressInfo).port },
    ];
    const haproxy = box.start(command({ backends: [{ ...api, localPort: port!, servers }], healthPort }));
    await box.until('it is healthy', async () => await listens(healthPort!));
    expect((await fetch(`http://127.0.0.1:${healthPort}/healthz`)).status).toBe(200);

    await box.until('the server that is away is left out', () => box.output.includes('Server api/s2 is DOWN'));
    const request = fetch(`http://127.0.0.1:${port}/orders?id=1`);
    await new Promise((resolve) => server.once('request', resolve));
    haproxy.kill('SIGUSR1'); // the stop signal of the image
    expect(await (await request).json()).toEqual({ host: 'api.shop.svc.cluster.local', url: '/orders?id=1' });
    if (haproxy.exitCode === null) {
      await once(haproxy, 'exit');
    }
    expect(haproxy.exitCode).toBe(0);
    expect(box.output).toContain('"GET /orders?id=1 HTTP/1.1"');
    expect(box.output).not.toContain('/healthz');
    server.close();
  });
});
