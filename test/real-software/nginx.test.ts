import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, renameSync, symlinkSync } from 'node:fs';
import { createServer, type IncomingMessage, request, type Server } from 'node:http';
import { type RequestOptions, request as tlsRequest } from 'node:https';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TLSSocket } from 'node:tls';
import { Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  CaCertificates,
  MultiContainerPod,
  type NginxProps,
  NginxReverseProxy,
  type NginxReverseProxyProps,
  WebServer,
} from '../../src';
import { APP, manifests, newChart, newDeployment } from '../support';
import { ENTRYPOINT, Sandbox } from './support';
import { requireTools, tool } from './tools';

const PORT = 8080;
const LINUX = process.platform === 'linux';

if (!LINUX) {
  console.warn('The tests of nginx are skipped: they need Linux.');
}
beforeAll(() => LINUX && requireTools('nginx', 'openssl', 'shellcheck', 'dash'));
jest.setTimeout(120_000);

let box: Sandbox;
beforeEach(() => {
  box = new Sandbox('dash');
});
afterEach(() => box.end());

type Files = Readonly<Record<string, string>>;

/** The files that a web server gets. */
function webFiles(props: NginxProps): Files {
  const chart = newChart();
  WebServer.nginx(props).addTo(MultiContainerPod.of(newDeployment(chart, { containers: [] })));
  return Object.assign({}, ...manifests(chart, 'ConfigMap').map(({ data }) => data));
}

/** The files that a proxy gets in front of an application on port 8080. */
function proxyFiles(props: Omit<NginxReverseProxyProps, 'tls'>, tls?: 'plain' | 'mutual'): Files {
  const chart = newChart();
  const secret = kplus.Secret.fromSecretName(chart, 'certificate', 'certificate');
  const clientCa = tls === 'mutual' ? CaCertificates.fromSecret({ secret, key: 'ca.crt' }) : undefined;
  const proxy = new NginxReverseProxy({ ...props, tls: tls && { secret, clientCa } });
  MultiContainerPod.of(newDeployment(chart, { containers: [APP] })).add(proxy);
  return manifests(chart, 'ConfigMap')[0].data;
}

/** The main file of the image, in which the files of a web server are read. */
const mainFile = (files: Files) => `pid /tmp/nginx.pid; events {} http {
  client_body_temp_path /tmp/client_temp; proxy_temp_path /tmp/proxy_temp;
  fastcgi_temp_path /tmp/fastcgi_temp; uwsgi_temp_path /tmp/uwsgi_temp; scgi_temp_path /tmp/scgi_temp;
  access_log /dev/stdout;
  ${Object.keys(files)
    .filter((name) => name.endsWith('.conf'))
    .map((name) => files[name])
    .join('')}
}`;

/** The same text with the paths of the sandbox, with other ports, and as the installed nginx takes it. */
function here(text: string, ports: Readonly<Record<number, number>> = {}): string {
  const version = spawnSync(tool('nginx'), ['-v'], { encoding: 'utf8' }).stderr.match(/(\d+)\.(\d+)\.(\d+)/)!;
  const [major, minor, patch] = version.slice(1).map(Number) as [number, number, number];
  const knowsHttp2 = (major * 1000 + minor) * 1000 + patch >= 1_025_001;
  return text
    .replace(/\/(etc\/nginx|etc\/trusted-ca|tmp)(?=\/)/g, box.at('tmp'))
    .replace(/\/usr\/share\/nginx\/html/g, box.at('html'))
    .replace(/\/dev\/std(out|err)/g, box.at('log/std$1'))
    .replace(/ *http2 on;\n/, (directive) => (knowsHttp2 ? directive : '')) // listen ... http2 is deprecated since 1.25.1
    .replace(/(?<=[ :])\d{4}(?=;| ssl)/g, (port) => String(ports[Number(port)] ?? port));
}

/** Puts a configuration where nginx finds it, by whatever name it is called. */
function install(files: Files, ports?: Readonly<Record<number, number>>): void {
  box.write('nginx.conf', here(files['nginx.conf'] ?? mainFile(files), ports));
  box.write('bin/nginx', `#!/bin/sh\nexec ${tool('nginx')} -p ${box.at('.')} -c nginx.conf -e log/error.log "$@"\n`);
  const script = files['reload-certificates.sh'];
  if (script) {
    box.write('docker-entrypoint.d/90-reload.sh', here(script).replace('INTERVAL=10', 'INTERVAL=1'));
  }
}

/** Writes a new certificate and its key, as the kubelet does when a Secret changes. */
function certify(name: string): void {
  const args = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  const files = ['-keyout', box.at(`${name}.key`), '-out', box.at(`${name}.crt`)];
  const { status, stderr } = spawnSync(tool('openssl'), [...args, ...files, '-subj', `/CN=${name}`], {
    encoding: 'utf8',
  });
  expect([status, status === 0 ? '' : stderr]).toEqual([0, '']);
  for (const file of [`${name}.crt`, `${name}.key`]) {
    box.write(file, box.read(file));
  }
}

function present(certificate: string, key = certificate): void {
  for (const directory of ['tls', 'clients']) {
    spawnSync('mkdir', ['-p', box.at(`tmp/${directory}`)]);
  }
  copyFileSync(box.at(`${certificate}.crt`), box.at('tmp/tls/tls.crt'));
  copyFileSync(box.at(`${key}.key`), box.at('tmp/tls/tls.key'));
  copyFileSync(box.at(`${certificate}.crt`), box.at('tmp/clients/ca.crt'));
}

async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createTcpServer().listen(0));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return ports;
}

async function start(drain = 10) {
  const command = ['nginx', '-g', `daemon off; worker_shutdown_timeout ${drain}s;`];
  const master = box.start(box.write('docker-entrypoint.sh', ENTRYPOINT), ...command);
  await box.until('nginx runs', () => box.read('tmp/nginx.pid') === `${master.pid}\n`);
  return master;
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  /** The name in the certificate of the server. */
  readonly name?: string;
}

async function ask(options: RequestOptions, body?: string): Promise<Answer> {
  const isTls = options.protocol === 'https:';
  const send = isTls ? tlsRequest : request;
  const sent = send({ host: '127.0.0.1', agent: false, rejectUnauthorized: false, ...options });
  sent.end(body);
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  const name = isTls ? String((response.socket as TLSSocket).getPeerCertificate().subject.CN) : undefined;
  let text = '';
  for await (const chunk of response) {
    text += chunk;
  }
  return { status: response.statusCode!, headers: response.headers, body: text, name };
}

const run = LINUX ? describe : describe.skip;

run('the real nginx takes', () => {
  test.each<[string, () => Files]>([
    ['a web server', () => webFiles({})],
    ['a web server of another directory', () => webFiles({ contentDirectory: '/content/current' })],
    ['a web server on loopback', () => webFiles({ loopback: true })],
    ['a web server on loopback at other ports', () => webFiles({ loopback: true, port: 8090, healthPort: 8091 })],
    [
      'a server configuration with a health path on loopback',
      () =>
        webFiles({ loopback: true, serverConfiguration: 'server { listen 127.0.0.1:8080; }', healthPath: '/up?a=1' }),
    ],
    ['a proxy', () => proxyFiles({})],
    ['a proxy with TLS', () => proxyFiles({}, 'plain')],
    ['a proxy that asks for certificates', () => proxyFiles({}, 'mutual')],
    [
      'a proxy with all that can be said',
      () =>
        proxyFiles(
          {
            redirectPort: 8000,
            healthPort: 8083,
            maxBodySize: Size.gibibytes(1),
            timeout: Duration.hours(1),
            trustedProxies: ['10.0.0.0/8', '192.168.1.1', 'fd00::/8'],
            serverDirectives: 'gzip on;\nlocation /static/ {\n  expires 1h;\n  proxy_pass http://app;\n}',
          },
          'mutual',
        ),
    ],
  ])('the configuration of %s, without a warning', (_, files) => {
    certify('shop');
    present('shop');
    install(files());
    const { status, stderr } = spawnSync(box.at('bin/nginx'), ['-t'], { encoding: 'utf8' });
    expect([status, stderr.replaceAll(box.at('.'), '').match(/^.*\[(warn|emerg|alert)\].*$/gm)]).toEqual([0, null]);
  });
});

run('nginx with a content directory', () => {
  test('serves what a link leads to, at once when the link changes, and no hidden files', async () => {
    const [port = 0] = await freePorts(1);
    for (const version of ['one', 'two']) {
      for (const directory of [version, `${version}/guide`, `${version}/.well-known`]) {
        mkdirSync(box.at(`tmp/content/${directory}`), { recursive: true });
      }
      for (const file of ['index.html', 'guide/index.html', '.git', '.well-known/security.txt']) {
        box.write(`tmp/content/${version}/${file}`, version);
      }
    }
    symlinkSync('one', box.at('tmp/content/current'));
    install(webFiles({ contentDirectory: '/tmp/content/current' }), { 8080: port });
    await start();
    const bodies = async () =>
      (await Promise.all(['/', '/guide/', '/.well-known/security.txt'].map((path) => ask({ port, path })))).map(
        ({ body }) => body,
      );
    expect(await bodies()).toEqual(['one', 'one', 'one']);
    expect((await ask({ port, path: '/.git' })).status).toBe(404);
    expect(await ask({ port, path: '/guide' })).toMatchObject({ status: 301, headers: { location: '/guide/' } });

    symlinkSync('two', box.at('tmp/content/next'));
    renameSync(box.at('tmp/content/next'), box.at('tmp/content/current'));
    expect(await bodies()).toEqual(['two', 'two', 'two']);
  });
});

(LINUX ? test : test.skip)('shellcheck has nothing to say about the script that loads renewed certificates', () => {
  const input = proxyFiles({}, 'mutual')['reload-certificates.sh'];
  const { status, stdout } = spawnSync(tool('shellcheck'), ['-'], { input, encoding: 'utf8' });
  expect([status, stdout]).toEqual([0, '']);
});

run('a proxy in front of an application', () => {
  let app: Server;
  let ports: Record<number, number>;
  let url: RequestOptions;

  beforeEach(async () => {
    app = createServer((incoming, response) => {
      const wait = incoming.url === '/slow' ? 1500 : 0;
      setTimeout(() => response.end(JSON.stringify({ url: incoming.url, ...incoming.headers })), wait);
    });
    app.on('upgrade', ({ headers }, socket) => {
      socket.write(
        `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: ${headers.connection}\r\n\r\n`,
      );
      socket.pipe(socket);
    });
    await once(app.listen(0, '127.0.0.1'), 'listening');
    const [main, redirect, health] = (await freePorts(3)) as [number, number, number];
    ports = { [PORT]: (app.address() as AddressInfo).port, 8443: main, 8000: redirect, 8082: health };
    url = { protocol: 'https:', port: main, path: '/' };
    certify('first');
    present('first');
  });
  afterEach(() => {
    app.closeAllConnections();
    app.close();
  });

  test('forwards what it gets by TLS, and says itself who asks', async () => {
    install(proxyFiles({}, 'plain'), ports);
    await start();
    const headers = {
      Host: 'shop.example.com',
      'X-Forwarded-For': '6.6.6.6',
      'X-Forwarded-Proto': 'http',
      Forwarded: 'for=6.6.6.6',
    };
    const { status, body, name } = await ask({ ...url, path: '/a?b=c', headers });
    expect([status, name]).toEqual([200, 'first']);
    expect(JSON.parse(body)).toEqual({
      url: '/a?b=c',
      host: 'shop.example.com',
      'x-real-ip': '127.0.0.1',
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-host': 'shop.example.com',
      'x-forwarded-proto': 'https',
    });
  });

  test('believes the proxies that it is told to', async () => {
    install(proxyFiles({ trustedProxies: ['127.0.0.0/8'] }, 'plain'), ports);
    await start();
    const headers = { 'X-Forwarded-For': '6.6.6.6, 203.0.113.9', 'X-Forwarded-Proto': 'http' };
    expect(JSON.parse((await ask({ ...url, headers })).body)).toMatchObject({
      'x-forwarded-for': '203.0.113.9',
      'x-forwarded-proto': 'http',
    });
  });

  test.each([
    ['TLSv1.2', 200],
    ['TLSv1.3', 200],
  ] as const)('speaks %s', async (version, status) => {
    install(proxyFiles({}, 'plain'), ports);
    await start();
    expect((await ask({ ...url, minVersion: version, maxVersion: version })).status).toBe(status);
  });

  test('speaks no older TLS', async () => {
    install(proxyFiles({}, 'plain'), ports);
    await start();
    const old = { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
    await expect(ask({ ...url, ...old })).rejects.toThrow(/alert protocol version|unsupported protocol/i);
  });

  test('redirects to HTTPS, and answers the kubelet at a port of its own', async () => {
    install(proxyFiles({ redirectPort: 8000 }, 'plain'), ports);
    await start();
    const headers = { Host: 'shop.example.com' };
    expect(await ask({ port: ports[8000]!, path: '/a?b=c', headers })).toMatchObject({
      status: 308,
      headers: { location: 'https://shop.example.com/a?b=c' },
    });
    expect(await ask({ port: ports[8082]!, path: '/healthz' })).toMatchObject({ status: 200, body: 'ok\n' });
    expect((await ask({ port: ports[8082]!, path: '/' })).status).toBe(404);
  });

  test('forwards no body that is too large', async () => {
    install(proxyFiles({ maxBodySize: Size.kibibytes(2) }, 'plain'), ports);
    await start();
    expect((await ask({ ...url, method: 'POST' }, 'x'.repeat(2000))).status).toBe(200);
    expect((await ask({ ...url, method: 'POST' }, 'x'.repeat(3000))).status).toBe(413);
  });

  test('forwards WebSockets', async () => {
    install(proxyFiles({}, 'plain'), ports);
    await start();
    const sent = tlsRequest({
      ...url,
      host: '127.0.0.1',
      rejectUnauthorized: false,
      headers: { Connection: 'Upgrade', Upgrade: 'websocket' },
    });
    sent.end();
    const [, socket] = (await once(sent, 'upgrade')) as [IncomingMessage, TLSSocket];
    socket.write('ping');
    expect(String((await once(socket, 'data'))[0])).toBe('ping');
    socket.destroy();
  });

  test('lets no client in without a certificate where it asks for one', async () => {
    install(proxyFiles({}, 'mutual'), ports);
    await start();
    expect((await ask(url)).status).toBe(400);
    expect((await ask({ ...url, cert: box.read('first.crt'), key: box.read('first.key') })).status).toBe(200);
    expect((await ask({ port: ports[8082]!, path: '/healthz' })).status).toBe(200);
  });

  test('loads a renewed certificate, and none whose key is another', async () => {
    certify('second');
    install(proxyFiles({}, 'plain'), ports);
    const master = await start();
    const nameIs = async (expected: string) => {
      for (let tries = 0; tries < 100 && (await ask(url)).name !== expected; tries++) {
        await sleep(100);
      }
      expect((await ask(url)).name).toBe(expected);
    };
    await nameIs('first');
    present('second', 'first');
    await box.until('the certificate is refused', () =>
      /key values mismatch/.test(box.errors + box.read('log/error.log')),
    );
    await nameIs('first');
    present('second');
    await nameIs('second');
    expect(master.exitCode).toBeNull();
  });

  test('finishes open requests when it is told to stop', async () => {
    install(proxyFiles({}, 'plain'), ports);
    const master = await start();
    const slow = ask({ ...url, path: '/slow' });
    await sleep(300);
    master.kill('SIGQUIT');
    expect((await slow).status).toBe(200);
    await expect(ask(url)).rejects.toThrow(/ECONNREFUSED/);
  });
});

run('a web server on loopback', () => {
  test('serves there alone, and answers the kubelet everywhere', async () => {
    const [main, health] = (await freePorts(2)) as [number, number];
    install(webFiles({ loopback: true }), { [PORT]: main, 8081: health });
    box.write('html/index.html', 'shop');
    await start();
    expect(await ask({ port: main, path: '/' })).toMatchObject({ status: 200, body: 'shop' });
    await expect(ask({ host: '127.0.0.2', port: main, path: '/' })).rejects.toThrow(/ECONNREFUSED/);
    expect(await ask({ host: '127.0.0.2', port: health, path: '/healthz' })).toMatchObject({
      status: 200,
      body: 'ok\n',
    });
    expect((await ask({ host: '127.0.0.2', port: health, path: '/' })).status).toBe(404);
  });

  test('logs the client that the proxy names', async () => {
    const [main, health] = (await freePorts(2)) as [number, number];
    install(webFiles({ loopback: true }), { [PORT]: main, 8081: health });
    await start();
    await ask({ port: main, path: '/', headers: { 'X-Forwarded-For': '203.0.113.9' } });
    await box.until('the request is logged', () => box.read('log/stdout').startsWith('203.0.113.9 '));
  });

  test('asks a server configuration of its own whether it is healthy', async () => {
    const [main, health] = (await freePorts(2)) as [number, number];
    const serverConfiguration = 'server {\n  listen 127.0.0.1:8080;\n  location = /up { return 503; }\n}\n';
    const files = webFiles({ loopback: true, serverConfiguration, healthPath: '/up' });
    install(files, { [PORT]: main, 8081: health });
    await start();
    expect((await ask({ port: health, path: '/up' })).status).toBe(503);
  });
});
