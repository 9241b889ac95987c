import { Duration, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  LogFiles,
  LogRotation,
  MultiContainerPod,
  type NginxProps,
  PodRules,
  WebServer,
  type WebServerProps,
} from '../../src';
import { container, deepFreeze, manifests, newChart, newDeployment } from '../support';

const CADDY: WebServerProps = deepFreeze({
  image: 'acme/caddy:2.8.4',
  user: 1000,
  port: 8080,
  logs: LogFiles.inDirectory('/var/log/caddy', { pattern: 'access.log' }),
  rotation: LogRotation.byApplication(),
});

/** A Deployment "shop/web" of this web server. */
function serve(web: WebServer) {
  const chart = newChart();
  const pod = MultiContainerPod.of(newDeployment(chart, { containers: [] }));
  web.bind(pod);
  const files: Record<string, string> = Object.assign({}, ...manifests(chart, 'ConfigMap').map(({ data }) => data));
  return { chart, pod, files, server: container(chart, 'webserver') };
}

const nginx = (props: NginxProps = {}) => serve(WebServer.nginx({ loopback: true, ...props }));
const probed = ({ server }: { server: any }) =>
  [server.startupProbe, server.readinessProbe, server.livenessProbe].map((probe) => probe?.httpGet);

describe('nginx on loopback', () => {
  test('listens on 127.0.0.1 alone, and lists only the port of its health', () => {
    const { chart, pod, files, server } = nginx();
    expect(files['default.conf']).toMatch(/^server \{\n {2}listen 127\.0\.0\.1:8080;/);
    expect(server.ports).toEqual([{ containerPort: 8081, name: 'health' }]);
    expect(pod.network.endpoints.map(({ port, name, loopback }) => [port, name, loopback])).toEqual([
      [8080, 'http', true],
      [8081, 'health', false],
    ]);
    expect(PodRules.check(Testing.synth(chart)).findings).toEqual([]);
  });

  test('is asked for its health at a port that serves nothing else', () => {
    const { files, server } = nginx();
    expect(probed({ server })).toEqual(Array(3).fill({ path: '/healthz', port: 8081, scheme: 'HTTP' }));
    expect(server.volumeMounts).toContainEqual({
      name: 'webserver-config',
      readOnly: true,
      mountPath: '/etc/nginx/conf.d/health.conf',
      subPath: 'health.conf',
    });
    expect(files['health.conf']).toContain('listen 8081;');
    expect(files['health.conf']).toContain('location / { return 404; }');
    expect(files['default.conf']).not.toContain('healthz');
  });

  test('takes other ports and another health path', () => {
    const { files, server } = nginx({ port: 9080, healthPort: 9081, healthPath: '/up' });
    expect(files['default.conf']).toContain('listen 127.0.0.1:9080;');
    expect(files['health.conf']).toMatch(/listen 9081;\n {2}location = \/up \{/);
    expect(probed({ server })[0]).toEqual({ path: '/up', port: 9081, scheme: 'HTTP' });
  });

  test('asks a server configuration with a health path, and answers for one without', () => {
    const serverConfiguration = 'server { listen 127.0.0.1:8080; }';
    const asked = nginx({ serverConfiguration, healthPath: '/up' });
    expect(asked.files['default.conf']).toBe(serverConfiguration);
    expect(asked.files['health.conf']).toContain('proxy_pass http://127.0.0.1:8080;');
    const answered = nginx({ serverConfiguration });
    expect(answered.files['health.conf']).toContain('return 200');
    expect(probed(answered)[2]).toEqual({ path: '/healthz', port: 8081, scheme: 'HTTP' });
  });

  test.each([
    ['8080', 'listen 8080;'],
    ['*:8080', 'listen 127.0.0.1:8080;\n  listen *:8080;'],
    ['[::]:8080', 'listen [::]:8080 ipv6only=on;'],
  ])('fails with a server configuration that listens on %s', (address, listen) => {
    const serverConfiguration = `server {\n  ${listen}\n}`;
    expect(() => WebServer.nginx({ loopback: true, serverConfiguration })).toThrow(
      new Error(
        `[WebServer.nginx] \`serverConfiguration\` has \`listen ${address}\`, which other pods reach in spite of \`loopback\`; write \`listen 127.0.0.1:8080\``,
      ),
    );
  });

  test.each([
    'server { listen 127.0.0.1:8080; listen localhost:8080; listen [::1]:8080; }',
    'server { listen 127.0.0.1:8080; listen 9113; # listen 8080;\n}',
  ])('takes the server configuration %p', (serverConfiguration) => {
    expect(() => WebServer.nginx({ loopback: true, serverConfiguration })).not.toThrow();
  });

  test.each<[NginxProps, string]>([
    [{ healthPort: 8081 }, '`healthPort` is 8081, but without `loopback` the probes ask `port` 8080; leave it out'],
    [
      { loopback: true, port: 8081 },
      '`port` and `healthPort` are both 8081, but only one of them is on the loopback interface; pass another `healthPort`',
    ],
    [
      { loopback: true, healthPort: 80 },
      '`healthPort` is 80, which nginx cannot open without root; pass an integer from 1024 to 65535',
    ],
  ])('fails with %p', (props, message) => {
    expect(() => WebServer.nginx(props)).toThrow(new Error(`[WebServer.nginx] ${message}`));
  });
});

describe('a web server of your own', () => {
  test('is probed at its health port, which no Service leads to', () => {
    const { chart, pod, server } = serve(WebServer.of({ ...CADDY, healthPath: '/live', healthPort: 9000 }));
    expect(probed({ server })).toEqual(Array(3).fill({ path: '/live', port: 9000, scheme: 'HTTP' }));
    expect(server.ports).toEqual([
      { containerPort: 8080, name: 'http' },
      { containerPort: 9000, name: 'health' },
    ]);
    pod.expose({ port: 80 });
    expect(manifests(chart, 'Service')[0].spec.ports).toEqual([{ name: 'http', port: 80, targetPort: 8080 }]);
  });

  test('lists no port that it opens on loopback', () => {
    const ports = [{ number: 9100, name: 'metrics' }];
    const { pod, server } = serve(WebServer.of({ ...CADDY, ports, loopback: true, healthPort: 9000 }));
    expect(server.ports?.map(({ name }) => name)).toEqual(['metrics', 'health']);
    expect(server.readinessProbe?.tcpSocket).toEqual({ port: 9000 });
    expect(pod.network.endpoints).toContainEqual(expect.objectContaining({ port: 8080, name: 'http', loopback: true }));
  });

  test('needs no health port on loopback where a command tells that it is ready', () => {
    const readiness = kplus.Probe.fromCommand(['caddy', 'validate'], { timeoutSeconds: Duration.seconds(2) });
    const { chart, server } = serve(WebServer.of({ ...CADDY, loopback: true, readiness }));
    expect(server).not.toHaveProperty('ports');
    expect(() => Testing.synth(chart)).not.toThrow();
  });

  test.each<[string, Partial<WebServerProps>]>([
    ['without a health port', {}],
    ['with a health path alone', { healthPath: '/up' }],
    ['with a health path for some probes', { healthPath: '/up', readiness: kplus.Probe.fromCommand(['true']) }],
  ])('fails on loopback %s', (_, props) => {
    expect(() => WebServer.of({ ...CADDY, loopback: true, ...props })).toThrow(
      new Error(
        "[WebServer.of] `port` 8080 is on the loopback interface, which the kubelet's probes do not reach; pass the `healthPort` of a listener on all interfaces, or `readiness` without `healthPath`",
      ),
    );
  });

  test('fails where port and health port are one', () => {
    expect(() => WebServer.of({ ...CADDY, healthPort: 8080 })).toThrow(
      new Error(
        '[WebServer.of] `port` and `healthPort` are both 8080; leave `healthPort` out, or pass that of another listener',
      ),
    );
  });

  test('fails to be exposed on loopback without a proxy', () => {
    const { pod } = serve(WebServer.of({ ...CADDY, loopback: true, healthPort: 9000 }));
    expect(() => pod.expose()).toThrow(
      new Error(
        '[shop/web] container "webserver" listens on the loopback interface alone, which no Service reaches; add a proxy that requests enter the pod through, or let the container listen on all interfaces',
      ),
    );
  });
});
