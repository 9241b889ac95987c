import { Duration, Size, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  LogFiles,
  LogFormat,
  LogRotation,
  LogRotator,
  MultiContainerPod,
  Multiline,
  PreStopSleep,
  SidecarMode,
  Vector,
  type VectorProps,
  VectorSink,
  VectorTransform,
} from '../../../../src/index';
import { describeLogAgent } from '../../../log-agent-contract';
import { container, deepFreeze, manifests, newChart, newDeployment, podSpec } from '../../../support';
import { vectorConfig, vectorConfigs } from '../../../vector-schema';

const LOGS = LogFiles.inDirectory('/var/log/app', { pattern: '*.log' });
const CONSOLE = VectorSink.console();
const LOKI = VectorSink.loki({ endpoint: 'http://loki:3100' });

/** The first file of each source is the one that is written. */
const tailed = (chart: any) =>
  vectorConfigs(chart).flatMap(({ sources }) => Object.values<any>(sources).map(({ include }) => include[0]));

describeLogAgent('Vector', { make: (options) => new Vector({ sink: LOKI, ...options }), tailed });

/** A Deployment "shop/web" with an agent that ships its logs. */
function ship(props: Partial<VectorProps> = {}, sidecarMode?: SidecarMode) {
  const chart = newChart();
  const pod = MultiContainerPod.of(newDeployment(chart), { sidecarMode });
  const agent = new Vector({ logs: LOGS, sink: CONSOLE, ...props });
  pod.add(agent);
  return { chart, pod, agent };
}

const stateOf = (chart: any) => podSpec(chart).volumes?.find(({ name }) => name === 'log-agent-state')?.emptyDir;

describe('a Vector', () => {
  test('runs the distroless image, told where its configuration is', () => {
    expect(container(ship().chart, 'log-agent')).toMatchObject({
      image: 'docker.io/timberio/vector:0.58.0-distroless-static',
      args: ['--config', '/etc/vector/vector.yaml'],
      ports: [{ containerPort: 8686, name: 'log-agent' }],
      livenessProbe: { httpGet: { path: '/health', port: 8686 } },
    });
  });

  test('tells its health on all interfaces, for the kubelet', () => {
    const { chart } = ship({ port: 8787 });
    expect(vectorConfig(chart).api).toEqual({ enabled: true, address: '0.0.0.0:8787' });
    expect(container(chart, 'log-agent').livenessProbe?.httpGet?.port).toBe(8787);
  });

  test('ends within the time it was given to deliver, and nobody may change that', () => {
    const limit = 'VECTOR_GRACEFUL_SHUTDOWN_LIMIT_SECS';
    const { chart } = ship({ flush: Duration.seconds(25) });
    expect(container(chart, 'log-agent').env).toContainEqual({ name: limit, value: '25' });
    expect(() => ship({ envVariables: { [limit]: kplus.EnvValue.fromValue('60') } })).toThrow(
      new Error(
        '[Vector] environment variable "VECTOR_GRACEFUL_SHUTDOWN_LIMIT_SECS" of "log-agent" is set by the companion itself; choose another name',
      ),
    );
  });

  test('leaves the expansion of environment variables off, which expressions would suffer from', () => {
    const variables = container(ship().chart, 'log-agent').env!.map(({ name }) => name);
    expect(variables).not.toContain('VECTOR_DANGEROUSLY_ALLOW_ENV_VAR_INTERPOLATION');
  });

  test('keeps unsent records on disk, at least 256 MiB for each sink that is away at times', () => {
    const { chart } = ship({ sink: LOKI, moreSinks: [CONSOLE, VectorSink.vector({ address: 'vector:6000' })] });
    const { sinks, data_dir } = vectorConfig(chart);
    expect(sinks.loki_1.buffer).toEqual({ type: 'disk', max_size: 268435488, when_full: 'block' });
    expect(sinks.console_2).not.toHaveProperty('buffer');
    expect(data_dir).toBe('/var/lib/vector');
    expect(stateOf(chart)).toEqual({ sizeLimit: `${2 * 3 * 128 + 32}Mi` });
  });

  test('keeps as much as it is told', () => {
    const { chart } = ship({ sink: LOKI, bufferLimit: Size.mebibytes(512) });
    expect(vectorConfig(chart).sinks.loki_1.buffer.max_size).toBe(512 * 1024 * 1024);
    expect(stateOf(chart)).toEqual({ sizeLimit: `${512 + 32}Mi` });
  });

  test('fails with a disk buffer of less than Vector takes', () => {
    expect(() => ship({ sink: LOKI, bufferLimit: Size.mebibytes(255) })).toThrow(
      new Error(
        '[Vector] `bufferLimit` of "log-agent" is 255 MiB, and Vector keeps no buffer of less than 256 MiB on disk; pass at least that',
      ),
    );
  });

  test('runs its transforms one after another on the records of all files', () => {
    const audit = LogFiles.inDirectory('/var/log/audit', { pattern: 'audit.json' });
    const transforms = [VectorTransform.remap('del(.host)'), VectorTransform.filter('.level != "debug"')];
    const { chart, agent } = ship({ transforms, moreSinks: [LOKI] });
    agent.addLogs(audit);
    const config = vectorConfig(chart);
    const records = ['app_var-log-app-log_record', 'app_var-log-audit-audit-json_record'];
    expect(config.transforms.transform_1).toEqual({ type: 'remap', inputs: records, source: 'del(.host)' });
    expect(config.transforms.transform_2.inputs).toEqual(['transform_1']);
    expect(Object.values<any>(config.sinks).map(({ inputs }) => inputs)).toEqual([['transform_2'], ['transform_2']]);
  });

  test('also reads the rotated files that are kept', () => {
    const { chart, pod } = ship();
    pod.add(new LogRotator({ logs: [LOGS], rotation: LogRotation.copyTruncate() }));
    const [source] = Object.values<any>(vectorConfig(chart).sources);
    expect(source.include).toEqual(['/var/log/app/*.log', '/var/log/app/*.log.[0-9]']);
    expect(source.exclude).toEqual(['/var/log/app/*.[0-9][0-9]']);
  });

  test('passes over what the application rotated itself', () => {
    const { chart, pod } = ship();
    pod.logs.write(LOGS, { rotation: LogRotation.byApplication({ rotatedFiles: 'old-*,*.gz' }) });
    const [source] = Object.values<any>(vectorConfig(chart).sources);
    expect(source).toMatchObject({
      include: ['/var/log/app/*.log'],
      exclude: ['/var/log/app/old-*', '/var/log/app/*.gz'],
    });
  });

  test.each([
    ['format', { format: LogFormat.regex('^(?!DEBUG)(?<text>.*)$') }, '(?!'],
    ['multiline', { multiline: Multiline.startingWith('(?<=x)y') }, '(?<='],
  ])('fails with an expression in `%s` that its engine does not know', (_, options, part) => {
    const logs = LogFiles.inDirectory('/var/log/app', { pattern: 'x.log', ...options });
    expect(() => ship().agent.addLogs(logs)).toThrow(
      new Error(
        `[shop/web] log agent "log-agent" cannot read "/var/log/app/x.log": Vector has no "${part}" in its regular expressions; write the expression without it`,
      ),
    );
  });
});

describe('the credentials of a Vector', () => {
  const secret = (name: string, key: string): kplus.SecretValue => ({
    secret: kplus.Secret.fromSecretName(newChart(), `${name}-${key}`, name),
    key,
  });

  test('are files of their Secret, which Vector reads when it starts', () => {
    const username = secret('loki-login', 'user-name');
    const password = secret('loki-login', 'password');
    const { chart } = ship({ sink: VectorSink.loki({ endpoint: 'https://loki', username, password }) });
    const { secret: backends, sinks } = vectorConfig(chart);
    expect(backends).toEqual({
      secret_1: { type: 'directory', path: '/etc/vector-secrets/loki-login', remove_trailing_whitespace: true },
    });
    expect(sinks.loki_1.auth).toEqual({
      strategy: 'basic',
      user: 'SECRET[secret_1.user_name]',
      password: 'SECRET[secret_1.password]',
    });
    expect(podSpec(chart).volumes).toContainEqual({
      name: 'log-agent-loki-login',
      secret: {
        secretName: 'loki-login',
        items: [
          { key: 'password', path: 'password' },
          { key: 'user-name', path: 'user_name' },
        ],
      },
    });
    expect(container(chart, 'log-agent').volumeMounts).toContainEqual({
      name: 'log-agent-loki-login',
      mountPath: '/etc/vector-secrets/loki-login',
      readOnly: true,
    });
  });

  test('of several Secrets are told apart, and one key is one file', () => {
    const token = secret('shared', 'a-b');
    const { chart } = ship({
      sink: VectorSink.of('http', { uri: 'http://a', auth: { strategy: 'bearer' } }, { 'auth.token': token }),
      moreSinks: [
        VectorSink.of('http', { uri: 'http://b' }, { 'request.headers.X-Key': secret('other', 'key') }),
        VectorSink.of('http', { uri: 'http://c' }, { 'auth.user': token, 'auth.password': secret('shared', 'a_b') }),
      ],
    });
    const { sinks } = vectorConfig(chart);
    expect(sinks.http_1.auth.token).toBe('SECRET[secret_1.a_b_1]');
    expect(sinks.http_2.request.headers).toEqual({ 'X-Key': 'SECRET[secret_2.key]' });
    expect(sinks.http_3.auth).toEqual({ user: 'SECRET[secret_1.a_b_1]', password: 'SECRET[secret_1.a_b_2]' });
  });

  test('need no volume where there are none', () => {
    const { chart } = ship();
    expect(vectorConfig(chart)).not.toHaveProperty('secret');
    expect(podSpec(chart).volumes!.filter((volume) => volume.secret)).toEqual([]);
  });
});

describe('a Vector as a classic sidecar', () => {
  test('is the Alpine image, whose `sleep` lets it outlive the main container', () => {
    const { chart } = ship({}, SidecarMode.CLASSIC);
    expect(container(chart, 'log-agent')).toMatchObject({
      image: 'docker.io/timberio/vector:0.58.0-alpine',
      lifecycle: { preStop: { exec: { command: ['sleep', String(30 + 2)] } } },
    });
  });

  test('is refused with an image of which nobody says how it waits', () => {
    expect(() => ship({ image: 'acme/vector:1.0.0' }, SidecarMode.CLASSIC)).toThrow('say with `preStopSleep`');
    expect(() =>
      ship({ image: 'acme/vector:1.0.0', preStopSleep: PreStopSleep.ACTION }, SidecarMode.CLASSIC),
    ).not.toThrow();
  });
});

test('a Vector keeps what it was made with, whatever becomes of the lists', () => {
  const moreSinks = [LOKI];
  const transforms = [VectorTransform.filter('true')];
  const props = { logs: LOGS, sink: CONSOLE, moreSinks, transforms };
  const { chart } = ship(props);
  moreSinks.length = 0;
  transforms.length = 0;
  expect(Object.keys(vectorConfig(chart).sinks)).toEqual(['console_1', 'loki_2']);
  expect(() => ship(deepFreeze({ ...props }))).not.toThrow();
  expect(manifests(chart, 'ConfigMap')).toHaveLength(1);
  expect(Testing.synth(chart)).toEqual(Testing.synth(chart));
});
