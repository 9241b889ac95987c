import { Size, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  LogFiles,
  LogFormat,
  LogRotation,
  LogRotator,
  MultiContainerPod,
  Multiline,
  OtelCollector,
  type OtelCollectorProps,
  OtelExporter,
  OtelSignal,
  PreStopSleep,
  SidecarMode,
} from '../../../../src/index';
import { describeLogAgent } from '../../../log-agent-contract';
import { otelConfig, otelConfigs } from '../../../otel-collector-schema';
import { container, newChart, newDeployment, podSpec } from '../../../support';

const LOGS = LogFiles.inDirectory('/var/log/app', { pattern: '*.log' });
const DEBUG = OtelExporter.debug();
const OTLP = OtelExporter.otlpHttp({ endpoint: 'http://collector:4318' });

/** The first file of each receiver is the one that is written. */
const tailed = (chart: any) =>
  otelConfigs(chart).flatMap(({ receivers }) => Object.values<any>(receivers).map(({ include }) => include[0]));

describeLogAgent('OtelCollector', {
  make: (options) => new OtelCollector({ exporter: OTLP, ...options }),
  tailed,
  classic: false,
  mebibytes: 256,
});

/** A Deployment "shop/web" with an agent that ships its logs. */
function ship(props: Partial<OtelCollectorProps> = {}, sidecarMode?: SidecarMode) {
  const chart = newChart();
  const pod = MultiContainerPod.of(newDeployment(chart), { sidecarMode });
  const agent = new OtelCollector({ logs: LOGS, exporter: DEBUG, ...props });
  pod.add(agent);
  return { chart, pod, agent };
}

const env = (chart: any, name: string) => container(chart, name).env ?? [];
const sourceOf = (chart: any): any => Object.values(otelConfig(chart).receivers)[0];

describe('an OpenTelemetry Collector', () => {
  test('runs the contrib distribution, told where its configuration is', () => {
    expect(container(ship().chart, 'log-agent')).toMatchObject({
      image: 'docker.io/otel/opentelemetry-collector-contrib:0.165.0',
      args: ['--config', '/etc/otelcol-contrib/config.yaml'],
      securityContext: { runAsUser: 10001 },
      ports: [{ containerPort: 13133, name: 'log-agent' }],
      livenessProbe: { httpGet: { path: '/', port: 13133 } },
    });
  });

  test('has no endpoint where it takes no OTLP', () => {
    const { agent, pod } = ship();
    expect(() => agent.endpoint(pod)).toThrow(new Error('[shop/web] log agent "log-agent" takes no OTLP; pass `otlp`'));
    const stranger = MultiContainerPod.of(newDeployment(newChart()));
    expect(() => ship({ otlp: {} }).agent.endpoint(stranger)).toThrow(
      new Error('[shop/web] log agent "log-agent" is not in this pod; call `pod.add` with it first'),
    );
  });

  test('tells its health on all interfaces, for the kubelet, and opens no other port', () => {
    const { extensions, service, receivers } = otelConfig(ship({ port: 14000 }).chart);
    expect(extensions.health_check.endpoint).toBe('0.0.0.0:14000');
    expect(service.telemetry.metrics.level).toBe('none');
    expect(Object.keys(receivers)).toEqual(['file_log/app.var-log-app-log']);
  });

  test('gives the Go runtime four fifths of its memory, and checks the same itself', () => {
    const limit = (memory: number) => ({ name: 'GOMEMLIMIT', value: `${memory}MiB` });
    expect(env(ship().chart, 'log-agent')).toContainEqual(limit(204));
    const { chart } = ship({ resources: { memory: { limit: Size.mebibytes(500) } } });
    expect(env(chart, 'log-agent')).toContainEqual(limit(400));
    expect(otelConfig(chart).processors.memory_limiter.limit_percentage).toBe(80);
    const names = env(ship({ resources: { cpu: { request: kplus.Cpu.millis(9) } } }).chart, 'log-agent');
    expect(names.map(({ name }) => name)).not.toContain('GOMEMLIMIT');
  });

  test('keeps positions and unsent records on its volume, and waits where that is full', () => {
    const { chart } = ship({ exporter: OTLP, moreExporters: [DEBUG], bufferLimit: Size.mebibytes(64) });
    const { extensions, exporters } = otelConfig(chart);
    expect(extensions.file_storage.directory).toBe('/var/lib/otelcol/file_storage');
    expect(sourceOf(chart)).toMatchObject({
      storage: 'file_storage',
      retry_on_failure: { enabled: true, max_elapsed_time: '0s' },
    });
    expect(exporters.otlp_http.sending_queue).toMatchObject({
      storage: 'file_storage',
      sizer: 'bytes',
      queue_size: 64 * 1024 * 1024,
      block_on_overflow: true,
    });
    expect(exporters.debug).not.toHaveProperty('sending_queue');
    expect(podSpec(chart).volumes).toContainEqual({ name: 'log-agent-state', emptyDir: { sizeLimit: '160Mi' } });
  });

  test('also reads the rotated files that are kept', () => {
    const { chart, pod } = ship();
    pod.add(new LogRotator({ logs: [LOGS], rotation: LogRotation.renameAndSignal({ process: 'app' }) }));
    expect(sourceOf(chart).include).toEqual(['/var/log/app/*.log', '/var/log/app/*.log.[0-9]']);
  });

  test('reads a truncated file from its head again, and what was not read in its copy', () => {
    const { chart, pod } = ship();
    expect(sourceOf(chart)).not.toHaveProperty('on_truncate');
    pod.add(new LogRotator({ logs: [LOGS], rotation: LogRotation.copyTruncate() }));
    expect(sourceOf(chart)).toMatchObject({
      include: ['/var/log/app/*.log', '/var/log/app/*.log.[0-9]'],
      on_truncate: 'read_whole_file',
    });
  });

  test('passes over rotated files where their names are known', () => {
    const { chart, pod } = ship();
    pod.logs.write(LOGS, { rotation: LogRotation.byApplication({ rotatedFiles: 'old-*' }) });
    expect(sourceOf(chart).exclude).toEqual(['/var/log/app/old-*']);
    expect(sourceOf(ship().chart)).not.toHaveProperty('exclude');
  });

  test('tells pod, namespace, node and container of each line', () => {
    const { chart } = ship();
    expect(sourceOf(chart).resource).toEqual({ 'k8s.container.name': 'app' });
    expect(otelConfig(chart).processors.resource.attributes).toEqual([
      { key: 'k8s.pod.name', value: '${env:POD_NAME}', action: 'upsert' },
      { key: 'k8s.namespace.name', value: '${env:POD_NAMESPACE}', action: 'upsert' },
      { key: 'k8s.node.name', value: '${env:NODE_NAME}', action: 'upsert' },
    ]);
  });

  test.each([
    [
      'a stack trace that has no end of its own',
      { multiline: Multiline.python() },
      'the collector cannot tell where a stack trace of "python" ends; say with `Multiline.startingWith` how a record begins',
    ],
    [
      'an expression that its engine does not know',
      { format: LogFormat.regex('^(?!DEBUG)(?<text>.*)$') },
      'the collector has no "(?!" in its regular expressions; write the expression without it',
    ],
  ])('fails with %s', (_, options, problem) => {
    const logs = LogFiles.inDirectory('/var/log/app', { pattern: 'x.log', ...options });
    expect(() => ship().agent.addLogs(logs)).toThrow(
      new Error(`[shop/web] log agent "log-agent" cannot read "/var/log/app/x.log": ${problem}`),
    );
  });

  test('fails with files that no exporter takes', () => {
    const exporter = OtelExporter.otlp({ endpoint: 'tempo:4317', signals: [OtelSignal.TRACES] });
    expect(() => ship({ exporter })).toThrow(
      new Error(
        '[shop/web] log agent "log-agent" cannot read "/var/log/app/*.log": none of its exporters takes logs; add one that does',
      ),
    );
  });

  test('keeps what it was made with, whatever becomes of the list', () => {
    const moreExporters = [OTLP];
    const { chart } = ship({ moreExporters });
    moreExporters.length = 0;
    expect(Object.keys(otelConfig(chart).exporters)).toEqual(['debug', 'otlp_http']);
  });
});

describe('an OpenTelemetry Collector that takes OTLP', () => {
  test('listens on localhost and tells the SDK in the main container', () => {
    const { chart, pod, agent } = ship({ otlp: {} });
    expect(agent.endpoint(pod).url).toBe('http://127.0.0.1:4318');
    expect(otelConfig(chart).receivers.otlp).toEqual({
      protocols: { grpc: { endpoint: '127.0.0.1:4317' }, http: { endpoint: '127.0.0.1:4318' } },
    });
    expect(env(chart, 'app')).toEqual([
      { name: 'OTEL_EXPORTER_OTLP_ENDPOINT', value: 'http://127.0.0.1:4318' },
      { name: 'OTEL_EXPORTER_OTLP_PROTOCOL', value: 'http/protobuf' },
    ]);
    expect(container(chart, 'log-agent').ports?.map(({ containerPort }) => containerPort)).toEqual([13133]);
    expect(pod.network.endpoints.filter(({ loopback }) => loopback).map(({ port }) => port)).toEqual([4317, 4318]);
  });

  test('listens where it is told, and tells what it is told', () => {
    const { chart } = ship({ otlp: { grpcPort: 14317, httpPort: 14318, variables: { address: 'OTEL_ADDRESS' } } });
    expect(otelConfig(chart).receivers.otlp.protocols.grpc.endpoint).toBe('127.0.0.1:14317');
    expect(env(chart, 'app')).toEqual([{ name: 'OTEL_ADDRESS', value: '127.0.0.1:14318' }]);
  });

  test('needs no files', () => {
    const { chart } = ship({ logs: undefined, otlp: {}, exporter: OTLP });
    const pipeline = { receivers: ['otlp'], processors: ['memory_limiter', 'resource'], exporters: ['otlp_http'] };
    expect(otelConfig(chart).service.pipelines).toEqual({ logs: pipeline, traces: pipeline, metrics: pipeline });
  });

  test('sends each signal to those who take it', () => {
    const exporter = OtelExporter.loki({ endpoint: 'http://loki:3100' });
    const traces = OtelExporter.otlp({ endpoint: 'tempo:4317', signals: [OtelSignal.TRACES] });
    const { pipelines } = otelConfig(ship({ otlp: {}, exporter, moreExporters: [traces] }).chart).service;
    expect(Object.keys(pipelines)).toEqual(['logs', 'traces']);
    expect(pipelines.logs).toMatchObject({
      receivers: ['file_log/app.var-log-app-log', 'otlp'],
      exporters: ['otlp_http'],
    });
    expect(pipelines.traces).toMatchObject({ receivers: ['otlp'], exporters: ['otlp_grpc'] });
  });

  test('fails where another container has the port', () => {
    const { pod } = ship({ otlp: {} });
    expect(() => pod.add(new OtelCollector({ name: 'other', port: 1, exporter: DEBUG, otlp: {} }))).toThrow('4317/TCP');
  });

  test('fails where the main container is told of another receiver', () => {
    const chart = newChart();
    const pod = MultiContainerPod.of(newDeployment(chart));
    pod.addEnv('app', 'OTEL_EXPORTER_OTLP_ENDPOINT', kplus.EnvValue.fromValue('http://elsewhere'));
    expect(() => pod.add(new OtelCollector({ exporter: DEBUG, otlp: {} }))).toThrow('OTEL_EXPORTER_OTLP_ENDPOINT');
  });
});

describe('an OpenTelemetry Collector as a classic sidecar', () => {
  test('is refused, as its image has no `sleep`', () => {
    expect(() => ship({}, SidecarMode.CLASSIC)).toThrow(
      new Error(
        '[shop/web] container "log-agent" must outlive the main container by 10 s, but a classic sidecar is stopped at the same moment; use SidecarMode.NATIVE, or say with `preStopSleep` what lets it wait',
      ),
    );
  });

  test('waits with the kubelet', () => {
    const { chart } = ship({ preStopSleep: PreStopSleep.ACTION }, SidecarMode.CLASSIC);
    expect(container(chart, 'log-agent').lifecycle).toEqual({ preStop: { sleep: { seconds: 30 + 2 } } });
    expect(Testing.synth(chart)).toEqual(Testing.synth(chart));
  });
});
