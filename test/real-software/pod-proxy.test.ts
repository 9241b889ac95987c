import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Duration, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { MultiContainerPod, NginxReverseProxy, WebServer } from '../../src';
import { newChart } from '../support';
import { describePods, edited } from './runtime/describe-pods';
import { nginxImage } from './runtime/images';
import { POD_IP } from './runtime/network';
import { RunningPod } from './runtime/pod';
import { tool } from './tools';

jest.setTimeout(120_000);

/** Debian's nginx is 1.22 and does not know the directive. */
const HERE = { 'http2 on;': '', 'INTERVAL=10 ': 'INTERVAL=0.3 ' };

describePods('nginx in front of a web server', ['nginx', 'openssl'], () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'certificates-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** What the Secret of a certificate holds. */
  const certificate = (name: string) => {
    const files = ['-keyout', join(folder, `${name}.key`), '-out', join(folder, `${name}.crt`)];
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
    const subject = ['-subj', `/O=${name}`, '-addext', 'subjectAltName=DNS:shop.test', '-days', '2'];
    const { status } = spawnSync(tool('openssl'), ['req', '-x509', ...key, ...files, ...subject]);
    expect(status).toBe(0);
    const [tlsKey, tlsCrt] = ['key', 'crt'].map((end) => readFileSync(join(folder, `${name}.${end}`), 'utf8'));
    return { 'tls.crt': tlsCrt!, 'tls.key': tlsKey! };
  };

  const start = async () => {
    const chart = newChart();
    const pod = MultiContainerPod.of(new kplus.Deployment(chart, 'shop'));
    WebServer.nginx({ loopback: true, content: { 'index.html': 'hello' }, preStopPause: Duration.seconds(1) }).addTo(
      pod,
    );
    pod.add(new NginxReverseProxy({ tls: { secret: kplus.Secret.fromSecretName(chart, 'tls', 'shop-tls') } }));
    const images = { webserver: nginxImage(), 'nginx-proxy': nginxImage() };
    const secrets = { 'shop-tls': certificate('first') };
    return RunningPod.start(edited(Testing.synth(chart), HERE), { images, secrets });
  };

  /** Asks the proxy as somebody who trusts this certificate alone. */
  const ask = (running: RunningPod, name: string) => {
    const trust = ['--cacert', join(folder, `${name}.crt`), '--resolve', `shop.test:8443:${POD_IP}`];
    return running.curl(...trust, 'https://shop.test:8443/');
  };

  test('HTTPS is served at the pod IP, where the web server itself is not reached, and probes are answered', async () => {
    const running = await start();
    expect(await ask(running, 'first')).toBe('hello');
    expect(await running.isOpen('127.0.0.1:8080')).toBe(true);
    expect(await running.isOpen(`${POD_IP}:8080`)).toBe(false);
    expect(running.container('nginx-proxy').output).toMatch(/^10\.244\.0\.7 - .*"GET \/ HTTP\/1.1" 200 5/m);
    const stopping = running.stop();
    expect(await ask(running, 'first')).toBe('hello');
    expect(await stopping).toEqual({ 'nginx-proxy': 0, webserver: 0 });
  });

  test('a renewed certificate is served without a restart', async () => {
    const running = await start();
    const renewed = certificate('second');
    expect(await ask(running, 'second')).toContain('certificate');
    running.volumes.update('nginx-proxy-tls', renewed);
    await running.until('the new certificate is served', async () => (await ask(running, 'second')) === 'hello');
    expect(await ask(running, 'first')).toContain('certificate');
    running.container('nginx-proxy').assertRunning();
  });
});
