import { Duration, Size, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  FluentBit,
  FluentBitFilter,
  FluentBitOutput,
  type FluentBitProps,
  LogFiles,
  LogRotation,
  MultiContainerPod,
} from '../../../../src/index';
import { fluentBitConfig, fluentBitConfigs } from '../../../fluent-bit-schema';
import { describeLogAgent } from '../../../log-agent-contract';
import { APP, container, deepFreeze, newChart, newDeployment, podSpec } from '../../../support';

const DIRECTORY = '/var/log/app';
const LOGS = LogFiles.inDirectory(DIRECTORY, { pattern: '*.log' });
const STDOUT = FluentBitOutput.stdout();

const paths = (config: any): string[] => config.pipeline.inputs.map(({ path }: any) => path);

describeLogAgent('FluentBit', {
  make: (options) => new FluentBit({ output: STDOUT, ...options }),
  tailed: (chart) => Object.values(fluentBitConfigs(chart)).flatMap(paths),
});

/** A Deployment "shop/web" with an agent that ships its logs. */
function ship(props: Partial<FluentBitProps> = {}) {
  const chart = newChart();
  const pod = MultiContainerPod.of(newDeployment(chart));
  const agent = new FluentBit({ logs: LOGS, output: STDOUT, ...props });
  pod.add(agent);
  return { chart, pod, agent };
}

const volume = (chart: any, name: string): any => podSpec(chart).volumes?.find((candidate) => candidate.name === name);

describe('a Fluent Bit', () => {
  test('finds the log files in a volume that the main container mounts further up', () => {
    const chart = newChart();
    const mounted = kplus.Volume.fromEmptyDir(chart, 'data', 'data');
    const deployment = newDeployment(chart, {
      containers: [{ ...APP, volumeMounts: [{ path: '/var', volume: mounted }] }],
    });
    MultiContainerPod.of(deployment).add(new FluentBit({ logs: LOGS, output: STDOUT }));
    expect(container(chart, 'log-agent').volumeMounts).toContainEqual({
      mountPath: '/var',
      name: 'data',
      readOnly: true,
    });
    expect(paths(fluentBitConfig(chart))).toEqual(['/var/log/app/*.log']);
  });

  test('is restarted when it hangs, whatever its receivers do, and never keeps the pod out of its Services', () => {
    const agent = container(ship().chart, 'log-agent');
    expect(agent.livenessProbe?.httpGet).toEqual({ path: '/api/v1/uptime', port: 2020, scheme: 'HTTP' });
    expect(agent).not.toHaveProperty('readinessProbe');
    expect(agent).not.toHaveProperty('startupProbe');
  });

  test.each(['*.log', 'app?log', 'a?.log'])('passes rotated files over where %s might match them', (pattern) => {
    const logs = LogFiles.inDirectory(DIRECTORY, { pattern });
    const { chart, pod } = ship({ logs });
    pod.logs.write(logs, { rotation: LogRotation.byApplication({ rotatedFiles: 'old-*,*.bz2' }) });
    expect(fluentBitConfig(chart).pipeline.inputs[0].exclude_path).toBe('/var/log/app/old-*,/var/log/app/*.bz2');
  });

  test('reads a file of one name, whatever rotated files are called', () => {
    const logs = LogFiles.inDirectory(DIRECTORY, { pattern: 'app.log' });
    const { chart, pod } = ship({ logs });
    pod.logs.write(logs, { rotation: LogRotation.byApplication({ rotatedFiles: 'old-*' }) });
    expect(fluentBitConfig(chart).pipeline.inputs[0]).not.toHaveProperty('exclude_path');
  });

  test('filters records in the order given', () => {
    const filters = [FluentBitFilter.exclude('log', 'DEBUG'), FluentBitFilter.keep('log', 'shop')];
    const { pipeline } = fluentBitConfig(ship({ filters }).chart);
    expect(pipeline.filters.slice(-2).map(({ exclude, regex }: any) => exclude ?? regex)).toEqual([
      '$log DEBUG',
      '$log shop',
    ]);
  });

  test('sends the same records to several places', () => {
    const moreOutputs = [FluentBitOutput.forward({ host: 'fluentd.logging' })];
    const { pipeline } = fluentBitConfig(ship({ moreOutputs }).chart);
    expect(pipeline.outputs.map(({ name, match }: any) => [name, match])).toEqual([
      ['stdout', '*'],
      ['forward', '*'],
    ]);
  });

  test('has room for the buffers of all outputs and for its positions', () => {
    expect(volume(ship().chart, 'log-agent-state').emptyDir).toEqual({ sizeLimit: '160Mi' });
    const { chart } = ship({ moreOutputs: [STDOUT, STDOUT], bufferLimit: Size.mebibytes(100) });
    expect(volume(chart, 'log-agent-state').emptyDir).toEqual({ sizeLimit: '332Mi' });
    for (const output of fluentBitConfig(chart).pipeline.outputs) {
      expect(output['storage.total_limit_size']).toBe('100M');
    }
  });

  test('gets the time to deliver what it holds, after the main container has stopped', () => {
    const { chart } = ship({ flush: Duration.seconds(25) });
    expect(fluentBitConfig(chart).service.grace).toBe(25);
    expect(podSpec(chart).terminationGracePeriodSeconds).toBe(30 + 25 + 5);
  });

  test('gets a whole second where it asks for a part of one', () => {
    const { chart } = ship({ flush: Duration.millis(500) });
    expect(fluentBitConfig(chart).service.grace).toBe(1);
    expect(podSpec(chart).terminationGracePeriodSeconds).toBe(30 + 1 + 5);
  });

  test('logs of itself what FLB_LOG_LEVEL says', () => {
    const { chart } = ship({ envVariables: { FLB_LOG_LEVEL: kplus.EnvValue.fromValue('debug') } });
    expect(container(chart, 'log-agent').env).toContainEqual({ name: 'FLB_LOG_LEVEL', value: 'debug' });
    expect(fluentBitConfig(chart).service).not.toHaveProperty('log_level');
  });

  test('takes another name, port, user, image, resources and environment', () => {
    const { chart, agent } = ship({
      name: 'shipper',
      port: 2121,
      user: 4711,
      image: 'acme/fluent-bit:5.2.0',
      resources: { memory: { limit: Size.mebibytes(96) } },
      envVariables: { REGION: kplus.EnvValue.fromValue('eu') },
    });
    const { service } = fluentBitConfig(chart);
    expect(agent.name).toBe('shipper');
    expect(service.http_port).toBe(2121);
    expect(container(chart, 'shipper')).toMatchObject({
      image: 'acme/fluent-bit:5.2.0',
      ports: [{ containerPort: 2121, name: 'shipper' }],
      livenessProbe: { httpGet: { port: 2121 } },
      securityContext: { runAsUser: 4711 },
      resources: { limits: { memory: '96Mi' } },
      env: expect.arrayContaining([{ name: 'REGION', value: 'eu' }]),
    });
    expect(volume(chart, 'shipper-state')).toBeDefined();
  });

  test.each(['POD_NAME', 'POD_NAMESPACE', 'NODE_NAME'])('fails with the variable %s, which it sets itself', (name) => {
    const envVariables = { [name]: kplus.EnvValue.fromValue('mine') };
    expect(() => new FluentBit({ output: STDOUT, envVariables })).toThrow(
      new Error(
        `[FluentBit] environment variable "${name}" of "log-agent" is set by the companion itself; choose another name`,
      ),
    );
  });

  test('fails with no room to hold anything back', () => {
    expect(() => new FluentBit({ output: STDOUT, name: 'shipper', bufferLimit: Size.kibibytes(0) })).toThrow(
      new Error('[FluentBit] `bufferLimit` of "shipper" is 0; pass how much it may hold back'),
    );
  });

  test('holds back a mebibyte where it may hold back a part of one', () => {
    const { chart } = ship({ bufferLimit: Size.kibibytes(1) });
    expect(fluentBitConfig(chart).pipeline.outputs[0]['storage.total_limit_size']).toBe('1M');
  });

  test('keeps its outputs and filters, whatever becomes of the lists', () => {
    const moreOutputs = [FluentBitOutput.forward({ host: 'fluentd' })];
    const filters = [FluentBitFilter.exclude('log', 'x')];
    const { chart } = ship({ moreOutputs, filters });
    moreOutputs.length = 0;
    filters.length = 0;
    const { pipeline } = fluentBitConfig(chart);
    expect(pipeline.outputs).toHaveLength(2);
    expect(pipeline.filters.at(-1)).toMatchObject({ name: 'grep' });
  });

  test('leaves frozen props as they are', () => {
    const props = deepFreeze({ filters: [], moreOutputs: [], envVariables: { A: kplus.EnvValue.fromValue('a') } });
    expect(() => Testing.synth(ship(props).chart)).not.toThrow();
  });
});

describe('two Fluent Bits in a pod', () => {
  const another = (props: Partial<FluentBitProps>) => new FluentBit({ logs: LOGS, output: STDOUT, ...props });

  test('work with a name and port of their own', () => {
    const { chart, pod } = ship();
    pod.add(another({ name: 'audit-agent', port: 2021 }));
    expect(Object.values(fluentBitConfigs(chart)).map(({ service }) => service.http_port)).toEqual([2020, 2021]);
  });

  test('fail with the same name', () => {
    expect(() => ship().pod.add(another({ port: 2021 }))).toThrow(
      new Error(
        '[shop/web] container name "log-agent" is already taken in this pod; pass another `name` (taken: log-agent, app)',
      ),
    );
  });

  test('fail with the same port', () => {
    expect(() => ship().pod.add(another({ name: 'audit-agent' }))).toThrow(
      new Error(
        '[shop/web] port 2020/TCP of container "audit-agent" is already used by container "log-agent", and containers of a pod share localhost; pick a free port',
      ),
    );
  });
});
