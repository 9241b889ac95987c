import { Duration, Size, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Protocol } from 'cdk8s-plus-28';
import {
  type ApplicationProps,
  LogFiles,
  LogRotation,
  LogRotationMethod,
  MultiContainerPod,
  type NginxProps,
  PodRules,
  PreStopSleep,
  type ServingOptions,
  WebServer,
  type WebServerProps,
} from '../../src';
import { addApplication } from '../../src/web/application';
import { buildHealthProbes } from '../../src/web/health';
import { addServing, toServingParts } from '../../src/web/serving';
import { schemaProblems } from '../kubernetes-schema';
import { container, deepFreeze, manifests, newChart, newDeployment, podSpec } from '../support';

describe('application', () => {
  const SHOP: ApplicationProps = deepFreeze({
    name: 'shop',
    image: 'acme/shop:1.0.0',
    user: 1000,
    port: 8080,
    healthPath: '/healthz',
  });

  function run(props: Partial<ApplicationProps> = {}) {
    const chart = newChart();
    const pod = MultiContainerPod.of(newDeployment(chart, { containers: [] }));
    addApplication(pod, { ...SHOP, ...props });
    return { chart, pod };
  }

  test('an application is the main container, probed at its port', () => {
    const { chart, pod } = run();
    expect(pod.main.name).toBe('shop');
    expect(container(chart, 'shop')).toMatchObject({
      ports: [{ containerPort: 8080, name: 'http' }],
      readinessProbe: { httpGet: { path: '/healthz', port: 8080 } },
      resources: { requests: { cpu: '250m', memory: '512Mi' } },
    });
    expect(PodRules.check(Testing.synth(chart)).findings).toEqual([]);
  });

  test('fails with what is wrong with an application, at the place of its pod', () => {
    expect(() => run({ healthPath: 'up' })).toThrow(
      new Error('[shop/web] `healthPath` "up" is not a path; begin it with "/", and use no blanks, quotes or braces'),
    );
  });
});

function probesOf(port: number, path?: string) {
  const chart = newChart();
  const deployment = newDeployment(chart, { containers: [] });
  MultiContainerPod.of(deployment).addMainContainer({
    name: 'web',
    image: 'acme/web:1.0.0',
    user: 1000,
    ports: [{ number: port }],
    ...buildHealthProbes(port, path),
  });
  const { readinessProbe, livenessProbe, startupProbe } = container(chart, 'web');
  return { readinessProbe, livenessProbe, startupProbe };
}

test('a web server with a health path is ready and alive while it answers there, and has three minutes to start', () => {
  const httpGet = { path: '/healthz', port: 8081, scheme: 'HTTP' };
  expect(probesOf(8081, '/healthz')).toEqual({
    readinessProbe: { failureThreshold: 3, httpGet, periodSeconds: 5, timeoutSeconds: 2 },
    livenessProbe: { failureThreshold: 3, httpGet, periodSeconds: 10, timeoutSeconds: 5 },
    startupProbe: { failureThreshold: 90, httpGet, periodSeconds: 2, timeoutSeconds: 2 },
  });
});

test('a web server without one is ready while its port is open, and never restarted for its health', () => {
  expect(probesOf(8081)).toEqual({
    readinessProbe: { failureThreshold: 3, tcpSocket: { port: 8081 }, periodSeconds: 5, timeoutSeconds: 2 },
    livenessProbe: undefined,
    startupProbe: undefined,
  });
});

test.each(['/', '/up?full=1&deep=%20', '/a/b_c-d.e~f'])('"%s" is a health path', (path) => {
  expect(probesOf(8081, path).readinessProbe?.httpGet).toMatchObject({ path });
});

const NO_PATHS = [
  '',
  'up',
  'http://shop/up',
  ' /up',
  '/up ',
  '/a b',
  '/up\n',
  '/up;',
  '/{up',
  '/up}',
  '/"up"',
  "/'up'",
];

test.each(NO_PATHS)('fails with the health path "%s", which is none', (path) => {
  expect(() => WebServer.nginx({ healthPath: path })).toThrow(
    new Error(
      `[WebServer.nginx] \`healthPath\` "${path}" is not a path; begin it with "/", and use no blanks, quotes or braces`,
    ),
  );
});

describe('loopback', () => {
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
    web.addTo(pod);
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
      const serverConfig = 'server { listen 127.0.0.1:8080; }';
      const asked = nginx({ serverConfig, healthPath: '/up' });
      expect(asked.files['default.conf']).toBe(serverConfig);
      expect(asked.files['health.conf']).toContain('proxy_pass http://127.0.0.1:8080;');
      const answered = nginx({ serverConfig });
      expect(answered.files['health.conf']).toContain('return 200');
      expect(probed(answered)[2]).toEqual({ path: '/healthz', port: 8081, scheme: 'HTTP' });
    });

    test.each([
      ['8080', 'listen 8080;'],
      ['*:8080', 'listen 127.0.0.1:8080;\n  listen *:8080;'],
      ['[::]:8080', 'listen [::]:8080 ipv6only=on;'],
    ])('fails with a server configuration that listens on %s', (address, listen) => {
      const serverConfig = `server {\n  ${listen}\n}`;
      expect(() => WebServer.nginx({ loopback: true, serverConfig })).toThrow(
        new Error(
          `[WebServer.nginx] \`serverConfig\` has \`listen ${address}\`, which other pods reach in spite of \`loopback\`; write \`listen 127.0.0.1:8080\``,
        ),
      );
    });

    test.each([
      'server { listen 127.0.0.1:8080; listen localhost:8080; listen [::1]:8080; }',
      'server { listen 127.0.0.1:8080; listen 9113; # listen 8080;\n}',
    ])('takes the server configuration %p', (serverConfig) => {
      expect(() => WebServer.nginx({ loopback: true, serverConfig })).not.toThrow();
    });

    test.each<[NginxProps, string]>([
      [{ healthPort: 8081 }, '`healthPort` is 8081, but without `loopback` the probes ask `port` 8080; leave it out'],
      [
        { loopback: true, port: 8081 },
        '`port` and `healthPort` are both 8081, but only one of them is on the loopback interface; pass another `healthPort`',
      ],
      [
        { loopback: true, healthPort: 65536 },
        '`healthPort` 65536 is not a port number; pass an integer from 1 to 65535',
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
      expect(pod.network.endpoints).toContainEqual(
        expect.objectContaining({ port: 8080, name: 'http', loopback: true }),
      );
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
});

describe('serving', () => {
  const SHOP = { name: 'shop', image: 'acme/shop:1.0.0', user: 1000 };

  type Options = Partial<ServingOptions> & { readonly port?: number };

  /** A Deployment "shop/web" of this container. */
  function serve(options: Options) {
    const chart = newChart();
    const pod = MultiContainerPod.of(newDeployment(chart, { containers: [] }));
    addServing(pod, toServingParts('shop', { ...SHOP, ...options }));
    return { chart, pod, main: container(chart, 'shop') };
  }

  test('a container that serves has its port first, and once', () => {
    const ports = [{ number: 8080 }, { number: 8080, protocol: Protocol.UDP, name: 'quic' }, { number: 9000 }];
    expect(serve({ port: 8080, ports }).main.ports?.map(({ containerPort, name }) => [containerPort, name])).toEqual([
      [8080, 'http'],
      [8080, 'quic'],
      [9000, undefined],
    ]);
  });

  test('a container without a port is probed at its health port alone', () => {
    expect(serve({}).main).not.toHaveProperty('readinessProbe');
    const { main, pod } = serve({ healthPort: 9000, healthPath: '/healthz' });
    expect(main.livenessProbe?.httpGet).toMatchObject({ path: '/healthz', port: 9000 });
    expect(main.ports).toEqual([{ containerPort: 9000, name: 'health' }]);
    expect(() => pod.expose()).toThrow('lists no port to expose');
  });

  test('a container that serves has a pause, and its drain after that', () => {
    const { chart, main } = serve({ port: 8080, preStopSleep: PreStopSleep.ACTION, drain: Duration.seconds(40) });
    expect(main.lifecycle).toEqual({ preStop: { sleep: { seconds: 5 } } });
    expect(podSpec(chart).terminationGracePeriodSeconds).toBe(45);
  });

  test.each<[string, Options]>([
    ['loopback', { loopback: true }],
    ['healthPath', { healthPath: '/healthz' }],
  ])('fails with `%s` of a container without a port', (prop, options) => {
    expect(() => serve(options)).toThrow(
      new Error(`[shop] \`${prop}\` is given without \`port\`; pass the port that "shop" listens on`),
    );
  });
});

describe('web server stop', () => {
  const CADDY: WebServerProps = deepFreeze({
    image: 'acme/caddy:2.8.4',
    user: 1000,
    port: 8081,
    logs: LogFiles.inDirectory('/var/log/caddy', { pattern: 'access.log' }),
    rotation: LogRotation.byApplication(),
  });

  /** A Deployment "shop/web" whose main container is this web server. */
  function serve(props: Partial<WebServerProps> = {}) {
    const chart = newChart();
    const pod = MultiContainerPod.of(newDeployment(chart, { containers: [] }));
    WebServer.of({ ...CADDY, ...props }).addTo(pod);
    return { chart };
  }

  describe('the stop of a web server', () => {
    test('takes as long as its open requests, unless the workload gives it longer', () => {
      const grace = (drain?: Duration) => podSpec(serve({ drain }).chart).terminationGracePeriodSeconds;
      expect(grace()).toBe(30);
      expect(grace(Duration.seconds(60))).toBe(60);
      expect(container(serve().chart, 'webserver')).not.toHaveProperty('lifecycle');
    });

    test.each([
      [PreStopSleep.COMMAND, { exec: { command: ['sleep', '5'] } }],
      [PreStopSleep.ACTION, { sleep: { seconds: 5 } }],
    ])('waits for other nodes with %s before it drains', (preStopSleep, preStop) => {
      const { chart } = serve({ preStopSleep, drain: Duration.seconds(40) });
      expect(container(chart, 'webserver').lifecycle).toEqual({ preStop });
      expect(podSpec(chart).terminationGracePeriodSeconds).toBe(45);
    });

    test('waits for as long as it is told', () => {
      const { chart } = serve({ preStopSleep: PreStopSleep.COMMAND, preStopPause: Duration.seconds(12) });
      expect(container(chart, 'webserver').lifecycle).toEqual({ preStop: { exec: { command: ['sleep', '12'] } } });
      expect(podSpec(chart).terminationGracePeriodSeconds).toBe(37);
    });

    test('has no wait where its pause is zero', () => {
      const { chart } = serve({
        preStopSleep: PreStopSleep.COMMAND,
        preStopPause: Duration.seconds(0),
        drain: Duration.seconds(70),
      });
      expect(container(chart, 'webserver')).not.toHaveProperty('lifecycle');
      expect(podSpec(chart).terminationGracePeriodSeconds).toBe(70);
    });

    test('runs a hook of its own where it does not wait', () => {
      const lifecycle = { preStop: kplus.Handler.fromCommand(['deregister']) };
      expect(container(serve({ lifecycle }).chart, 'webserver').lifecycle).toEqual({
        preStop: { exec: { command: ['deregister'] } },
      });
    });

    test('waits for a whole second where it asks for a part of one', () => {
      const times = { preStopPause: Duration.millis(200), drain: Duration.millis(60_100) };
      const { chart } = serve({ preStopSleep: PreStopSleep.COMMAND, ...times });
      expect(container(chart, 'webserver').lifecycle).toEqual({ preStop: { exec: { command: ['sleep', '1'] } } });
      expect(podSpec(chart).terminationGracePeriodSeconds).toBe(1 + 61);
    });

    test('fails with a hook of its own where it should wait', () => {
      const lifecycle = { preStop: kplus.Handler.fromCommand(['deregister']) };
      expect(() => WebServer.of({ ...CADDY, preStopSleep: PreStopSleep.COMMAND, lifecycle })).toThrow(
        new Error(
          '[WebServer.of] both `preStopSleep` and `lifecycle.preStop` are given, and a container has one hook; pass one of them',
        ),
      );
    });

    test('fails where nothing lets the image wait', () => {
      expect(() => WebServer.of({ ...CADDY, preStopPause: Duration.seconds(12) })).toThrow(
        new Error(
          '[WebServer.of] `preStopPause` is 12 s, but nothing lets the image "acme/caddy:2.8.4" wait; pass `preStopSleep`',
        ),
      );
    });
  });
});

describe('web server', () => {
  const LOGS = LogFiles.inDirectory('/var/log/caddy', { pattern: 'access.log' });
  const ERRORS = LogFiles.inDirectory('/var/log/caddy', { pattern: 'error.log' });
  const CADDY: WebServerProps = deepFreeze({
    image: 'acme/caddy:2.8.4',
    user: 1000,
    port: 8081,
    logs: LOGS,
    rotation: LogRotation.byApplication(),
  });

  /** A Deployment "shop/web" whose main container is this web server. */
  function serve(props: Partial<WebServerProps> = {}) {
    const chart = newChart();
    const web = WebServer.of({ ...CADDY, ...props });
    const pod = MultiContainerPod.of(newDeployment(chart, { containers: [] }));
    web.addTo(pod);
    return { chart, web, pod };
  }

  test('is no companion, which `pod.add` would take', () => {
    const { web, pod } = serve();
    // @ts-expect-error a web server is the main container of a pod
    expect(() => pod.add(web)).toThrow('[shop/web] `companion` is a WebServer; pass an ICompanion');
  });

  const logVolume = (chart: any): any =>
    podSpec(chart).volumes?.find(({ name }) => name === 'webserver-var-log-caddy')?.emptyDir;

  describe('a web server of your own', () => {
    test('is the main container, with its port named "http"', () => {
      const { chart, web, pod } = serve({ ports: [{ number: 9000, name: 'admin' }] });
      expect(container(chart, 'webserver')).toMatchObject({
        image: 'acme/caddy:2.8.4',
        ports: [
          { containerPort: 8081, name: 'http' },
          { containerPort: 9000, name: 'admin' },
        ],
        securityContext: { runAsUser: 1000 },
      });
      expect([web.name, web.port, web.logs]).toEqual(['webserver', 8081, [LOGS]]);
      expect(pod.main.name).toBe('webserver');
      expect(manifests(chart, 'Deployment').flatMap(schemaProblems)).toEqual([]);
    });

    test('writes its log files to one volume for each directory', () => {
      const audit = LogFiles.inDirectory('/audit', { pattern: '*.json' });
      const { chart, web } = serve({ moreLogs: [ERRORS, audit] });
      expect(web.logs).toEqual([LOGS, ERRORS, audit]);
      expect(container(chart, 'webserver').volumeMounts).toEqual([
        { mountPath: '/var/log/caddy', name: 'webserver-var-log-caddy' },
        { mountPath: '/audit', name: 'webserver-audit' },
      ]);
    });

    test('keeps its list of log files to itself', () => {
      const moreLogs = [ERRORS];
      const { web } = serve({ moreLogs });
      web.logs.push(ERRORS);
      moreLogs.push(LOGS);
      expect(web.logs).toEqual([LOGS, ERRORS]);
    });

    test('keeps its ports, whatever becomes of the list', () => {
      const ports = [{ number: 9000, name: 'admin' }];
      const web = WebServer.of({ ...CADDY, ports });
      ports.push({ number: 9001, name: 'debug' });
      const chart = newChart();
      web.addTo(MultiContainerPod.of(newDeployment(chart, { containers: [] })));
      expect(container(chart, 'webserver').ports?.map(({ name }) => name)).toEqual(['http', 'admin']);
    });

    test('keeps all that it was made with, whatever becomes of the props', () => {
      const args = ['run'];
      const envVariables = { TZ: kplus.EnvValue.fromValue('UTC') };
      const resources: Record<string, object> = { memory: { limit: Size.mebibytes(96) } };
      const web = WebServer.of({ ...CADDY, args, envVariables, resources });
      args.push('--debug');
      envVariables.TZ = kplus.EnvValue.fromValue('CET');
      resources.memory = { limit: Size.gibibytes(1) };
      const chart = newChart();
      web.addTo(MultiContainerPod.of(newDeployment(chart, { containers: [] })));
      expect(container(chart, 'webserver')).toMatchObject({
        args: ['run'],
        env: [{ name: 'TZ', value: 'UTC' }],
        resources: { limits: { memory: '96Mi' } },
      });
    });

    test('lists its port once where `ports` repeat it', () => {
      const ports = [
        { number: 8081, name: 'web' },
        { number: 9000, name: 'admin' },
      ];
      expect(container(serve({ ports }).chart, 'webserver').ports).toEqual([
        { containerPort: 8081, name: 'http' },
        { containerPort: 9000, name: 'admin' },
      ]);
    });

    test('takes all settings of a container', () => {
      const { chart } = serve({
        name: 'caddy',
        args: ['run'],
        envVariables: { TZ: kplus.EnvValue.fromValue('UTC') },
        writableDirectories: ['/data'],
        resources: { cpu: { request: kplus.Cpu.millis(200) } },
      });
      expect(container(chart, 'caddy')).toMatchObject({
        args: ['run'],
        env: [{ name: 'TZ', value: 'UTC' }],
        volumeMounts: expect.arrayContaining([{ mountPath: '/data', name: 'caddy-data' }]),
        resources: { requests: { cpu: '200m' } },
      });
    });

    test('is probed at its health path, or at its port', () => {
      const httpGet = { path: '/live', port: 8081, scheme: 'HTTP' };
      const { startupProbe, readinessProbe, livenessProbe } = container(
        serve({ healthPath: '/live' }).chart,
        'webserver',
      );
      expect([startupProbe, readinessProbe, livenessProbe].map((probe: any) => probe.httpGet)).toEqual(
        Array(3).fill(httpGet),
      );
      expect(startupProbe).toMatchObject({ periodSeconds: 2, failureThreshold: 90 });
      const without = container(serve().chart, 'webserver');
      expect(without.readinessProbe?.tcpSocket).toEqual({ port: 8081 });
      expect(without).not.toHaveProperty('livenessProbe');
      expect(without).not.toHaveProperty('startupProbe');
    });

    test('is probed by default where its probes are undefined', () => {
      const probes = { startup: undefined, readiness: undefined, liveness: undefined };
      expect(container(serve(probes).chart, 'webserver')).toEqual(container(serve().chart, 'webserver'));
      const healthPath = '/live';
      expect(container(serve({ ...probes, healthPath }).chart, 'webserver')).toEqual(
        container(serve({ healthPath }).chart, 'webserver'),
      );
    });

    test('is probed as it says itself', () => {
      const readiness = kplus.Probe.fromHttpGet('/ready', { port: 8081 });
      const startup = kplus.Probe.fromHttpGet('/started', { port: 8081, failureThreshold: 7 });
      const webserver = container(serve({ readiness, startup, healthPath: '/live' }).chart, 'webserver');
      expect(webserver.readinessProbe?.httpGet).toMatchObject({ path: '/ready' });
      expect(webserver.startupProbe).toMatchObject({ httpGet: { path: '/started' }, failureThreshold: 7 });
      expect(webserver.livenessProbe?.httpGet).toMatchObject({ path: '/live' });
    });

    test('fails with a health path that is none', () => {
      expect(() => WebServer.of({ ...CADDY, healthPath: 'live' })).toThrow(
        new Error(
          '[WebServer.of] `healthPath` "live" is not a path; begin it with "/", and use no blanks, quotes or braces',
        ),
      );
    });

    test('fails on a pod that has a main container', () => {
      const pod = MultiContainerPod.of(newDeployment(newChart()));
      expect(() => WebServer.of(CADDY).addTo(pod)).toThrow(
        new Error(
          '[shop/web] the pod already has the main container "app", so "webserver" cannot be another; add it with `addSidecar` or give it a pod of its own',
        ),
      );
    });
  });

  describe('the rotation of its log files', () => {
    test.each([
      ['by the application', LogRotation.byApplication(), LogRotationMethod.APPLICATION, 64 * (5 + 1) * 2],
      [
        'as the application says',
        LogRotation.byApplication({ keep: 1 }),
        LogRotationMethod.APPLICATION,
        64 * (1 + 1) * 2,
      ],
      ['by copying', LogRotation.copyTruncate(), LogRotationMethod.COPY_TRUNCATE, 16 * (3 + 1) * 2],
      [
        'by renaming',
        LogRotation.renameAndSignal({ process: 'caddy', maxFileSize: Size.mebibytes(1), keep: 9 }),
        LogRotationMethod.RENAME_AND_SIGNAL,
        1 * (9 + 1) * 2,
      ],
    ])('%s makes room for each pattern, twice', (_, rotation, method, room) => {
      expect(serve({ rotation }).web.rotation?.method).toBe(method);
      expect(logVolume(serve({ rotation }).chart)).toEqual({ sizeLimit: `${room}Mi` });
      expect(logVolume(serve({ rotation, moreLogs: [ERRORS] }).chart)).toEqual({ sizeLimit: `${2 * room}Mi` });
    });

    test('leaves the size of the volume to who states it', () => {
      expect(logVolume(serve({ logSizeLimit: Size.gibibytes(2) }).chart)).toEqual({ sizeLimit: '2Gi' });
    });
  });

  describe('a web server that writes no log files', () => {
    const { logs, rotation, ...STDOUT } = CADDY;

    test('has none, and nobody who rotates them', () => {
      const web = WebServer.of(STDOUT);
      expect([web.logs, web.rotation]).toEqual([[], undefined]);
      const chart = newChart();
      web.addTo(MultiContainerPod.of(newDeployment(chart, { containers: [] })));
      expect(podSpec(chart)).not.toHaveProperty('volumes');
    });

    test.each<[string, Partial<WebServerProps>]>([
      ['moreLogs', { moreLogs: [ERRORS] }],
      ['rotation', { rotation }],
      ['logSizeLimit', { logSizeLimit: Size.gibibytes(1) }],
    ])('fails with `%s`', (prop, props) => {
      expect(() => WebServer.of({ ...STDOUT, ...props })).toThrow(
        new Error(`[WebServer.of] \`${prop}\` is given without \`logs\`; pass the log files that it writes`),
      );
    });

    test('fails with log files that nobody rotates', () => {
      expect(() => WebServer.of({ ...STDOUT, logs })).toThrow(
        new Error(
          '[WebServer.of] nobody rotates the `logs`, which would fill their volume until the pod is evicted; say with `rotation` who does',
        ),
      );
    });
  });

  test('a web server says whether other pods reach it', () => {
    expect(WebServer.of(CADDY).loopback).toBe(false);
    expect(WebServer.nginx({ loopback: true }).loopback).toBe(true);
  });
});
