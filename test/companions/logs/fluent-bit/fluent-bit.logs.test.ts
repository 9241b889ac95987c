import { Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  FluentBit,
  FluentBitOutput,
  type FluentBitProps,
  LogFiles,
  LogFormat,
  LogRotation,
  MultiContainerPod,
  Multiline,
  Sidecar,
} from '../../../../src/index';
import { fluentBitConfig, fluentBitConfigs } from '../../../fluent-bit-schema';
import { APP, container, newChart, newDeployment, podSpec } from '../../../support';

const DIRECTORY = '/var/log/app';
const LOGS = LogFiles.inDirectory(DIRECTORY, { pattern: '*.log' });
const MORE = LogFiles.inDirectory('/var/log/audit', { pattern: 'audit.json', format: LogFormat.json() });
const STDOUT = FluentBitOutput.stdout();

/** A Deployment "shop/web" with an agent that ships its logs. */
function ship(props: Partial<FluentBitProps> = {}) {
  const chart = newChart();
  const pod = MultiContainerPod.of(newDeployment(chart));
  const agent = new FluentBit({ logs: LOGS, output: STDOUT, ...props });
  pod.add(agent);
  return { chart, pod, agent };
}

/** The same files, said to be of the main container. */
function ofApp({ directory, pattern }: LogFiles): LogFiles {
  return LogFiles.inDirectory(directory, { pattern, container: 'app' });
}

/** All names that the configuration has for one of its files. */
function namesOf({ parsers, multiline_parsers, pipeline }: any, index: number) {
  const { tag, db, 'multiline.parser': multiline } = pipeline.inputs[index];
  const filters = pipeline.filters.filter(({ match }: any) => match === tag);
  const known = [...parsers, ...multiline_parsers].map(({ name }: any) => name);
  return {
    tag,
    db,
    multiline,
    filters: filters.map(({ name, parser }: any) => [name, parser]),
    known: known.filter((name) => name.startsWith(`${tag}-`)),
  };
}

function namedAfter(tag: string) {
  return {
    tag,
    db: `/fluent-bit/state/${tag}.db`,
    multiline: `${tag}-multiline`,
    filters: [
      ['parser', `${tag}-format`],
      ['record_modifier', undefined],
    ],
    known: [`${tag}-format`, `${tag}-multiline`],
  };
}

const paths = (config: any): string[] => config.pipeline.inputs.map(({ path }: any) => path);

describe('the log files of a Fluent Bit', () => {
  test('can be added before and after the agent joins a pod', () => {
    const before = newChart();
    const early = new FluentBit({ logs: LOGS, output: STDOUT });
    early.addLogs(MORE);
    MultiContainerPod.of(newDeployment(before)).add(early);

    const { chart: after, agent: late } = ship();
    late.addLogs(MORE);

    expect(paths(fluentBitConfig(after))).toEqual(['/var/log/app/*.log', '/var/log/audit/audit.json']);
    expect(fluentBitConfig(before)).toEqual(fluentBitConfig(after));
    expect(podSpec(before)).toEqual(podSpec(after));
  });

  test('are shipped once when they are named twice', () => {
    const { chart, agent, pod } = ship();
    agent.addLogs(LOGS);
    agent.collect(pod, LOGS);
    expect(paths(fluentBitConfig(chart))).toEqual(['/var/log/app/*.log']);
  });

  test.each([
    ['named', [LOGS, ofApp(LOGS)]],
    ['not named', [ofApp(LOGS), LOGS]],
  ])('are the same where the main container was first %s', (_, [first, second]) => {
    const { chart, agent } = ship({ logs: first });
    agent.addLogs(second!);
    expect(paths(fluentBitConfig(chart))).toEqual(['/var/log/app/*.log']);
    expect(fluentBitConfig(chart)).toEqual(fluentBitConfig(ship().chart));
  });

  test.each([
    ['format', () => ({ format: LogFormat.regex('^(?<a>.*)$', { timeKey: 't' }) })],
    ['multiline', () => ({ multiline: Multiline.startingWith('^\\d') })],
  ])('are the same with an equal %s', (_, options) => {
    const files = () => LogFiles.inDirectory(DIRECTORY, { pattern: '*.log', ...options() });
    const { chart, agent } = ship({ logs: files() });
    agent.addLogs(files());
    expect(paths(fluentBitConfig(chart))).toEqual(['/var/log/app/*.log']);
  });

  test('are kept apart where one agent is in two pods', () => {
    const chart = newChart();
    const agent = new FluentBit({ output: STDOUT });
    const [a, b] = ['a', 'b'].map((id) => {
      const metadata = { name: id };
      return MultiContainerPod.of(new kplus.Deployment(chart, id, { containers: [APP], metadata }));
    });
    a!.add(agent);
    b!.add(agent);
    agent.collect(a!, LOGS);
    agent.collect(b!, MORE);
    const configs = fluentBitConfigs(chart);
    expect(paths(configs['a/log-agent'])).toEqual(['/var/log/app/*.log']);
    expect(paths(configs['b/log-agent'])).toEqual(['/var/log/audit/audit.json']);
    agent.addLogs(LogFiles.inDirectory('/both', { pattern: 'x' }));
    expect(Object.values(fluentBitConfigs(chart)).map((config) => paths(config).at(-1))).toEqual([
      '/both/x',
      '/both/x',
    ]);
  });

  test('can belong to another container of the pod', () => {
    const { chart, pod, agent } = ship({ logs: undefined });
    pod.add(new Sidecar({ name: 'proxy', image: 'acme/proxy:1', user: 77 }));
    agent.addLogs(LogFiles.inDirectory('/proxy', { pattern: '*.log', container: 'proxy' }));
    const { pipeline } = fluentBitConfig(chart);
    expect(pipeline.filters[0].record).toContain('container_name proxy');
    expect(pipeline.inputs[0].path).toBe('/logs/proxy/proxy/*.log');
    const mount = { mountPath: '/proxy', name: 'proxy-proxy' };
    expect(container(chart, 'proxy').volumeMounts).toEqual([mount]);
    expect(container(chart, 'log-agent').volumeMounts).toContainEqual({
      ...mount,
      mountPath: '/logs/proxy/proxy',
      readOnly: true,
    });
  });

  test('can be at one path in two containers, each with its own rotated files', () => {
    const { chart, pod, agent } = ship();
    pod.add(new Sidecar({ name: 'proxy', image: 'acme/proxy:1', user: 77 }));
    const logs = LogFiles.inDirectory(DIRECTORY, { pattern: '*.log', container: 'proxy' });
    agent.addLogs(logs);
    pod.logs.write(logs, { rotation: LogRotation.byApplication({ rotatedFiles: 'old-*' }) });
    const { inputs } = fluentBitConfig(chart).pipeline;
    expect(inputs.map(({ path, exclude_path }: any) => [path, exclude_path])).toEqual([
      ['/var/log/app/*.log', undefined],
      ['/logs/proxy/var/log/app/*.log', '/logs/proxy/var/log/app/old-*'],
    ]);
  });

  test('keep the line that was parsed where OpenTelemetry sends it', () => {
    const parserOf = (...moreOutputs: FluentBitOutput[]) =>
      fluentBitConfig(ship({ logs: MORE, moreOutputs }).chart).pipeline.filters[0];
    expect(parserOf()).not.toHaveProperty('preserve_key');
    expect(parserOf(FluentBitOutput.opentelemetry({ host: 'otel' }))).toEqual({ ...parserOf(), preserve_key: 'on' });
  });

  test.each([
    [
      'json',
      LogFormat.json({ timeKey: 'ts' }),
      { format: 'json', time_key: 'ts', time_format: '%Y-%m-%dT%H:%M:%S.%LZ' },
    ],
    ['regex', LogFormat.regex('^(?<level>\\w+)'), { format: 'regex', regex: '^(?<level>\\w+)' }],
  ])('are parsed as %s', (_, format, parser) => {
    const { parsers } = fluentBitConfig(
      ship({ logs: LogFiles.inDirectory(DIRECTORY, { pattern: 'a', format }) }).chart,
    );
    expect(parsers).toEqual([{ name: expect.any(String), ...parser }]);
  });

  test.each([
    ['java', Multiline.java()],
    ['python', Multiline.python()],
    ['go', Multiline.golang()],
    ['ruby', Multiline.ruby()],
  ])('are joined to the stack traces of %s', (name, multiline) => {
    const { pipeline } = fluentBitConfig(
      ship({ logs: LogFiles.inDirectory(DIRECTORY, { pattern: 'a', multiline }) }).chart,
    );
    expect(pipeline.inputs[0]['multiline.parser']).toBe(name);
  });

  test('have tag, position and parsers named after container and path', () => {
    const multiline = Multiline.startingWith('^\\d');
    const logs = LogFiles.inDirectory(DIRECTORY, { pattern: 'a.log', format: LogFormat.json(), multiline });
    expect(namesOf(fluentBitConfig(ship({ logs }).chart), 0)).toEqual(namedAfter('app.var-log-app-a-log'));
  });

  test.each([
    ['first', (files: LogFiles[]) => files],
    ['last', (files: LogFiles[]) => [...files].reverse()],
  ])('whose names make one label are told apart by a hash, with app.log %s', (_, order) => {
    const multiline = Multiline.startingWith('^\\d');
    const files = ['app.log', 'app*.log', 'app?log'].map((pattern) =>
      LogFiles.inDirectory(DIRECTORY, { pattern, format: LogFormat.json(), multiline }),
    );
    const { chart, agent } = ship({ logs: undefined });
    order([...files, LOGS]).forEach((each) => void agent.addLogs(each));
    const config = fluentBitConfig(chart);
    const tags = Object.fromEntries(config.pipeline.inputs.map(({ path, tag }: any) => [path, tag]));
    expect(tags).toEqual({
      '/var/log/app/app.log': 'app.var-log-app-app-log-28d9dd78',
      '/var/log/app/app*.log': 'app.var-log-app-app-log-efbbe734',
      '/var/log/app/app?log': 'app.var-log-app-app-log-5aba8cfc',
      '/var/log/app/*.log': 'app.var-log-app-log',
    });
    for (const { path, tag } of config.pipeline.inputs.filter(({ path }: any) => path !== LOGS.path)) {
      expect(namesOf(config, paths(config).indexOf(path))).toEqual(namedAfter(tag));
    }
  });

  test('fails where there are none when the app is synthesized', () => {
    const { chart } = ship({ logs: undefined });
    expect(() => Testing.synth(chart)).toThrow(
      new Error(
        'Validation failed with the following errors:\n  [shop/web] log agent "log-agent" ships nothing; pass `logs` or call `addLogs`',
      ),
    );
  });

  test.each([
    ['format', { format: LogFormat.json() }],
    ['multiline', { multiline: Multiline.java() }],
  ])('fails where the same files are described with another %s', (_, options) => {
    const { agent } = ship();
    expect(() => agent.addLogs(LogFiles.inDirectory(DIRECTORY, { pattern: '*.log', ...options }))).toThrow(
      new Error(
        '[shop/web] log agent "log-agent" already ships "/var/log/app/*.log" with another `format` or `multiline`; describe the files once',
      ),
    );
  });

  test('fails for a pod that the agent is not in', () => {
    const pod = MultiContainerPod.of(newDeployment(newChart()));
    expect(() => new FluentBit({ output: STDOUT }).collect(pod, LOGS)).toThrow(
      new Error('[shop/web] log agent "log-agent" is not in this pod; call `pod.add` with it first'),
    );
  });
});
