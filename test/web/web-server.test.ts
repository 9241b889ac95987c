import { Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { LogFiles, LogRotation, LogRotationMethod, MultiContainerPod, WebServer, type WebServerProps } from '../../src';
import { schemaProblems } from '../kubernetes-schema';
import { container, deepFreeze, manifests, newChart, newDeployment, podSpec } from '../support';

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
  web.bind(pod);
  return { chart, web, pod };
}

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
    web.bind(MultiContainerPod.of(newDeployment(chart, { containers: [] })));
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
    web.bind(MultiContainerPod.of(newDeployment(chart, { containers: [] })));
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
    expect(() => WebServer.of(CADDY).bind(pod)).toThrow(
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
    expect(logVolume(serve({ logSizeLimit: Size.gibibytes(2) }).chart)).toEqual({ sizeLimit: '2048Mi' });
  });
});

describe('a web server that writes no log files', () => {
  const { logs, rotation, ...STDOUT } = CADDY;

  test('has none, and nobody who rotates them', () => {
    const web = WebServer.of(STDOUT);
    expect([web.logs, web.rotation]).toEqual([[], undefined]);
    const chart = newChart();
    web.bind(MultiContainerPod.of(newDeployment(chart, { containers: [] })));
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
